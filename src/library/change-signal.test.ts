import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChangeSignal } from './change-signal';

describe('the change signal', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells at once, then at most four times a second, and the last change always', () => {
    const emit = vi.fn();
    const signal = new ChangeSignal(emit);
    for (let elapsed = 0; elapsed < 1000; elapsed += 10) {
      signal.note();
      vi.advanceTimersByTime(10);
    }
    expect(emit).toHaveBeenCalledTimes(5);
    vi.advanceTimersByTime(10_000);
    expect(emit).toHaveBeenCalledTimes(5);
    signal.note();
    signal.note();
    expect(emit).toHaveBeenCalledTimes(6);
    vi.advanceTimersByTime(250);
    expect(emit).toHaveBeenCalledTimes(7);
  });

  it('tells once a second when changes go on and on, until there is a rest', () => {
    const emit = vi.fn();
    const signal = new ChangeSignal(emit);
    const changeFor = (milliseconds: number) => {
      emit.mockClear();
      for (let elapsed = 0; elapsed < milliseconds; elapsed += 10) {
        signal.note();
        vi.advanceTimersByTime(10);
      }
      return emit.mock.calls.length;
    };
    expect(changeFor(2000)).toBe(9);
    expect(changeFor(10_000)).toBe(10);
    vi.advanceTimersByTime(5000);
    expect(changeFor(1000)).toBe(5);
  });

  it('gives every message a new revision before it is sent', () => {
    const seen: number[] = [];
    const signal = new ChangeSignal(() => seen.push(signal.revision));
    signal.note();
    signal.note();
    vi.advanceTimersByTime(250);
    expect(seen).toEqual([1, 2]);
  });

  it('lets what was asked for be seen at once, even between two messages', () => {
    const signal = new ChangeSignal(() => undefined);
    signal.note();
    const before = signal.revision;
    signal.note();
    expect(signal.revision).toBe(before);
    signal.noteNow();
    expect(signal.revision).toBeGreaterThan(before);
  });

  it('says nothing more once it is closed', () => {
    const emit = vi.fn();
    const signal = new ChangeSignal(emit);
    signal.note();
    signal.note();
    signal.close();
    vi.advanceTimersByTime(1000);
    expect(emit).toHaveBeenCalledTimes(1);
  });
});
