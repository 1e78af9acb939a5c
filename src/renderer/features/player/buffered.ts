/** Seconds between two ranges that are no gap: rounding, and the first half frame. */
const TOLERANCE_SECONDS = 0.1;

/** A part of a video that is there, in seconds. */
export interface BufferedRange {
  start: number;
  end: number;
}

export function rangesOf(buffered: TimeRanges): BufferedRange[] {
  return Array.from({ length: buffered.length }, (_, index) => ({
    start: buffered.start(index),
    end: buffered.end(index),
  }));
}

/** Where what is there from a time on without a gap ends; null where nothing is there. */
export function bufferedUntil(ranges: readonly BufferedRange[], seconds: number): number | null {
  let until: number | null = null;
  for (const { start, end } of ranges) {
    const from = until ?? seconds;
    if (start <= from + TOLERANCE_SECONDS && end > from) until = end;
  }
  return until;
}
