import type { StateCreator } from 'zustand';
import { isLive, type JobStatus } from '../../../shared/job';

export interface JobsSlice {
  /** Newest first. */
  jobs: readonly JobStatus[];
  /** Takes a job's newest status. */
  updateJob: (job: JobStatus) => void;
  /** Takes a job that was just submitted, unless a newer status of it has arrived already. */
  addJob: (job: JobStatus) => void;
  /** Takes the history; a job that was updated since it was asked for keeps its newer status. */
  mergeJobs: (jobs: readonly JobStatus[], updatedSince: ReadonlySet<string>) => void;
}

export const createJobsSlice: StateCreator<JobsSlice> = (set) => ({
  jobs: [],
  updateJob: (job) => set((state) => ({ jobs: withJob(state.jobs, job) })),
  addJob: (job) =>
    set((state) =>
      state.jobs.some((known) => known.jobId === job.jobId)
        ? state
        : { jobs: withJob(state.jobs, job) },
    ),
  mergeJobs: (jobs, updatedSince) =>
    set((state) => ({
      jobs: state.jobs
        .filter((job) => updatedSince.has(job.jobId))
        .reduce<readonly JobStatus[]>(withJob, jobs),
    })),
});

function withJob(jobs: readonly JobStatus[], job: JobStatus): readonly JobStatus[] {
  const index = jobs.findIndex((known) => known.jobId === job.jobId);
  if (index >= 0) return jobs.with(index, job);
  return [job, ...jobs].sort((a, b) => b.createdAt - a.createdAt);
}

const URGENCY = ['running', 'waiting', 'queued', 'paused'] as const satisfies JobStatus['state'][];

/**
 * The job that the tray speaks of: the live one that is furthest along, else the one that ended last. Previews give way
 * to others, as they do at work.
 */
export function currentJob(jobs: readonly JobStatus[]): JobStatus | null {
  for (const state of URGENCY) {
    const inState = jobs.filter((job) => job.state === state);
    const oldest = inState.findLast(({ kind }) => kind !== 'preview') ?? inState.at(-1);
    if (oldest) return oldest;
  }
  return jobs.reduce<JobStatus | null>(
    (last, job) => (last === null || (job.finishedAt ?? 0) > (last.finishedAt ?? 0) ? job : last),
    null,
  );
}

export function liveJobs(jobs: readonly JobStatus[]): readonly JobStatus[] {
  return jobs.filter((job) => isLive(job.state));
}

/** IDs of the live jobs, the first one first: they keep their places until they end. */
export function liveJobIds(jobs: readonly JobStatus[]): string[] {
  return liveJobs(jobs)
    .map((job) => job.jobId)
    .reverse();
}

/** IDs of the jobs that are over, the newest first. */
export function pastJobIds(jobs: readonly JobStatus[]): string[] {
  return jobs.filter((job) => !isLive(job.state)).map((job) => job.jobId);
}

export function findJob(jobs: readonly JobStatus[], jobId: string): JobStatus | undefined {
  return jobs.find((job) => job.jobId === jobId);
}

/** What of a job stays the same while it merely gets on. */
export type JobHead = Omit<JobStatus, (typeof TICKING)[number]>;

const TICKING = [
  'phase',
  'done',
  'total',
  'progress',
  'currentItem',
  'ratePerSecond',
  'etaSeconds',
  'problems',
] as const satisfies (keyof JobStatus)[];

export function jobHead(job: JobStatus): JobHead {
  const head: Partial<JobStatus> = { ...job };
  for (const field of TICKING) delete head[field];
  return head as JobHead;
}

/** Whether a scan of the folder is at work or about to be; one that waits or is paused is not. */
export function isScanning(jobs: readonly JobStatus[], rootId: number): boolean {
  return jobs.some(
    ({ kind, rootId: ofJob, state }) =>
      kind === 'scan' && ofJob === rootId && (state === 'queued' || state === 'running'),
  );
}
