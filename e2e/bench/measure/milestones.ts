import type { JobStatus } from '../../../src/shared/job';

/** How far a scan had come, so long after it was asked for. */
export interface JobSample {
  atMs: number;
  phase: JobStatus['phase'];
  quick: QuickLevel | null;
}

/** Files of the quick level: what headers tell. */
interface QuickLevel {
  discovered: number;
  done: number;
}

/** When a scan reached what a person waits for, in milliseconds since it was asked for. */
export interface Milestones {
  /** Every file is a row. */
  listedMs: number;
  /** Every row has what its header tells; null where the app has no such level. */
  quickMs: number | null;
  /** Every row is complete and the scan is over. */
  completeMs: number;
}

/** @param samples from the first to the one that found the scan over */
export function milestonesOf(samples: readonly JobSample[]): Milestones {
  const last = samples.at(-1);
  if (!last) throw new RangeError('The scan was never looked at.');
  const listed = samples.find(isListed) ?? last;
  const quick = samples.find((sample) => isListed(sample) && hasQuickFacts(sample));
  return { listedMs: listed.atMs, quickMs: quick?.atMs ?? null, completeMs: last.atMs };
}

function isListed({ phase }: JobSample): boolean {
  return phase !== '' && phase !== 'listing';
}

function hasQuickFacts({ quick }: JobSample): boolean {
  return quick !== null && quick.done >= quick.discovered;
}
