import { formatDuration } from '../../format/duration';

/** Time under the pointer of a bar, in seconds. */
export function timeAtPointer(
  clientX: number,
  bar: { left: number; width: number },
  durationSeconds: number,
): number {
  if (bar.width <= 0) return 0;
  return Math.min(1, Math.max(0, (clientX - bar.left) / bar.width)) * durationSeconds;
}

/** Part of the whole in per cent, 0 to 100. */
export function percentOf(seconds: number, durationSeconds: number): number {
  if (durationSeconds <= 0) return 0;
  return Math.min(100, Math.max(0, (100 * seconds) / durationSeconds));
}

export interface BufferedPart {
  leftPercent: number;
  widthPercent: number;
}

/** What is loaded, as parts of the bar. */
export function bufferedParts(
  ranges: Pick<TimeRanges, 'length' | 'start' | 'end'>,
  durationSeconds: number,
): BufferedPart[] {
  return Array.from({ length: ranges.length }, (_, index) => {
    const leftPercent = percentOf(ranges.start(index), durationSeconds);
    return {
      leftPercent,
      widthPercent: percentOf(ranges.end(index), durationSeconds) - leftPercent,
    };
  }).filter(({ widthPercent }) => widthPercent > 0);
}

/** How a screen reader says it: `0:07 of 12:34`. */
export function seekWords(seconds: number, durationSeconds: number): string {
  return `${formatDuration(seconds)} of ${formatDuration(durationSeconds)}`;
}

/** Left edge of a box of `width` over a point of the bar that does not stick out of the bar. */
export function boxLeft(pointX: number, width: number, barWidth: number): number {
  return Math.min(Math.max(0, barWidth - width), Math.max(0, pointX - width / 2));
}

/**
 * Where to seek for the next or the previous frame: its middle, so that no rounding shows another one.
 *
 * @param shownSeconds when the shown frame begins; null while that is not known
 */
export function steppedTime(
  direction: 1 | -1,
  currentSeconds: number,
  shownSeconds: number | null,
  frameSeconds: number,
): number {
  // On the way to the middle of a frame the next one's is a whole frame further; so it is in a frame that lasts longer
  // than others.
  const isFurther = shownSeconds !== null && currentSeconds >= shownSeconds + frameSeconds;
  if (shownSeconds === null || (direction === 1 && isFurther)) {
    return Math.max(0, currentSeconds + direction * frameSeconds);
  }
  return Math.max(0, shownSeconds + (direction === 1 ? 1.5 : -0.5) * frameSeconds);
}
