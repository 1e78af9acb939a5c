import { availableParallelism } from 'node:os';
import { toErrorShape } from '../../shared/errors';
import {
  isLive,
  type JobPriority,
  type JobProgress,
  type JobState,
  type JobStatus,
  LIVE_STATES,
} from '../../shared/job';
import type { ClaimedJob, LibraryApi } from '../../shared/library-protocol';
import { SYSTEM_TIMERS, type Timers } from '../timers';
import { afterFailure } from './after-failure';
import type { AskLibrary } from './ask-library';
import { JobClaims } from './job-claims';
import { JobRun } from './job-run';
import { RunRecords } from './run-records';
import type { MediaPeer } from './runners';
import { UpdateCoalescer } from './update-coalescer';
import { WaitingJobs } from './waiting-jobs';

export interface JobQueueOptions {
  ask: AskLibrary;
  /** The live media connection; waits during a restart, rejects when the process cannot be started. */
  media(): Promise<MediaPeer>;
  /** Ends a media process that does not react, and starts another unless the app is being closed. */
  replaceMedia(): void;
  onUpdate(status: JobStatus): void;
  timers?: Timers;
  /** From 0 to below 1. */
  random?(): number;
  cores?: number;
}

/** The library's procedures that queue a job. */
type SubmitProcedure = 'submitScan';

const UPDATE_INTERVAL_MS = 100;
/** Children are dead within 5 s of a cancel: what the media process has not done by then is done without it. */
const ABORT_GRACE_MS = 3_000;
const QUIT_GRACE_MS = 5_000;
/** A library that does not answer keeps nobody from quitting: its rows are put right at the next start. */
const QUIT_LIMIT_MS = 15_000;

