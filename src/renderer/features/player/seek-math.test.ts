import { describe, expect, it } from 'vitest';
import {
  boxLeft,
  bufferedParts,
  percentOf,
  seekWords,
  steppedTime,
  timeAtPointer,
} from './seek-math';

describe('the seek bar', () => {
  it('knows the time under the pointer, within the bar', () => {
    const bar = { left: 100, width: 400 };
    expect(timeAtPointer(200, bar, 60)).toBe(15);
    expect([timeAtPointer(20, bar, 60), timeAtPointer(900, bar, 60)]).toEqual([0, 60]);
    expect(timeAtPointer(20, { left: 0, width: 0 }, 60)).toBe(0);
  });

  it('shows nothing as played while the duration is not known', () => {
    expect(percentOf(5, 0)).toBe(0);
    expect(percentOf(15, 60)).toBe(25);
    expect(percentOf(61, 60)).toBe(100);
  });

  it('shows what is loaded as parts of itself', () => {
    const ranges = [
      [0, 15],
      [30, 90],
      [20, 20],
    ] as const;
    const asRanges = {
      length: ranges.length,
      start: (index: number) => ranges[index]?.[0] ?? 0,
      end: (index: number) => ranges[index]?.[1] ?? 0,
    };
    expect(bufferedParts(asRanges, 60)).toEqual([
      { leftPercent: 0, widthPercent: 25 },
      { leftPercent: 50, widthPercent: 50 },
    ]);
  });

  it('keeps the picture over itself', () => {
    expect(boxLeft(300, 200, 800)).toBe(200);
    expect([boxLeft(10, 200, 800), boxLeft(795, 200, 800)]).toEqual([0, 600]);
    expect(boxLeft(50, 200, 100)).toBe(0);
  });

  it('is read out as time and whole', () => {
    expect(seekWords(7, 754)).toBe('0:07 of 12:34');
  });
});

describe('a frame step', () => {
  const FRAME = 1001 / 30_000;
  const shownAt = (seconds: number) => Math.floor(seconds / FRAME + 1e-9);

  it.each([1, -1] as const)('by %d lands within the frame beside the shown one', (direction) => {
    for (let number = 1; number < 2000; number += 37) {
      for (const offset of [0, 0.3, 0.99]) {
        const start = number * FRAME;
        const time = steppedTime(direction, start + offset * FRAME, start, FRAME);
        expect(shownAt(time)).toBe(number + direction);
      }
    }
  });

  it('goes on frame by frame while the frame of the step before is still on its way', () => {
    let time = steppedTime(1, 0, 0, FRAME);
    for (let steps = 0; steps < 100; steps++) time = steppedTime(1, time, null, FRAME);
    expect(shownAt(time)).toBe(101);
    for (let steps = 0; steps < 100; steps++) time = steppedTime(-1, time, null, FRAME);
    expect(shownAt(time)).toBe(1);
  });

  it('gets out of a frame that lasts longer than others', () => {
    const first = steppedTime(1, 10, 10, 0.04);
    const second = steppedTime(1, first, 10, 0.04);
    expect(second).toBeGreaterThan(first);
  });

  it('does not go before the start', () => {
    expect(steppedTime(-1, 0, 0, 0.04)).toBe(0);
  });
});
