import { toErrorShape } from '../../shared/errors';
import type { Timers } from '../timers';

const REPORT_INTERVAL_MS = 30_000;
/** A library that does not answer keeps nobody from quitting. */
const QUIT_LIMIT_MS = 1_000;

export interface ServedPreviewsOptions {
  /** Tells the library that these pictures were shown. */
  report(tokens: string[]): Promise<unknown>;
  timers: Timers;
}

/** Remembers which pictures were shown, and tells the library now and then: those go last when the cache is full. */
export class ServedPreviews {
  readonly #options: ServedPreviewsOptions;
  #tokens = new Set<string>();
  #timer: unknown = null;
  #stopped = false;

  constructor(options: ServedPreviewsOptions) {
    this.#options = options;
  }

  note(token: string): void {
    this.#tokens.add(token);
    if (this.#timer !== null || this.#stopped) return;
    this.#timer = this.#options.timers.setTimeout(() => {
      this.#timer = null;
      void this.#report();
    }, REPORT_INTERVAL_MS);
  }

  /** Tells what is not told yet, for the last time, unless that takes too long. */
  async stop(): Promise<void> {
    const { timers } = this.#options;
    this.#stopped = true;
    timers.clearTimeout(this.#timer);
    let limit: unknown;
    const patience = new Promise<void>((resolve) => {
      limit = timers.setTimeout(resolve, QUIT_LIMIT_MS);
    });
    await Promise.race([this.#report(), patience]);
    timers.clearTimeout(limit);
  }

  async #report(): Promise<void> {
    const tokens = [...this.#tokens];
    if (tokens.length === 0) return;
    this.#tokens = new Set();
    try {
      await this.#options.report(tokens);
    } catch (thrown) {
      // At worst one of them goes too early and is made again.
      console.error('Noting shown previews failed:', toErrorShape(thrown).message);
    }
  }
}
