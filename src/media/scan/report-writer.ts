import type { ProbeReport } from '../../shared/library-protocol';

/** Reports in one write at most. */
const MAX_REPORTS = 32;
/** A report waits no longer than this for others, in milliseconds. */
const MAX_WAIT_MS = 250;
/** Reports that may wait for the library; beyond it probing pauses, so that memory stays bounded. */
const MAX_WAITING = 4 * MAX_REPORTS;

/** Writes reports in batches, one batch at a time, while probing goes on. */
export class ReportWriter {
  readonly #write: (reports: ProbeReport[]) => Promise<void>;
  readonly #onFailure: (thrown: unknown) => void;
  readonly #waiting: ProbeReport[] = [];
  #writing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;

  /** @param onFailure called with what a write threw; nothing is written after that */
  constructor(
    write: (reports: ProbeReport[]) => Promise<void>,
    onFailure: (thrown: unknown) => void,
  ) {
    this.#write = write;
    this.#onFailure = onFailure;
  }

  /** Takes a report; resolves at once unless too many wait already. */
  async add(report: ProbeReport): Promise<void> {
    this.#waiting.push(report);
    if (this.#waiting.length >= MAX_REPORTS) this.#start();
    else this.#timer ??= setTimeout(() => this.#start(), MAX_WAIT_MS);
    while (this.#waiting.length >= MAX_WAITING && this.#writing) await this.#writing;
  }

  /** Writes everything that was added. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#writing) {
      this.#start();
      await this.#writing;
    }
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting.length = 0;
  }

  #start(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting.length > 0) this.#writing ??= this.#drain();
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) await this.#write(this.#waiting.splice(0, MAX_REPORTS));
    } catch (thrown) {
      this.dispose();
      this.#onFailure(thrown);
    } finally {
      this.#writing = null;
    }
  }
}
