import { toErrorShape } from '../../shared/errors';
import type { AwaitedRoot } from '../../shared/library-protocol';
import type { Timers } from '../timers';
import type { AskLibrary } from './ask-library';
import type { MediaPeer } from './runners';

/** How often it is looked whether a drive is back. */
const LOOK_INTERVAL_MS = 5_000;
/** A drive that hangs is not back. */
const LOOK_TIMEOUT_MS = 5_000;
/** Timers stand still while the machine sleeps, and the clock may be set: no timer is trusted for longer. */
const LONGEST_TIMER_MS = 60_000;

export interface WaitingJobsOptions {
  ask: AskLibrary;
  media(): Promise<MediaPeer>;
  timers: Timers;
  /** Jobs that waited are queued again. */
  onReleased(jobIds: string[]): void;
}

/** Sees to it that waiting jobs go on when their time has come or the drive of their root is back. */
export class WaitingJobs {
  readonly #options: WaitingJobsOptions;
  #checking: Promise<void> | null = null;
  #checkAgain = false;
  #timer: unknown;
  /** When roots are looked at next. */
  #lookAt = 0;
  #stopped = false;

  constructor(options: WaitingJobsOptions) {
    this.#options = options;
  }

  /** Also after a stop. */
  start(): void {
    this.#stopped = false;
    this.checkNow();
  }

  /** A job began to wait: its drive was looked at just now, so that it is not looked at again at once. */
  added(): void {
    this.#lookAt = Math.max(this.#lookAt, this.#options.timers.now() + LOOK_INTERVAL_MS);
    this.check();
  }

  /** Looks at everything now: at the start, and when the machine wakes up. */
  checkNow(): void {
    this.#lookAt = 0;
    this.check();
  }

  /** Releases what is due and sets the timer for what is next. */
  check(): void {
    if (this.#stopped) return;
    if (this.#checking) {
      this.#checkAgain = true;
      return;
    }
    this.#options.timers.clearTimeout(this.#timer);
    this.#checking = this.#check()
      .catch((thrown) => {
        // A library that cannot be written releases nothing either: its jobs are looked at again with the drives.
        console.error('Looking after waiting jobs failed:', toErrorShape(thrown).message);
        return LOOK_INTERVAL_MS;
      })
      .then((delay) => {
        this.#checking = null;
        if (this.#checkAgain) {
          this.#checkAgain = false;
          this.check();
        } else if (delay !== null && !this.#stopped) {
          this.#timer = this.#options.timers.setTimeout(() => this.check(), delay);
        }
      });
  }

  stop(): void {
    this.#stopped = true;
    this.#options.timers.clearTimeout(this.#timer);
  }

  /** Answers the milliseconds until the next check; null when nothing waits for a time or a drive. */
  async #check(): Promise<number | null> {
    const { ask, timers } = this.#options;
    let answer = await ask('releaseWaiting', { rootIds: [] });
    this.#tell(answer.jobIds);
    const untilLook = this.#lookAt - timers.now();
    // A time further away than the interval was set before the clock was put back.
    const isLookDue = untilLook <= 0 || untilLook > LOOK_INTERVAL_MS;
    if (answer.roots.length > 0 && isLookDue) {
      this.#lookAt = timers.now() + LOOK_INTERVAL_MS;
      const rootIds = await this.#rootsThatAreBack(answer.roots);
      if (rootIds.length > 0) {
        answer = await ask('releaseWaiting', { rootIds });
        this.#tell(answer.jobIds);
      }
    }
    const { nextDueAt, roots } = answer;
    if (nextDueAt === null && roots.length === 0) return null;
    const next = Math.min(
      nextDueAt ?? Number.POSITIVE_INFINITY,
      roots.length > 0 ? this.#lookAt : Number.POSITIVE_INFINITY,
    );
    return Math.min(LONGEST_TIMER_MS, Math.max(0, next - timers.now()));
  }

  async #rootsThatAreBack(roots: readonly AwaitedRoot[]): Promise<number[]> {
    const media = await this.#options.media();
    const looks = roots.map(async ({ rootId, ...root }) => {
      const isBack = await media
        .call('isRootBack', root, { timeoutMs: LOOK_TIMEOUT_MS })
        // It hangs, or the media process is gone: the next look tells more.
        .catch(() => false);
      return isBack ? rootId : null;
    });
    return (await Promise.all(looks)).filter((rootId) => rootId !== null);
  }

  #tell(jobIds: string[]): void {
    if (jobIds.length > 0) this.#options.onReleased(jobIds);
  }
}
