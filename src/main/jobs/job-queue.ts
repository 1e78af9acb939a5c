import { type ErrorShape, toErrorShape } from '../../shared/errors';
import {
  isLive,
  type JobProgress,
  type JobStatus,
  LIVE_STATES,
  MAX_JOB_CRASHES,
} from '../../shared/job';
import type { ClaimedJob, LibraryApi, LibraryListenerApi } from '../../shared/library-protocol';
import type { RpcPeer } from '../../shared/rpc';
import { ProgressMeter } from './progress-meter';
import { CLAIMED_KINDS, type MediaPeer, runJob } from './runners';
import { UpdateCoalescer } from './update-coalescer';

export type LibraryPeer = RpcPeer<LibraryListenerApi, LibraryApi>;

export interface JobQueueOptions {
  /** Asks the library; waits during a restart. */
  ask<Name extends keyof LibraryApi['procedures'] & string>(
    name: Name,
    request: LibraryApi['procedures'][Name]['request'],
  ): Promise<LibraryApi['procedures'][Name]['response']>;
  /** The live media connection; waits during a restart, rejects when the process was given up. */
  media(): Promise<MediaPeer>;
  /** Waited for before a claimed job is handed to the media process. */
  beforeRun?(job: ClaimedJob): Promise<void>;
  onUpdate(status: JobStatus): void;
}

/** The library's procedures that queue a job. */
type SubmitProcedure = 'submitScan';

interface RunningJob {
  job: ClaimedJob;
  controller: AbortController;
  meter: ProgressMeter;
  /** The row as of the start of this run; null until it was read. */
  base: JobStatus | null;
  lastSavedAt: number;
  finished: Promise<void>;
}

/** Scans that run side by side; they share the media process's pool of ffprobe children. */
const MAX_RUNNING = 2;
const UPDATE_INTERVAL_MS = 100;
const SAVE_INTERVAL_MS = 2_000;

