import type { ErrorShape } from './errors';

/** Units of background work. `preview`, `identify` and `verify` are reserved for the issues that bring them. */
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

/** States in which a job still has work ahead of it. At most one live job exists per (kind, target). */
export const LIVE_STATES = ['queued', 'running', 'waiting', 'paused'] as const satisfies JobState[];

/** A job under which a process died this often fails instead of being queued again. */
export const MAX_JOB_CRASHES = 3;

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
  /** Of the discovered ones, those that cannot be read. */
  unreadable: number;
  elapsedMs: number;
}

export type JobResult = ScanResult;

/** Scan phases, in order. */
export type ScanPhase = 'listing' | 'probing' | 'finishing';

/** A job as the UI and the command line see it. Times are milliseconds since epoch. */
export interface JobStatus {
  jobId: string;
  kind: JobKind;
  /** What it works on: for a scan the root's path. */
  target: string;
  rootId: number | null;
  state: JobState;
  /** Why it waits or failed, in words; null otherwise. */
  reason: string | null;
  /** 0..1; null while the total is unknown. */
  progress: number | null;
  /** Empty before the first start; the last one reached afterwards. */
  phase: ScanPhase | '';
  done: number;
  total: number | null;
  currentItem: string | null;
  ratePerSecond: number | null;
  etaSeconds: number | null;
  result: JobResult | null;
  error: ErrorShape | null;
  /** Files that could not be read so far. */
  problems: number;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
}

/** What a running job reports; main merges it into {@link JobStatus}. */
export interface JobProgress {
  phase: ScanPhase;
  done: number;
  total: number | null;
  currentItem: string | null;
  problems: number;
}
