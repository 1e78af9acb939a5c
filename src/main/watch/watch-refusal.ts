/** So many watches in a row that end so soon are of no use. */
const SHORT_WATCH = { ms: 60_000, limit: 3 };

/** Why the system does not watch a root, until it is to be asked again. Times are milliseconds of the given clock. */
export class WatchRefusal {
  readonly #now: () => number;
  #reason: string | null = null;
  #watchedSince = 0;
  /** Watches in a row that ended soon. */
  #shortWatches = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Null while it may watch. */
  get reason(): string | null {
    return this.#reason;
  }

  refused(reason: string): void {
    this.#reason = reason;
  }

  watchBegan(): void {
    this.#watchedSince = this.#now();
  }

  /** By itself: when that happens soon after its beginning again and again, it counts as a refusal. */
  watchEnded(reason: string): void {
    const wasShort = this.#now() - this.#watchedSince < SHORT_WATCH.ms;
    this.#shortWatches = wasShort ? this.#shortWatches + 1 : 0;
    if (this.#shortWatches >= SHORT_WATCH.limit) this.#reason = reason;
  }

  /** The system is to be asked once more. */
  lift(): void {
    this.#reason = null;
  }

  /** The drive is gone: nothing that was said of it holds for its return. */
  forget(): void {
    this.#reason = null;
    this.#shortWatches = 0;
  }
}
