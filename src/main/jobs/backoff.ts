import { MAX_WAIT_MS } from '../../shared/job';

const FIRST_CEILING_MS = 1_000;

/** Longest wait for a library that cannot be written: a try is cheap, and whoever made room wants to see it go on. */
export const LONGEST_STORAGE_WAIT_MS = 60_000;

/**
 * How long to wait after a failure that may pass: anywhere up to a ceiling that doubles with each failure in a row
 * (full jitter), so that what failed together does not try again together.
 *
 * @param failures failures in a row before this one
 * @param random from 0 to below 1
 */
export function backoffMs(
  failures: number,
  random: () => number,
  longestMs: number = MAX_WAIT_MS,
): number {
  return Math.round(random() * Math.min(longestMs, FIRST_CEILING_MS * 2 ** failures));
}
