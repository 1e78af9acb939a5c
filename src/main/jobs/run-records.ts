import { type ErrorShape, toErrorShape } from '../../shared/errors';
import type { JobChange } from '../../shared/library-protocol';
import type { Timers } from '../timers';
import { storageReason } from './after-failure';
import type { AskLibrary } from './ask-library';
import { backoffMs, LONGEST_STORAGE_WAIT_MS } from './backoff';
import type { JobRun } from './job-run';

export interface RunRecordsOptions {
  ask: AskLibrary;
  timers: Timers;
  random(): number;
  /** A crash turned out to be a file's doing; it does not speak against the media process. */
  onCrashExplained(): void;
  /** What is to be shown of the job changed, though its row did not. */
  onChange(jobId: string): void;
}

/**
 * Writes what became of runs into their rows. While the library cannot be written it tries again and again, so that
 * no row is left `running` without a run; the job is shown as waiting meanwhile.
 */
export class RunRecords {
  readonly #options: RunRecordsOptions;
  readonly #waits = new Set<() => void>();
  #stopped = false;

  constructor(options: RunRecordsOptions) {
    this.#options = options;
  }

  /** Also after a stop. */
  start(): void {
    this.#stopped = false;
    this.retryNow();
  }

  /** Tries again now what could not be written: there is reason to hope. */
  retryNow(): void {
    for (const endWait of this.#waits) endWait();
  }

  /** Gives up what cannot be written at a last try: the next session finds its rows and puts them right. */
  stop(): void {
    this.#stopped = true;
    this.retryNow();
  }

  /** Resolves when the row is written or nothing can be done about it. */
  async record(run: JobRun, change: JobChange): Promise<void> {
    const { jobId, runToken } = run.job;
    for (let failures = 0; ; failures++) {
      try {
        const guarded = { jobId, runToken, from: ['running'], ...change } as const;
        const { explained } = await this.#options.ask('transitionJob', guarded);
        if (explained) this.#options.onCrashExplained();
        return;
      } catch (thrown) {
        const error = toErrorShape(thrown);
        console.error(`Recording the end of job ${jobId} failed:`, error.message);
        if (this.#stopped || isSettledOtherwise(error)) return;
        await this.#wait(run, error, failures);
      }
    }
  }

  async #wait(run: JobRun, error: ErrorShape, failures: number): Promise<void> {
    const { timers, random, onChange } = this.#options;
    const delay = backoffMs(failures, random, LONGEST_STORAGE_WAIT_MS);
    run.unrecorded = {
      ...{ state: 'waiting', waitingFor: 'storage', notBefore: timers.now() + delay, error },
      reason: storageReason(error),
    };
    onChange(run.job.jobId);
    await new Promise<void>((resolve) => {
      const endWait = () => {
        timers.clearTimeout(timer);
        this.#waits.delete(endWait);
        resolve();
      };
      const timer = timers.setTimeout(endWait, delay);
      this.#waits.add(endWait);
    });
  }
}

/** The row went with the history, or the library's process is gone: the next one puts its rows right when it opens. */
function isSettledOtherwise({ code }: ErrorShape): boolean {
  return code === 'JOB_NOT_FOUND' || code === 'WORKER_CRASHED';
}
