import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UpdateCoalescer } from './update-coalescer';

let delivered: string[];
let coalescer: UpdateCoalescer<string, number>;

beforeEach(() => {
  vi.useFakeTimers();
  delivered = [];
  coalescer = new UpdateCoalescer(100, (key, value) => delivered.push(`${key}${value}`));
});
afterEach(() => {
  coalescer.dispose();
  vi.useRealTimers();
});

describe('UpdateCoalescer', () => {
  it('delivers the first value at once and then the newest once an interval', () => {
    for (const value of [1, 2, 3]) coalescer.push('a', value);
    expect(delivered).toEqual(['a1']);
    vi.advanceTimersByTime(100);
    expect(delivered).toEqual(['a1', 'a3']);
  });

  it('delivers at most ten values a second', () => {
    for (let time = 0; time < 1_000; time++) {
      coalescer.push('a', time);
      vi.advanceTimersByTime(1);
    }
    expect(delivered.length).toBeLessThanOrEqual(11);
  });

  it('never loses the last value', () => {
    for (let value = 0; value < 57; value++) {
      coalescer.push('a', value);
      vi.advanceTimersByTime(7);
    }
    vi.advanceTimersByTime(100);
    expect(delivered.at(-1)).toBe('a56');
  });

  it('keeps keys apart', () => {
    coalescer.push('a', 1);
    coalescer.push('b', 1);
    expect(delivered).toEqual(['a1', 'b1']);
  });

  it('delivers a final value at once, in place of what was held back', () => {
    coalescer.push('a', 1);
    coalescer.push('a', 2);
    coalescer.flush('a', 3);
    vi.advanceTimersByTime(1_000);
    expect(delivered).toEqual(['a1', 'a3']);
  });
});
