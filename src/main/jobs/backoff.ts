import { MAX_WAIT_MS } from '../../shared/job';

const FIRST_CEILING_MS = 1_000;

/**
 * How long to wait after a failure that may pass: anywhere up to a ceiling that doubles with each failure in a row
 * (full jitter), so that what failed together does not try again together.
 *
 * @param failures failures in a row before this one
 * @param random from 0 to below 1
 */
export function backoffMs(failures: number, random: () => number): number {
  return Math.round(random() * Math.min(MAX_WAIT_MS, FIRST_CEILING_MS * 2 ** failures));
}
