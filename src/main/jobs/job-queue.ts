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
import type { RunnableKind } from '../../shared/job-payload';
import type {
  ClaimedJob,
  JobChange,
  LibraryApi,
  ProblemSelection,
} from '../../shared/library-protocol';
import type { Settings } from '../../shared/settings';
import { SYSTEM_TIMERS, type Timers } from '../timers';
import type { AskLibrary } from './ask-library';
import { JobClaims } from './job-claims';
import { JobRuns } from './job-runs';
import { type ScanSubmission, toKnownRoot } from './known-root';
import type { MediaPeer } from './runners';
import { UpdateCoalescer } from './update-coalescer';
import { WaitingJobs } from './waiting-jobs';

export interface JobQueueOptions {
  ask: AskLibrary;
  /** The live media connection; waits during a restart, rejects when the process cannot be started. */
  media(): Promise<MediaPeer>;
  /** Ends a media process that does not react, and starts another unless the app is being closed. */
  replaceMedia(): void;
  /** Kinds of jobs that may begin, asked before each claim. */
  claimable(settings: Settings): readonly RunnableKind[];
  /** Waited for before a claimed job is handed to the media process. */
  beforeRun?(job: ClaimedJob): Promise<void>;
  onUpdate(status: JobStatus): void;
  timers?: Timers;
  /** From 0 to below 1. */
  random?(): number;
  cores?: number;
  /** A crash turned out to be a file's doing; it does not speak against the media process. */
  onCrashExplained(): void;
}

/** The library's procedures that queue a job. */
type SubmitProcedure = 'submitScan' | 'submitVerify';

const UPDATE_INTERVAL_MS = 250;
/** A library that does not answer keeps nobody from quitting: its rows are put right at the next start. */
const QUIT_LIMIT_MS = 15_000;

