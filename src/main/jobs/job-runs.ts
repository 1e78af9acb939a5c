import { toErrorShape } from '../../shared/errors';
import type { JobProgress, JobStatus } from '../../shared/job';
import type { ClaimedJob, Lane } from '../../shared/library-protocol';
import type { Timers } from '../timers';
import { afterFailure } from './after-failure';
import type { AskLibrary } from './ask-library';
import { JobRun } from './job-run';
import { RunRecords } from './run-records';
import type { MediaPeer } from './runners';

export interface JobRunsOptions {
  ask: AskLibrary;
  media(): Promise<MediaPeer>;
  /** Waited for before a claimed job is handed to the media process. */
  beforeRun(job: ClaimedJob): Promise<void>;
  /** Ends a media process that does not react. */
  replaceMedia(): void;
  timers: Timers;
  random(): number;
  /** A crash turned out to be a file's doing; it does not speak against the media process. */
  onCrashExplained(): void;
  /** What is to be told of the job changed. */
  onChange(jobId: string): Promise<void>;
  /** The job waits now for its drive, for storage or for a time. */
  onWaiting(): void;
  /** A run is over: another may begin. */
  onEnd(): void;
}

/** Children are dead within 5 s of a cancel: what the media process has not done by then is done without it. */
const ABORT_GRACE_MS = 3_000;
const QUIT_GRACE_MS = 5_000;

/** The runs of this session: starts them, ends them, and has their rows say what became of them. */
export class JobRuns {
  readonly #options: JobRunsOptions;
  /** By run token: a job that was paused and resumed may have two for a moment. */
  readonly #runs = new Map<string, JobRun>();
  readonly #records: RunRecords;

  constructor(options: JobRunsOptions) {
    this.#options = options;
    const { ask, timers } = options;
    this.#records = new RunRecords({
      ...{ ask, timers, random: () => options.random() },
      onCrashExplained: () => options.onCrashExplained(),
      onChange: (jobId) => void options.onChange(jobId),
    });
  }

  /** The lane of each run. */
  get lanes(): Lane[] {
    return [...this.#runs.values()].map(({ job }) => job.lane);
  }

  /** The library is open, also after a stop. */
  open(): void {
    this.#records.start();
  }

  /** Runs a claimed job, after whatever is left of an earlier run of it. */
  start(job: ClaimedJob): void {
    const earlier = this.#runsOf(job.jobId);
    for (const run of earlier) run.abort(ABORT_GRACE_MS);
    const run = new JobRun(job, this.#options.timers);
    this.#runs.set(job.runToken, run);
    run.finished = this.#run(run, Promise.all(earlier.map(({ finished }) => finished)));
  }

  /** The row of the job is not running any more: neither may anything else. */
  abort(jobId: string): void {
    for (const run of this.#runsOf(jobId)) run.abort(ABORT_GRACE_MS);
  }

  /** Takes a run's raw counts; answers what is to be told, null when nothing is. */
  report(runToken: string, progress: JobProgress): JobStatus | null {
    const run = this.#runs.get(runToken);
    if (!run || run.givenUp) return null;
    const { save } = run.report(progress);
    if (save) void this.#save(run);
    return run.base && run.withLiveFields(run.base);
  }

  /** Keeps the newest counts of the job's run in the row; what is asked of the library after it finds them there. */
  saveProgress(jobId: string): void {
    for (const run of this.#runsOf(jobId)) void this.#save(run);
  }

  /** The row as it was just read, with what its run knows beyond it. */
  withLiveFields(row: JobStatus): JobStatus {
    const run = this.#runsOf(row.jobId).at(-1);
    if (!run || row.state !== 'running') return row;
    run.base = row;
    return run.withLiveFields(row);
  }

  /** Something could be written just now: the ends of runs that could not be recorded are tried again. */
  recordNow(): void {
    this.#records.retryNow();
  }

  /** Ends every run and makes its job claimable for the next session. */
  async stop(): Promise<void> {
    this.#records.stop();
    const runs = [...this.#runs.values()];
    for (const run of runs) run.abort(QUIT_GRACE_MS);
    await Promise.all(runs.map(({ finished }) => finished));
  }

  async #run(run: JobRun, earlier: Promise<unknown>): Promise<void> {
    const { media, beforeRun, onChange, onEnd } = this.#options;
    const { jobId, runToken } = run.job;
    await earlier;
    void onChange(jobId);
    try {
      const readyMedia = async () => {
        await beforeRun(run.job);
        return media();
      };
      await run.work(readyMedia, () => this.#replaceMedia());
    } catch (thrown) {
      await this.#settle(run, thrown);
    } finally {
      this.#runs.delete(runToken);
      await onChange(jobId);
      onEnd();
    }
  }

  /** Moves a run that did not succeed to its next state; the guard leaves a row alone that has moved on already. */
  async #settle(run: JobRun, thrown: unknown): Promise<void> {
    const { ask, timers, random, onWaiting } = this.#options;
    const error = toErrorShape(thrown);
    const { rootId } = run.job;
    const step = run.givenUp
      ? ({ to: 'queued' } as const)
      : afterFailure(error, run.job, { now: timers.now(), random, ranForMs: run.ranForMs });
    if (error.code === 'ROOT_OFFLINE' && rootId !== null) {
      await ask('setRootOnline', { rootId, online: false }).catch((failure) =>
        console.error(`Marking folder ${rootId} offline failed:`, toErrorShape(failure).message),
      );
    }
    await this.#save(run);
    await this.#records.record(run, step);
    if (step.to === 'waiting') onWaiting();
  }

  /** No run of the process that is ended is to blame but the one that hangs, and that one was given up already. */
  #replaceMedia(): void {
    for (const run of this.#runs.values()) run.interrupted = true;
    this.#options.replaceMedia();
  }

  #runsOf(jobId: string): JobRun[] {
    return [...this.#runs.values()].filter(({ job }) => job.jobId === jobId);
  }

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
