import type { ErrorShape } from './errors';

/** Units of background work. `identify` is reserved for the issue that brings it. */
export const JOB_KINDS = ['scan', 'preview', 'identify', 'verify'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

export const JOB_STATES = [
  'queued',
  'running',
  'waiting',
  'paused',
  'succeeded',
  'failed',
  'cancelled',
] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Which of several claimable jobs goes first. */
export const JOB_PRIORITIES = ['low', 'normal', 'high'] as const;
export type JobPriority = (typeof JOB_PRIORITIES)[number];

/**
 * What a waiting job waits for. `volume`: its drive or share to come back; `backoff`: the time of its next try after a
 * failure that may pass; `storage`: room on the library's disk, or a disk that can be written again; `power`: the
 * machine to run on mains again.
 */
export const WAIT_REASONS = ['volume', 'backoff', 'storage', 'power'] as const;
export type WaitReason = (typeof WAIT_REASONS)[number];

/** Reasons that are a failure of the run before, and count as one. */
const FAILURES: readonly WaitReason[] = ['backoff', 'storage'];

/** States in which a job still has work ahead of it. At most one live job exists per (kind, target). */
export const LIVE_STATES = ['queued', 'running', 'waiting', 'paused'] as const satisfies JobState[];

/** A job under which a process died this often fails instead of being queued again. */
export const MAX_JOB_CRASHES = 3;

/** No job waits longer than this for its next try. */
export const MAX_WAIT_MS = 5 * 60_000;

/** Legal transitions (design, section 6). A terminal state is left only by a retry. */
const JOB_TRANSITIONS: Readonly<Record<JobState, readonly JobState[]>> = {
  queued: ['running', 'paused', 'waiting', 'cancelled'],
  running: ['succeeded', 'failed', 'cancelled', 'waiting', 'paused', 'queued'],
  waiting: ['queued', 'paused', 'cancelled'],
  paused: ['queued', 'cancelled'],
  succeeded: [],
  failed: ['queued'],
  cancelled: ['queued'],
};

/** Whether a job waits because its run failed; otherwise nothing was tried in vain. */
export function waitsAfterFailure(waitingFor: WaitReason | null): boolean {
  return waitingFor !== null && FAILURES.includes(waitingFor);
}

export function isLive(state: JobState): boolean {
  return (LIVE_STATES as readonly JobState[]).includes(state);
}

export function canTransition(from: JobState, to: JobState): boolean {
  return JOB_TRANSITIONS[from].includes(to);
}

/** What a finished scan found. Counts are files; a file is counted in exactly one of added, changed, unchanged, moved. */
export interface ScanResult {
  /** Video files seen by the walk. */
  discovered: number;
  added: number;
  changed: number;
  unchanged: number;
  moved: number;
  /** Videos that this scan found gone. */
  missing: number;
  /** Videos not found, but so many that the person is asked first: they are left as they were. */
  unconfirmedMissing: number;
  /** Of the discovered ones, those that cannot be read. */
  unreadable: number;
  /** Of the discovered ones, those that were still being written: a later scan reads them. */
  unsettled: number;
  elapsedMs: number;
}

/** What a finished verification found. Counts are files. */
export interface VerifyResult {
  /** Files that were decoded from beginning to end. */
  verified: number;
  /** Of those, files with at least one damaged place. */
  damaged: number;
  /** Files that could not be decoded at all. */
  unreadable: number;
  /** Files that were not there. */
  skipped: number;
  elapsedMs: number;
}

/** What came of making previews. Counts are videos. */
export interface PreviewResult {
  /** Videos that have pictures now, made by this job. */
  made: number;
  /** Videos that took the pictures of another one with the same content. */
  shared: number;
  /** Videos that nothing can be seen of. */
  failed: number;
  /** Videos that were not there, or were being written to. */
  skipped: number;
  elapsedMs: number;
}

export type JobResult = ScanResult | VerifyResult | PreviewResult;

export function isScanResult(result: JobResult): result is ScanResult {
  return 'discovered' in result;
}

export function isPreviewResult(result: JobResult): result is PreviewResult {
  return 'made' in result;
}

/** Phases of a scan in order, the one of a verification, and those of previews. */
export const JOB_PHASES = [
  'listing',
  'probing',
  'finishing',
  'decoding',
  'posters',
  'filmstrips',
] as const;
export type JobPhase = (typeof JOB_PHASES)[number];

/** What a preview job is at: posters go before filmstrips, but for what is on screen. */
export type PreviewPhase = Extract<JobPhase, 'posters' | 'filmstrips'>;

export function isPreviewPhase(phase: JobPhase | ''): phase is PreviewPhase {
  return phase === 'posters' || phase === 'filmstrips';
}

/** How far a scan has come with the quick level of reading: what headers tell. Counts are files. */
interface QuickProgress {
  /** Found by the walk so far. */
  discovered: number;
  /** Of those, files whose header has been read or need not be. */
  done: number;
}

/** A job as the UI and the command line see it. Times are milliseconds since epoch. */
export interface JobStatus {
  jobId: string;
  kind: JobKind;
  /** What it works on: for a scan the root's path. */
  target: string;
  rootId: number | null;
  state: JobState;
  priority: JobPriority;
  /** How often it was started. */
  attempt: number;
  /** Null unless the state is `waiting`. */
  waitingFor: WaitReason | null;
  /** When a waiting job is tried again by itself. */
  notBefore: number | null;
  /** Why it waits or failed, in words; null otherwise. */
  reason: string | null;
  /** 0..1; null while the total is unknown. */
  progress: number | null;
  /** Empty before the first start; the last one reached afterwards. */
  phase: JobPhase | '';
  /** Files; for a verification seconds of media time. */
  done: number;
  total: number | null;
  currentItem: string | null;
  ratePerSecond: number | null;
  etaSeconds: number | null;
  /** The quick level of a scan, which goes before the full one that `done` and `total` count; null where there is none. */
  quick: (QuickProgress & { ratePerSecond: number | null; etaSeconds: number | null }) | null;
  result: JobResult | null;
  /** The failure that it waits or failed because of. */
  error: ErrorShape | null;
  /** Files that could not be read so far. */
  problems: number;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
}

/** Whether a scan has found everything and reads the last headers: that goes before all else. */
export function isReadingHeaders<Job extends Pick<JobStatus, 'quick' | 'total'>>(
  job: Job,
): job is Job & { quick: NonNullable<JobStatus['quick']> } {
  const { quick, total } = job;
  return quick !== null && total !== null && quick.done < quick.discovered;
}

/** What a running job reports; main merges it into {@link JobStatus}. */
export interface JobProgress {
  phase: JobPhase;
  done: number;
  total: number | null;
  currentItem: string | null;
  problems: number;
  /** Null for kinds of jobs without such a level. */
  quick: QuickProgress | null;
}
