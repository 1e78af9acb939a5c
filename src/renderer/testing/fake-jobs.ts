import { VitrineError } from '../../shared/errors';
import {
  isLive,
  type JobKind,
  type JobPriority,
  type JobState,
  type JobStatus,
} from '../../shared/job';

/** Jobs in memory that move as the engine's do, but only when they are told to. */
export class FakeJobs {
  readonly all: JobStatus[];
  readonly #onUpdate: (job: JobStatus) => void;

  constructor(jobs: readonly JobStatus[], onUpdate: (job: JobStatus) => void) {
    this.all = [...jobs];
    this.#onUpdate = onUpdate;
  }

  get(jobId: string): JobStatus {
    const job = this.all.find((candidate) => candidate.jobId === jobId);
    if (!job) throw new VitrineError('JOB_NOT_FOUND', `There is no job ${jobId}.`);
    return job;
  }

  /** A live job of the same kind and target is answered instead of a second one. */
  submit(kind: JobKind, target: string, rootId: number | null): JobStatus {
    const live = this.all.find(
      (job) => job.kind === kind && job.target === target && isLive(job.state),
    );
    if (live) return live;
    const job = { ...newJob(`job-${this.all.length + 1}`, target, rootId), kind };
    this.all.unshift(job);
    this.#onUpdate({ ...job });
    return job;
  }

  cancel(jobId: string): JobStatus {
    const live: JobState[] = ['queued', 'running', 'waiting', 'paused'];
    return this.#move(jobId, live, { state: 'cancelled', finishedAt: Date.now(), ...NOT_WAITING });
  }

  pause(jobId: string): JobStatus {
    const pausable: JobState[] = ['queued', 'running', 'waiting'];
    return this.#move(jobId, pausable, { state: 'paused', ...NOT_WAITING });
  }

  resume(jobId: string): JobStatus {
    return this.#move(jobId, ['paused', 'waiting'], { state: 'queued', ...NOT_WAITING });
  }

  retry(jobId: string): JobStatus {
    const retried = { state: 'queued', error: null, result: null, finishedAt: null } as const;
    return this.#move(jobId, ['failed', 'cancelled'], retried);
  }

  setPriority(jobId: string, priority: JobPriority): JobStatus {
    return this.update(this.get(jobId), { priority });
  }

  update(job: JobStatus, change: Partial<JobStatus>): JobStatus {
    Object.assign(job, change);
    this.#onUpdate({ ...job });
    return job;
  }

  #move(jobId: string, from: readonly JobState[], change: Partial<JobStatus>): JobStatus {
    const job = this.get(jobId);
    return from.includes(job.state) ? this.update(job, change) : job;
  }
}

const NOT_WAITING = { waitingFor: null, notBefore: null, reason: null } as const;

/** A scan that was just submitted. */
export function newJob(jobId: string, target: string, rootId: number | null): JobStatus {
  return {
    jobId,
    kind: 'scan',
    target,
    rootId,
    state: 'queued',
    priority: 'normal',
    attempt: 0,
    ...NOT_WAITING,
    progress: null,
    phase: '',
    done: 0,
    total: null,
    currentItem: null,
    ratePerSecond: null,
    etaSeconds: null,
    quick: null,
    result: null,
    error: null,
    problems: 0,
    createdAt: Date.now(),
    startedAt: null,
    finishedAt: null,
  };
}
