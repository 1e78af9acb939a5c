import { describe, expect, it } from 'vitest';
import { afterToggle } from './use-checked';

const LISTED = [5, 4, 3, 2, 1];
const toggle = (before: number[], anchor: number | null, id: number) =>
  [...afterToggle(new Set(before), LISTED, anchor, id)].sort();

describe('afterToggle', () => {
  it('ticks and unticks one', () => {
    expect(toggle([], null, 3)).toEqual([3]);
    expect(toggle([3, 5], null, 3)).toEqual([5]);
  });

  it('ticks everything up to the anchor, whichever way, and keeps the rest', () => {
    expect(toggle([5], 4, 2)).toEqual([2, 3, 4, 5]);
    expect(toggle([], 1, 3)).toEqual([1, 2, 3]);
  });

  it('takes one alone when the anchor is no longer listed', () => {
    expect(toggle([], 9, 2)).toEqual([2]);
  });
});