/**
 * Schedules jobs: claims queued rows from the library, runs them in the media process, and moves them to their next
 * state through the library's guarded transition. The rows are the truth; this class only holds what is running now.
 */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #timers: Timers;
  readonly #runs: JobRuns;
  readonly #updates: UpdateCoalescer<string, JobStatus>;
  readonly #claims: JobClaims;
  readonly #waiting: WaitingJobs;

  constructor(options: JobQueueOptions) {
    const { ask, timers = SYSTEM_TIMERS, random = Math.random } = options;
    const media = () => options.media();
    this.#options = options;
    this.#timers = timers;
    this.#updates = new UpdateCoalescer(UPDATE_INTERVAL_MS, (_jobId, status) =>
      options.onUpdate(status),
    );
    this.#runs = new JobRuns({
      ...{ ask, media, timers, random, replaceMedia: () => options.replaceMedia() },
      beforeRun: async (job) => options.beforeRun?.(job),
      onCrashExplained: () => options.onCrashExplained(),
      onChange: (jobId) => this.#announce(jobId),
      onWaiting: () => this.#waiting.added(),
      onEnd: () => this.#claims.wake(),
    });
    this.#claims = new JobClaims({
      ...{ ask, timers, random, cores: options.cores ?? availableParallelism() },
      claimable: (settings) => options.claimable(settings),
      running: () => this.#runs.lanes,
      onClaimed: (job) => this.#runs.start(job),
    });
    this.#waiting = new WaitingJobs({
      ...{ ask, media, timers },
      onReleased: (jobIds) => {
        for (const jobId of jobIds) void this.#announce(jobId);
        this.#claims.wake();
      },
    });
  }

  /** Begins to run jobs, and goes on when the library is back; also after a stop. */
  start(): void {
    this.#runs.open();
    this.#claims.start();
    this.#waiting.start();
  }

  /**
   * Commits a job and answers its ID, or the ID of the live job of the same target; never waits for the work.
   * @throws whatever the procedure refuses, ROOT_NOT_FOUND and ROOT_OVERLAPS for a scan
   */
  async submit<Name extends SubmitProcedure>(
    procedure: Name,
    request: LibraryApi['procedures'][Name]['request'],
  ): Promise<{ jobId: string }> {
    const wanted =
      procedure === 'submitScan'
        ? await toKnownRoot(request as ScanSubmission, this.#options)
        : request;
    const { jobId } = await this.#options.ask(procedure, wanted as typeof request);
    // Not awaited: the answer is due as soon as the row is committed.
    void this.#announce(jobId);
    this.#claims.wake();
    return { jobId };
  }

  /** Queues the job that makes missing previews; null when nothing is missing, see the library's `submitPreviews`. */
  async submitPreviews(
    options: LibraryApi['procedures']['submitPreviews']['request'],
  ): Promise<{ jobId: string } | null> {
    const submitted = await this.#options.ask('submitPreviews', options);
    if (!submitted) return null;
    void this.#announce(submitted.jobId);
    this.#claims.wake();
    return submitted;
  }

  /** Reads files again that could not be read, by a scan of each folder that they are in. */
  async retryProblems(selection: ProblemSelection): Promise<{ jobIds: string[] }> {
    const { jobIds } = await this.#options.ask('retryProblems', selection);
    for (const jobId of jobIds) void this.#announce(jobId);
    this.#claims.wake();
    return { jobIds };
  }

  /** @throws JOB_NOT_FOUND */
  async get(jobId: string): Promise<JobStatus> {
    return this.#runs.withLiveFields(await this.#options.ask('getJob', { jobId }));
  }

  /** The newest jobs, and all that are not over; newest first. */
  async list(limit: number): Promise<JobStatus[]> {
    const jobs = await this.#options.ask('listJobs', { limit });
    return jobs.map((job) => this.#runs.withLiveFields(job));
  }

  /** Cancels a live job; a terminal one stays as it is and is answered. @throws JOB_NOT_FOUND */
  cancel(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, LIVE_STATES, { to: 'cancelled' });
  }

  /** A job that is not over is left alone until it is resumed, also by the next session. @throws JOB_NOT_FOUND */
  pause(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, ['queued', 'running', 'waiting'], { to: 'paused' });
  }

  /** Queues a paused job, or one that waits: it is tried now. @throws JOB_NOT_FOUND */
  resume(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, ['paused', 'waiting'], { to: 'queued' });
  }

  /** Queues a failed or cancelled job unless its target has a live one. @throws JOB_NOT_FOUND */
  retry(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, ['failed', 'cancelled'], { to: 'queued' });
  }

  /**
   * A job that is queued or runs waits for mains power until it is released, also in the next session.
   * @param reason in words for people
   * @throws JOB_NOT_FOUND
   */
  holdForPower(jobId: string, reason: string): Promise<JobStatus> {
    const change = { to: 'waiting', waitingFor: 'power', notBefore: null, reason } as const;
    return this.#move(jobId, ['queued', 'running'], change);
  }

  /** Ends the wait of a job; one that was paused meanwhile stays so. @throws JOB_NOT_FOUND */
  release(jobId: string): Promise<JobStatus> {
    return this.#move(jobId, ['waiting'], { to: 'queued' });
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
      this.#runs.abort(jobId);
      await this.#announce(jobId);
    }
  }

  /** A running job's raw counts, from the media process. */
  report(jobId: string, runToken: string, progress: JobProgress): void {
    const status = this.#runs.report(runToken, progress);
    if (status) this.#updates.push(jobId, status);
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
    const done = this.#claims.stop().then(() => this.#runs.stop());
    let timer: unknown;
    const limit = new Promise<void>((resolve) => {
      timer = this.#timers.setTimeout(resolve, QUIT_LIMIT_MS);
    });
    await Promise.race([done, limit]);
    this.#timers.clearTimeout(timer);
    this.#updates.dispose();
  }

  /** Transitions that are asked for. The row first; the run of a row that is not running any more is over. */
  async #move(jobId: string, from: readonly JobState[], change: JobChange): Promise<JobStatus> {
    // First: a row that is not running takes no more counts.
    this.#runs.saveProgress(jobId);
    const { job } = await this.#options.ask('transitionJob', { jobId, from, ...change });
    if (change.to !== 'queued' && job.state === change.to) this.#runs.abort(jobId);
    this.#runs.recordNow();
    this.#claims.wake();
    return this.#tell(job);
  }

  /** Tells the row's state, with what is known of the run. */
  async #announce(jobId: string): Promise<void> {
    try {
      const row = await this.#options.ask('getJob', { jobId });
      if (isLive(row.state)) this.#updates.push(jobId, this.#runs.withLiveFields(row));
      else this.#updates.flush(jobId, row);
    } catch (thrown) {
      console.error(`Reading job ${jobId} failed:`, toErrorShape(thrown).message);
    }
  }

  #tell(row: JobStatus): JobStatus {
    const status = this.#runs.withLiveFields(row);
    this.#updates.flush(row.jobId, status);
    return status;
  }
}
