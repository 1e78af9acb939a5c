/** How long a file must be left alone until what was read of it is believed, in milliseconds. */
export interface SettlingTimes {
  /** Since the last change of a file that could be read. */
  readableMs: number;
  /** Since the last change of one that could not: it is likely that a part of it is still to come. */
  unreadableMs: number;
  /** How long a scan that has nothing else to do waits for all such files together. */
  patienceMs: number;
}

export const SETTLING_TIMES: SettlingTimes = {
  readableMs: 2_000,
  unreadableMs: 5_000,
  patienceMs: 20_000,
};

/** How long after its last change a file is taken for whole. */
export function settlingTime(times: SettlingTimes, unreadable: boolean): number {
  return unreadable ? times.unreadableMs : times.readableMs;
}

/**
 * Whether a file was written to so shortly before `now`, in milliseconds since epoch, that more may come. A time that
 * lies far ahead comes from a camera whose clock is wrong.
 */
export function isYoung(
  times: SettlingTimes,
  { mtimeMs, unreadable }: { mtimeMs: number; unreadable: boolean },
  now: number,
): boolean {
  return Math.abs(now - mtimeMs) < settlingTime(times, unreadable);
}
