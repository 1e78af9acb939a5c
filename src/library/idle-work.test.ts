import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { IdleWork } from './idle-work';

describe('idle work', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('begins some time after the start, goes on to its end and begins again when it is asked to', () => {
    let left = 3;
    const work = new IdleWork(() => --left > 0);
    work.start();
    work.start();
    vi.advanceTimersByTime(100);
    expect(left).toBe(3);
    vi.advanceTimersByTime(1000);
    expect(left).toBe(0);
    left = 2;
    work.start();
    vi.advanceTimersByTime(10);
    expect(left).toBe(0);
  });

  it('lets whatever waits have its turn between two steps', () => {
    const order: string[] = [];
    const work = new IdleWork(() => {
      order.push('step');
      setImmediate(() => order.push('other'));
      return order.length < 4;
    });
    work.start();
    vi.advanceTimersByTime(1000);
    expect(order).toEqual(['step', 'other', 'step', 'other', 'step', 'other']);
  });

  it('is over once it was stopped', () => {
    let steps = 0;
    const work = new IdleWork(() => {
      steps += 1;
      if (steps === 2) work.stop();
      return true;
    });
    work.start();
    vi.advanceTimersByTime(1000);
    expect(steps).toBe(2);
  });
});
