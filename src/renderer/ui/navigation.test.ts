import { describe, expect, it } from 'vitest';
import { indexAfterKey } from './navigation';

// Rows of four: 0–3, 4–7, 8–9.
const GRID = { total: 10, columns: 4, pageRows: 2 };
const TABLE = { total: 10, columns: 1, pageRows: 4 };

describe('indexAfterKey', () => {
  it.each([
    ['ArrowRight', 3, 4],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, 0],
    ['ArrowRight', 9, 9],
    ['ArrowDown', 1, 5],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['Home', 7, 0],
    ['End', 2, 9],
    ['PageDown', 0, 8],
    ['PageUp', 9, 1],
  ])('moves in a grid with %s from %d to %d', (key, from, to) => {
    expect(indexAfterKey(key, from, GRID)).toBe(to);
  });

  it('lands on the last video where the last row is not full', () => {
    expect(indexAfterKey('ArrowDown', 7, GRID)).toBe(9);
    expect(indexAfterKey('PageDown', 3, GRID)).toBe(9);
  });

  it('stays when there is no row below', () => {
    expect(indexAfterKey('ArrowDown', 8, GRID)).toBe(8);
  });

  it('moves line by line and page by page in a table', () => {
    expect(indexAfterKey('ArrowDown', 0, TABLE)).toBe(1);
    expect(indexAfterKey('PageDown', 8, TABLE)).toBe(9);
    expect(indexAfterKey('PageUp', 2, TABLE)).toBe(0);
    expect(indexAfterKey('ArrowRight', 2, TABLE)).toBeNull();
  });

  it('starts at the first video when none is active yet', () => {
    expect(indexAfterKey('ArrowDown', null, GRID)).toBe(0);
    expect(indexAfterKey('End', null, GRID)).toBe(9);
  });

  it('leaves other keys and an empty list alone', () => {
    expect(indexAfterKey('a', 3, GRID)).toBeNull();
    expect(indexAfterKey('ArrowDown', null, { ...GRID, total: 0 })).toBeNull();
  });
});
