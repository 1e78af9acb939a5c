import type { ErrorCode, ErrorShape } from '../../shared/errors';
import { MAX_JOB_CRASHES, MAX_WAIT_MS, type WaitReason } from '../../shared/job';
import type { ClaimedJob, JobChange } from '../../shared/library-protocol';
import { backoffMs, LONGEST_STORAGE_WAIT_MS } from './backoff';

const LIBRARY_NOT_WRITABLE = 'The library cannot be written. It goes on when it can.';

/** Failures that have nothing to do with the job: they pass by themselves, or when somebody sees to it. */
const WAITS: Partial<Record<ErrorCode, { waitingFor: WaitReason; reason: string }>> = {
  ROOT_OFFLINE: {
    waitingFor: 'volume',
    reason: 'Its folder cannot be reached. It goes on when the drive or share is back.',
  },
  DISK_FULL: {
    waitingFor: 'storage',
    reason: 'The disk that holds the library is full. It goes on when there is room.',
  },
  LIBRARY_READ_ONLY: { waitingFor: 'storage', reason: LIBRARY_NOT_WRITABLE },
  LIBRARY_IO: {
    waitingFor: 'storage',
    reason: 'The disk that holds the library reports errors. It goes on when it does not.',
  },
  LIBRARY_LOCKED: { waitingFor: 'backoff', reason: 'Another program keeps the library busy.' },
  WORKER_CRASHED: { waitingFor: 'backoff', reason: 'A part of Vitrine stopped while it ran.' },
  SYSTEM_BUSY: { waitingFor: 'backoff', reason: 'The system could not start a program just now.' },
  TIMEOUT: { waitingFor: 'backoff', reason: 'An answer took too long.' },
  // Neither was asked for by anybody when it comes here: the run lost what it worked with.
  CANCELLED: { waitingFor: 'backoff', reason: 'It was interrupted.' },
  STALE_RUN: { waitingFor: 'backoff', reason: 'It was interrupted.' },
};

/** A failure that may pass but came this often in a row is taken for one that does not. */
const MAX_FAILURES_IN_A_ROW = 10;

/** A run that went on for longer than any wait ends the row of failures before it. */
const LONG_RUN_MS = MAX_WAIT_MS;

/** What a job that waits because its end cannot be written says of it. */
export function storageReason({ code }: Pick<ErrorShape, 'code'>): string {
  const wait = WAITS[code];
  return wait?.waitingFor === 'storage' ? wait.reason : LIBRARY_NOT_WRITABLE;
}

/**
 * Decides what becomes of a job whose run failed by itself.
 * @param ranForMs how long the run went on
 */
export function afterFailure(
  error: ErrorShape,
  job: Pick<ClaimedJob, 'crashCount' | 'transientFailures' | 'rootId'>,
  { now, random, ranForMs }: { now: number; random: () => number; ranForMs: number },
): JobChange {
  const crashed = error.code === 'WORKER_CRASHED';
  const wait = WAITS[error.code];
  const failed = { to: 'failed', reason: error.message, error, crashed } as const;
  if (!wait || (crashed && job.crashCount + 1 >= MAX_JOB_CRASHES)) return failed;
  const { reason } = wait;
  if (wait.waitingFor === 'volume' && job.rootId !== null) {
    return { to: 'waiting', waitingFor: 'volume', notBefore: null, reason, error };
  }
  // Videos of several roots have no single drive whose return could be noticed.
  const waitingFor = wait.waitingFor === 'storage' ? 'storage' : 'backoff';
  const isFirst = ranForMs >= LONG_RUN_MS;
  const failures = isFirst ? 0 : job.transientFailures;
  if (waitingFor === 'backoff' && failures + 1 >= MAX_FAILURES_IN_A_ROW) return failed;
  const longestMs = waitingFor === 'storage' ? LONGEST_STORAGE_WAIT_MS : MAX_WAIT_MS;
  const notBefore = now + backoffMs(failures, random, longestMs);
  return { to: 'waiting', waitingFor, notBefore, isFirst, reason, error, crashed };
}
