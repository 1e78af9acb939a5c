import type { ErrorCode, ErrorShape } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';

export const EXIT = { done: 0, failed: 1, usage: 2, library: 3, interrupted: 130 } as const;

const LIBRARY_CODES: readonly ErrorCode[] = [
  'LIBRARY_LOCKED',
  'LIBRARY_READ_ONLY',
  'LIBRARY_CORRUPT',
  'LIBRARY_TOO_NEW',
  'LIBRARY_NOT_FOUND',
  'LIBRARY_IO',
  'DISK_FULL',
];

/** The exit code of a command whose jobs ended like this. */
export function exitCodeOfJobs(jobs: readonly JobStatus[]): number {
  const codes = jobs
    .filter(({ state }) => state !== 'succeeded')
    .map(({ error }) => (error ? exitCodeOf(error) : EXIT.failed));
  return Math.max(EXIT.done, ...codes);
}

export function exitCodeOf(error: ErrorShape): number {
  return LIBRARY_CODES.includes(error.code) ? EXIT.library : EXIT.failed;
}