/**
 * Schedules jobs: claims queued rows from the library, runs them in the media process, and moves them to their next
 * state through the library's guarded transition. The rows are the truth; this class only holds what is running now.
 */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #timers: Timers;
  readonly #random: () => number;
  /** By run token: a job that was paused and resumed may have two for a moment. */
  readonly #runs = new Map<string, JobRun>();
  readonly #updates: UpdateCoalescer<string, JobStatus>;
  readonly #claims: JobClaims;
  readonly #records: RunRecords;
  readonly #waiting: WaitingJobs;

  constructor(options: JobQueueOptions) {
    const { ask } = options;
    const timers = options.timers ?? SYSTEM_TIMERS;
    const random = options.random ?? Math.random;
    this.#options = options;
    this.#timers = timers;
    this.#random = random;
    this.#updates = new UpdateCoalescer(UPDATE_INTERVAL_MS, (_jobId, status) =>
      options.onUpdate(status),
    );
    this.#claims = new JobClaims({
      ...{ ask, timers, random, cores: options.cores ?? availableParallelism() },
      running: () => [...this.#runs.values()].map(({ job }) => job.lane),
      onClaimed: (job) => this.#start(job),
    });
    this.#records = new RunRecords({
      ...{ ask, timers, random },
      onChange: (jobId) => void this.#announce(jobId),
    });
    this.#waiting = new WaitingJobs({
      ...{ ask, timers, media: () => options.media() },
      onReleased: (jobIds) => {
        for (const jobId of jobIds) void this.#announce(jobId);
        this.#claims.wake();
      },
    });
  }

  /** Begins to run jobs, or goes on when the library is back. */
  start(): void {
    this.#claims.start();
    this.#waiting.checkNow();
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
    this.#claims.wake();
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

  /** Cancels a live job; a terminal one stays as it is and is answered. @throws JOB_NOT_FOUND */
  cancel(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, LIVE_STATES, 'cancelled');
  }

  /** A job that is not over is left alone until it is resumed, also by the next session. @throws JOB_NOT_FOUND */
  pause(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, ['queued', 'running', 'waiting'], 'paused');
  }

  /** Queues a paused job, or one that waits: it is tried now. @throws JOB_NOT_FOUND */
  resume(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, ['paused', 'waiting'], 'queued');
  }

  /** Queues a failed or cancelled job unless its target has a live one. @throws JOB_NOT_FOUND */
  retry(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, ['failed', 'cancelled'], 'queued');
  }

  /** Changes nothing once the job is over. @throws JOB_NOT_FOUND */
  async setPriority(jobId: string, priority: JobPriority): Promise<JobStatus> {
    const job = await this.#options.ask('setJobPriority', { jobId, priority });
    return this.#tell(job);
  }

  /** Takes a root out of the library; what runs on it ends. @throws ROOT_NOT_FOUND */
  async removeRoot(rootId: number): Promise<void> {
    const { cancelledJobIds } = await this.#options.ask('removeRoot', { rootId });
    for (const jobId of cancelledJobIds) {
      this.#abort(jobId);
      await this.#announce(jobId);
    }
  }

  /** A running job's raw counts, from the media process. */
  report(jobId: string, runToken: string, progress: JobProgress): void {
    const run = this.#runs.get(runToken);
    if (!run || run.givenUp) return;
    const { save } = run.report(progress);
    if (run.base) this.#updates.push(jobId, run.withLiveFields(run.base));
    if (save) void this.#save(run);
  }

  /** Looks at once whether what jobs wait for is there: the machine woke up. */
  checkWaiting(): void {
    this.#waiting.checkNow();
  }

  /** Looks for claimable jobs: a setting that bounds them changed. */
  wake(): void {
    this.#claims.wake();
  }

  /** Stops claiming, aborts what runs and makes it claimable for the next session. */
  async stop(): Promise<void> {
    this.#waiting.stop();
    this.#records.stop();
    const done = this.#claims.stop().then(() => {
      for (const run of this.#runs.values()) run.abort(QUIT_GRACE_MS);
      return Promise.all([...this.#runs.values()].map(({ finished }) => finished));
    });
    let timer: unknown;
    const limit = new Promise<void>((resolve) => {
      timer = this.#timers.setTimeout(resolve, QUIT_LIMIT_MS);
    });
    await Promise.race([done, limit]);
    this.#timers.clearTimeout(timer);
    this.#updates.dispose();
  }

  /** The person's transitions. The row first; the run of a row that is not running any more is over. */
  async #move(
    jobId: string,
    from: readonly JobState[],
    to: 'queued' | 'paused' | 'cancelled',
  ): Promise<JobStatus> {
    // First: a row that is not running takes no more counts.
    for (const run of this.#runsOf(jobId)) void this.#save(run);
    const { job } = await this.#options.ask('transitionJob', { jobId, from, to });
    if (to !== 'queued' && job.state === to) this.#abort(jobId);
    this.#claims.wake();
    return this.#tell(job);
  }

  #start(job: ClaimedJob): void {
    const earlier = this.#runsOf(job.jobId);
    for (const run of earlier) run.abort(ABORT_GRACE_MS);
    const run = new JobRun(job, this.#timers);
    this.#runs.set(job.runToken, run);
    run.finished = this.#run(run, Promise.all(earlier.map(({ finished }) => finished)));
  }

  async #run(run: JobRun, earlier: Promise<unknown>): Promise<void> {
    const { jobId, runToken } = run.job;
    await earlier;
    void this.#announce(jobId);
    try {
      await run.work(
        () => this.#options.media(),
        () => this.#replaceMedia(),
      );
    } catch (thrown) {
      await this.#settle(run, thrown);
    } finally {
      this.#runs.delete(runToken);
      await this.#announce(jobId);
      this.#claims.wake();
    }
  }

  /** Moves a run that did not succeed to its next state; the guard leaves a row alone that has moved on already. */
  async #settle(run: JobRun, thrown: unknown): Promise<void> {
    const error = toErrorShape(thrown);
    const { job } = run;
    const facts = { now: this.#timers.now(), random: this.#random };
    const step = run.givenUp ? ({ to: 'queued' } as const) : afterFailure(error, job, facts);
    if (error.code === 'ROOT_OFFLINE' && job.rootId !== null) {
      await this.#options
        .ask('setRootOnline', { rootId: job.rootId, online: false })
        .catch((failure) => console.error('Marking a folder offline failed:', failure));
    }
    await this.#save(run);
    await this.#records.record(run, step);
    if (step.to === 'waiting') this.#waiting.added();
  }

  /** No run of the process that is ended is to blame but the one that hangs, and that one was given up already. */
  #replaceMedia(): void {
    for (const run of this.#runs.values()) run.interrupted = true;
    this.#options.replaceMedia();
  }

  #abort(jobId: string): void {
    for (const run of this.#runsOf(jobId)) run.abort(ABORT_GRACE_MS);
  }

  #runsOf(jobId: string): JobRun[] {
    return [...this.#runs.values()].filter(({ job }) => job.jobId === jobId);
  }

  /** Tells the row's state, with what is known of the run. */
  async #announce(jobId: string): Promise<void> {
    try {
      const row = await this.#options.ask('getJob', { jobId });
      const run = this.#runsOf(jobId).at(-1);
      if (run && row.state === 'running') run.base = row;
      if (isLive(row.state)) this.#updates.push(jobId, this.#withLiveFields(row));
      else this.#updates.flush(jobId, row);
    } catch (thrown) {
      console.error(`Reading job ${jobId} failed:`, toErrorShape(thrown).message);
    }
  }

  #tell(row: JobStatus): JobStatus {
    const status = this.#withLiveFields(row);
    this.#updates.flush(row.jobId, status);
    return status;
  }

  #withLiveFields(row: JobStatus): JobStatus {
    return this.#runsOf(row.jobId).at(-1)?.withLiveFields(row) ?? row;
  }

  /** Keeps the counts in the row, so that also the next session shows where the job is. */
  async #save({ job: { jobId, runToken }, latest: progress }: JobRun): Promise<void> {
    if (!progress) return;
    try {
      await this.#options.ask('saveJobProgress', { jobId, runToken, progress });
    } catch (thrown) {
      // Only a convenience is lost: the run itself reports a library that is gone.
      console.error(`Saving progress of job ${jobId} failed:`, toErrorShape(thrown).message);
    }
  }
}
