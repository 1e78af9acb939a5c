import { describe, expect, it } from 'vitest';
import { bufferedUntil } from './buffered';

describe('bufferedUntil', () => {
  const ranges = [
    { start: 0.05, end: 5 },
    { start: 5.04, end: 9 },
    { start: 12, end: 20 },
  ];

  it('is the end of what is there, over gaps that are only rounding', () => {
    expect(bufferedUntil(ranges, 0)).toBe(9);
    expect(bufferedUntil(ranges, 7)).toBe(9);
    expect(bufferedUntil(ranges, 12)).toBe(20);
  });

  it('is nothing where nothing is there', () => {
    expect(bufferedUntil(ranges, 9.5)).toBeNull();
    expect(bufferedUntil(ranges, 20)).toBeNull();
    expect(bufferedUntil([], 0)).toBeNull();
  });
});