/**
 * Schedules jobs: claims queued rows from the library, runs them in the media process, and moves them to their next
 * state through the library's guarded transition. The rows are the truth; this class only holds what is running now.
 */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #running = new Map<string, RunningJob>();
  readonly #updates: UpdateCoalescer<string, JobStatus>;
  #accepting = false;
  #pumping: Promise<void> | null = null;
  #pumpAgain = false;

  constructor(options: JobQueueOptions) {
    this.#options = options;
    this.#updates = new UpdateCoalescer(UPDATE_INTERVAL_MS, (_jobId, status) =>
      options.onUpdate(status),
    );
  }

  /** Begins to run jobs. */
  start(): void {
    this.#accepting = true;
    this.wake();
  }

  /**
   * Commits a job and answers its ID, or the ID of the live job of the same target; never waits for the work.
   * @throws whatever the procedure refuses, ROOT_NOT_FOUND and ROOT_OVERLAPS for a scan
   */
  async submit<Name extends SubmitProcedure>(
    procedure: Name,
    request: LibraryApi['procedures'][Name]['request'],
  ): Promise<{ jobId: string }> {
    const { jobId } = await this.#options.ask(procedure, request);
    // Not awaited: the answer is due as soon as the row is committed.
    void this.#announce(jobId);
    this.wake();
    return { jobId };
  }

  /** @throws JOB_NOT_FOUND */
  async get(jobId: string): Promise<JobStatus> {
    return this.#withLiveFields(await this.#options.ask('getJob', { jobId }));
  }

  /** Newest first. */
  async list(limit: number): Promise<JobStatus[]> {
    const jobs = await this.#options.ask('listJobs', { limit });
    return jobs.map((job) => this.#withLiveFields(job));
  }

  /**
   * Cancels a live job; a terminal one stays as it is and is answered.
   * @throws JOB_NOT_FOUND
   */
  async cancel(jobId: string): Promise<JobStatus> {
    const { job } = await this.#options.ask('transitionJob', {
      jobId,
      from: LIVE_STATES,
      to: 'cancelled',
    });
    if (job.state === 'cancelled') this.#running.get(jobId)?.controller.abort();
    this.#updates.flush(jobId, job);
    return job;
  }

  /**
   * Takes a root out of the library; what runs on it ends.
   * @throws ROOT_NOT_FOUND
   */
  async removeRoot(rootId: number): Promise<void> {
    const { cancelledJobIds } = await this.#options.ask('removeRoot', { rootId });
    for (const jobId of cancelledJobIds) {
      this.#running.get(jobId)?.controller.abort();
      await this.#announce(jobId);
    }
  }

  /** A running job's raw counts, from the media process. */
  report(jobId: string, runToken: string, progress: JobProgress): void {
    const running = this.#running.get(jobId);
    if (running?.job.runToken !== runToken || running.controller.signal.aborted) return;
    const now = performance.now();
    running.meter.report(progress, now);
    if (running.base) this.#updates.push(jobId, this.#withLiveFields(running.base));
    if (now - running.lastSavedAt >= SAVE_INTERVAL_MS) {
      running.lastSavedAt = now;
      void this.#save(running, progress);
    }
  }

  /** Stops claiming, aborts what runs and makes it claimable for the next session. */
  async stop(): Promise<void> {
    this.#accepting = false;
    await this.#pumping;
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort();
    await Promise.all(running.map(({ finished }) => finished));
    this.#updates.dispose();
  }

  /** Looks for claimable jobs; also called when the library came back. */
  wake(): void {
    if (!this.#accepting) return;
    if (this.#pumping) {
      this.#pumpAgain = true;
      return;
    }
    this.#pumping = this.#claimWhilePossible()
      .catch((thrown) => console.error('Claiming a job failed:', toErrorShape(thrown)))
      .finally(() => {
        this.#pumping = null;
        if (this.#pumpAgain) {
          this.#pumpAgain = false;
          this.wake();
        }
      });
  }

  async #claimWhilePossible(): Promise<void> {
    while (this.#accepting && this.#running.size < MAX_RUNNING) {
      const job = await this.#options.ask('claimJob', { kinds: CLAIMED_KINDS });
      if (!job) return;
      const controller = new AbortController();
      const running: RunningJob = {
        job,
        controller,
        meter: new ProgressMeter(),
        base: null,
        lastSavedAt: performance.now(),
        finished: Promise.resolve(),
      };
      this.#running.set(job.jobId, running);
      running.finished = this.#run(running);
    }
  }

  async #run(running: RunningJob): Promise<void> {
    const { job, controller } = running;
    void this.#announce(job.jobId);
    try {
      await this.#options.beforeRun?.(job);
      const media = await this.#options.media();
      await runJob(media, job, { signal: controller.signal });
    } catch (thrown) {
      await this.#settleFailure(running, toErrorShape(thrown)).catch((error) =>
        console.error(`Recording the end of job ${job.jobId} failed:`, toErrorShape(error)),
      );
    } finally {
      this.#running.delete(job.jobId);
      await this.#announce(job.jobId);
      this.wake();
    }
  }

  /** Moves a run that did not succeed to its next state. A cancelled or succeeded row is left as it is by the guard. */
  async #settleFailure({ job, controller }: RunningJob, error: ErrorShape): Promise<void> {
    const guard = { jobId: job.jobId, from: ['running'], runToken: job.runToken } as const;
    if (controller.signal.aborted) {
      await this.#options.ask('transitionJob', { ...guard, to: 'queued' });
      return;
    }
    const crashed = error.code === 'WORKER_CRASHED';
    if (crashed && job.crashCount + 1 < MAX_JOB_CRASHES) {
      await this.#options.ask('transitionJob', { ...guard, to: 'queued', crashed });
      return;
    }
    if (error.code === 'ROOT_OFFLINE' && job.rootId !== null) {
      await this.#options.ask('setRootOnline', { rootId: job.rootId, online: false });
    }
    await this.#options.ask('transitionJob', {
      ...guard,
      to: 'failed',
      reason: error.message,
      error,
      crashed,
    });
  }

  /** Tells the row's state, with what is known of the run. */
  async #announce(jobId: string): Promise<void> {
    try {
      const status = await this.#options.ask('getJob', { jobId });
      const running = this.#running.get(jobId);
      if (running) running.base = status;
      if (isLive(status.state)) this.#updates.push(jobId, this.#withLiveFields(status));
      else this.#updates.flush(jobId, status);
    } catch (thrown) {
      console.error(`Reading job ${jobId} failed:`, toErrorShape(thrown));
    }
  }

  #withLiveFields(status: JobStatus): JobStatus {
    const fields =
      status.state === 'running' ? this.#running.get(status.jobId)?.meter.fields() : null;
    return fields ? { ...status, ...fields } : status;
  }

  /** Keeps the counts in the row now and then, so that a restart can show where the job was. */
  async #save({ job }: RunningJob, progress: JobProgress): Promise<void> {
    try {
      await this.#options.ask('saveJobProgress', {
        jobId: job.jobId,
        runToken: job.runToken,
        progress,
      });
    } catch (thrown) {
      // Only a convenience is lost: the run itself reports a library that is gone.
      console.error(`Saving progress of job ${job.jobId} failed:`, toErrorShape(thrown));
    }
  }
}
