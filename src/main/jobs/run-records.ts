import { type ErrorShape, toErrorShape } from '../../shared/errors';
import type { JobChange } from '../../shared/library-protocol';
import type { Timers } from '../timers';
import { isLibraryUnwritable } from './after-failure';
import type { AskLibrary } from './ask-library';
import { backoffMs } from './backoff';
import type { JobRun } from './job-run';

export interface RunRecordsOptions {
  ask: AskLibrary;
  timers: Timers;
  random(): number;
  /** What is to be shown of the job changed, though its row did not. */
  onChange(jobId: string): void;
}

/**
 * Writes what became of runs into their rows. While the library cannot be written it tries again and again, so that
 * no row is left `running` without a run; the job is shown as waiting meanwhile.
 */
export class RunRecords {
  readonly #options: RunRecordsOptions;
  readonly #stopping = new AbortController();

  constructor(options: RunRecordsOptions) {
    this.#options = options;
  }

  /** Gives up what cannot be written: the next session finds its rows and puts them right. */
  stop(): void {
    this.#stopping.abort();
  }

  /** Resolves when the row is written or nothing can be done about it. */
  async record(run: JobRun, change: JobChange): Promise<void> {
    const { jobId, runToken } = run.job;
    for (let failures = 0; ; failures++) {
      try {
        await this.#options.ask('transitionJob', { jobId, runToken, from: ['running'], ...change });
        return;
      } catch (thrown) {
        const error = toErrorShape(thrown);
        console.error(`Recording the end of job ${jobId} failed:`, error.message);
        if (!isLibraryUnwritable(error) || this.#stopping.signal.aborted) return;
        await this.#wait(run, error, failures);
      }
    }
  }

  async #wait(run: JobRun, error: ErrorShape, failures: number): Promise<void> {
    const { timers, random, onChange } = this.#options;
    const delay = backoffMs(failures, random);
    const notBefore = timers.now() + delay;
    const { message: reason } = error;
    run.unrecorded = { state: 'waiting', waitingFor: 'storage', notBefore, reason, error };
    onChange(run.job.jobId);
    const { signal } = this.#stopping;
    await new Promise<void>((resolve) => {
      const end = () => {
        timers.clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = timers.setTimeout(end, delay);
      signal.addEventListener('abort', end);
    });
  }
}
