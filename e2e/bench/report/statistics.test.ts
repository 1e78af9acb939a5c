import { describe, expect, it } from 'vitest';
import { percentile, ratios, spreadOf } from './statistics';

describe('the spread of several rounds', () => {
  it('is the middle one with the ends, whatever order they came in', () => {
    expect(spreadOf([30, 2, 7])).toEqual({ median: 7, min: 2, max: 30 });
  });

  it('has the mean of the two middle ones where their number is even', () => {
    expect(spreadOf([10, 1, 4, 2])).toEqual({ median: 3, min: 1, max: 10 });
  });

  it('is that of the only round', () => {
    expect(spreadOf([5])).toEqual({ median: 5, min: 5, max: 5 });
  });

  it('refuses to describe nothing', () => {
    expect(() => spreadOf([])).toThrow(RangeError);
  });
});

describe('a percentile', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);

  it.each([
    [0, 1],
    [1, 1],
    [50, 50],
    [99, 99],
    [99.5, 100],
    [100, 100],
  ])('%d of 1…100 is %d', (percent, value) => {
    expect(percentile(hundred, percent)).toBe(value);
  });

  it('of few values is one of them', () => {
    expect(percentile([3, 9], 99)).toBe(9);
  });
});

describe('ratios', () => {
  it('pair each round with its own baseline', () => {
    expect(ratios([10, 30], [5, 10])).toEqual([2, 3]);
  });

  it('refuse rounds without a baseline', () => {
    expect(() => ratios([1, 2], [1])).toThrow(RangeError);
  });
});
