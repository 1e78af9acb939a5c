import { toErrorShape } from '../../shared/errors';
import type { RunnableKind } from '../../shared/job-payload';
import type { ClaimedJob, Lane } from '../../shared/library-protocol';
import type { Settings } from '../../shared/settings';
import type { Timers } from '../timers';
import type { AskLibrary } from './ask-library';
import { backoffMs, LONGEST_STORAGE_WAIT_MS } from './backoff';
import { fullLanes, jobsAtATime, jobsThatCount } from './lanes';

export interface JobClaimsOptions {
  ask: AskLibrary;
  timers: Timers;
  random(): number;
  cores: number;
  /** Kinds that may begin now. */
  claimable(settings: Settings): readonly RunnableKind[];
  /** The lane of each job that runs. */
  running(): Lane[];
  /** The job counts as running when this returns. */
  onClaimed(job: ClaimedJob): void;
}

/** Claims jobs as long as the limits of machine and drives allow it. */
export class JobClaims {
  readonly #options: JobClaimsOptions;
  #accepting = false;
  #claiming: Promise<void> | null = null;
  #claimAgain = false;
  #failures = 0;
  #retryTimer: unknown;

  constructor(options: JobClaimsOptions) {
    this.#options = options;
  }

  start(): void {
    this.#accepting = true;
    this.wake();
  }

  /** Resolves when nothing more will be claimed. */
  async stop(): Promise<void> {
    this.#accepting = false;
    this.#options.timers.clearTimeout(this.#retryTimer);
    await this.#claiming;
  }

  /** Looks for claimable jobs: one was queued, or one ended. */
  wake(): void {
    if (!this.#accepting) return;
    if (this.#claiming) {
      this.#claimAgain = true;
      return;
    }
    this.#options.timers.clearTimeout(this.#retryTimer);
    this.#claiming = this.#claimWhilePossible()
      .then(
        () => {
          this.#failures = 0;
        },
        (thrown) => this.#tryLater(thrown),
      )
      .finally(() => {
        this.#claiming = null;
        if (this.#claimAgain) {
          this.#claimAgain = false;
          this.wake();
        }
      });
  }

  async #claimWhilePossible(): Promise<void> {
    const { ask, cores, claimable, running, onClaimed } = this.#options;
    while (this.#accepting && jobsThatCount(running()) < jobsAtATime(cores)) {
      const settings = await ask('getSettings', null);
      const job = await ask('claimJob', {
        kinds: claimable(settings),
        fullLanes: fullLanes(running(), settings.jobsPerVolume, cores),
      });
      if (!job) return;
      onClaimed(job);
    }
  }

  /** The library cannot be written, or its process is gone: the jobs are safe in it, they only have to wait. */
  #tryLater(thrown: unknown): void {
    console.error('Claiming a job failed:', toErrorShape(thrown).message);
    if (!this.#accepting) return;
    const { timers, random } = this.#options;
    const delay = backoffMs(this.#failures++, random, LONGEST_STORAGE_WAIT_MS);
    this.#retryTimer = timers.setTimeout(() => this.wake(), delay);
  }
}
