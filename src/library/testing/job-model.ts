import {
  canTransition,
  isLive,
  type JobPriority,
  type JobState,
  MAX_JOB_CRASHES,
  MAX_WAIT_MS,
  type WaitReason,
} from '../../shared/job';
import type { RunnableKind } from '../../shared/job-payload';
import type { JobHistory } from '../jobs';

/** Small limits, so that a few dozen commands meet them. */
export const MODEL_HISTORY: JobHistory = { jobs: 4, ms: 1_000_000 };

const RANK: Record<JobPriority, number> = { low: -1, normal: 0, high: 1 };

export interface ModelJob {
  jobId: string;
  /** Order of submission. */
  number: number;
  kind: RunnableKind;
  target: string;
  root: number | null;
  lane: string;
  state: JobState;
  priority: JobPriority;
  token: string | null;
  /** Tokens of runs that are over. */
  staleTokens: string[];
  damaged: boolean;
  acceptMissing: boolean;
  attempt: number;
  crashCount: number;
  transientFailures: number;
  waitingFor: WaitReason | null;
  notBefore: number | null;
  done: number;
  finishedAt: number | null;
}

const isFailure = (reason: WaitReason | null) => reason === 'backoff' || reason === 'storage';

/** What a transition does besides the state. */
export interface ModelChange {
  to: JobState;
  crashed?: boolean;
  waitingFor?: WaitReason;
  notBefore?: number | null;
  token?: string | null;
}

/** The job table as it should be: the state table of the design in a few lines, over an array. */
export class JobModel {
  now = 1_000_000_000;
  jobs: ModelJob[] = [];
  readonly removedRoots = new Set<number>();
  /** Roots that were removed and added again: on which drive they are is not known any more. */
  readonly #newRoots = new Set<number>();
  /** Every ID that was given out and was not pruned. */
  readonly acknowledged = new Set<string>();
  readonly #covered: Set<string>;
  #submitted = 0;

  /** @param covered takes the transitions that happened */
  constructor(covered: Set<string>) {
    this.#covered = covered;
  }

  liveOf(kind: RunnableKind, target: string): ModelJob | undefined {
    return this.jobs.find((job) => job.kind === kind && job.target === target && isLive(job.state));
  }

  /** The root is in the library, again if it was removed. */
  ensureRoot(root: number): void {
    if (!this.removedRoots.delete(root)) return;
    this.#newRoots.add(root);
    for (const job of this.jobs) job.lane = this.#laneOf(job);
  }

  #laneOf({ kind, root, lane }: Pick<ModelJob, 'kind' | 'root' | 'lane'>): string {
    return kind === 'scan' && root !== null && this.#newRoots.has(root) ? `root ${root}` : lane;
  }

  add(
    job: Pick<
      ModelJob,
      'jobId' | 'kind' | 'target' | 'root' | 'lane' | 'priority' | 'acceptMissing'
    >,
  ): void {
    this.jobs.push({
      ...{ ...job, lane: this.#laneOf(job) },
      ...{ number: this.#submitted++, state: 'queued', token: null, staleTokens: [] },
      ...{ damaged: false, attempt: 0, crashCount: 0, transientFailures: 0 },
      ...{ waitingFor: null, notBefore: null, done: 0, finishedAt: null },
    });
    this.acknowledged.add(job.jobId);
  }

  /** What a claim finds: the job, or nothing; jobs that are damaged and stand before it fail. */
  claim(
    kinds: readonly RunnableKind[],
    fullLanes: readonly string[],
    token: string | null,
  ): ModelJob | null {
    const candidates = this.jobs
      .filter(
        ({ state, kind, lane }) =>
          state === 'queued' && kinds.includes(kind) && !fullLanes.includes(lane),
      )
      .sort((a, b) => RANK[b.priority] - RANK[a.priority] || a.number - b.number);
    for (const job of candidates) {
      this.apply(job, ['queued'], { to: 'running', token: job.damaged ? null : token });
      if (!job.damaged) return job;
      this.apply(job, ['running'], { to: 'failed' });
    }
    return null;
  }

  /** Answers whether anything changes. */
  apply(job: ModelJob, from: readonly JobState[], change: ModelChange): boolean {
    const { to } = change;
    if (!from.includes(job.state) || !canTransition(job.state, to)) return false;
    const isRetry = !isLive(job.state);
    if (isRetry && !this.#mayRetry(job)) return false;
    this.#covered.add(`${job.state} → ${to}`);
    if (job.token) job.staleTokens.push(job.token);
    job.state = to;
    job.token = to === 'running' ? (change.token ?? null) : null;
    job.waitingFor = change.waitingFor ?? null;
    job.notBefore = change.notBefore ?? null;
    job.finishedAt = isLive(to) ? null : this.now;
    if (isRetry) Object.assign(job, { attempt: 0, crashCount: 0, transientFailures: 0, done: 0 });
    else {
      job.attempt += to === 'running' ? 1 : 0;
      job.crashCount += change.crashed ? 1 : 0;
      job.transientFailures += isFailure(job.waitingFor) ? 1 : 0;
    }
    return true;
  }

  /** The session that ran them is dead. */
  recover(): void {
    for (const job of this.jobs.filter(({ state }) => state === 'running')) {
      const to = job.crashCount + 1 >= MAX_JOB_CRASHES ? 'failed' : 'queued';
      this.apply(job, ['running'], { to, crashed: true });
    }
  }

  release(roots: readonly number[]): string[] {
    const due = this.jobs.filter(({ state, notBefore, waitingFor, root }) => {
      if (state !== 'waiting') return false;
      if (notBefore !== null && (notBefore <= this.now || notBefore > this.now + MAX_WAIT_MS))
        return true;
      return waitingFor === 'volume' && root !== null && roots.includes(root);
    });
    for (const job of due) this.apply(job, ['waiting'], { to: 'queued' });
    return due.map(({ jobId }) => jobId);
  }

  prune(): void {
    const over = this.jobs
      .filter((job) => job.finishedAt !== null)
      .sort((a, b) => (b.finishedAt ?? 0) - (a.finishedAt ?? 0) || b.number - a.number);
    const tooMany = over.slice(MODEL_HISTORY.jobs);
    const tooOld = over.filter((job) => (job.finishedAt ?? 0) < this.now - MODEL_HISTORY.ms);
    const gone = new Set([...tooMany, ...tooOld]);
    this.jobs = this.jobs.filter((job) => !gone.has(job));
    for (const { jobId } of gone) this.acknowledged.delete(jobId);
  }

  #mayRetry(job: ModelJob): boolean {
    if (job.root !== null && this.removedRoots.has(job.root)) return false;
    return this.liveOf(job.kind, job.target) === undefined;
  }
}
