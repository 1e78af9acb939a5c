import type { FileTask, HeaderReport } from '../../shared/library-protocol';
import { Change } from './change';

/** Files in one exchange with the library: few enough to be shown soon, enough to make the exchange cheap. */
const BATCH = 256;

export interface HeaderReadingOptions {
  signal: AbortSignal;
  take(limit: number): Promise<FileTask[]>;
  read(tasks: FileTask[]): Promise<HeaderReport[]>;
  write(reports: HeaderReport[]): Promise<void>;
  /** No header waits any more; `complete`: nor will another one. */
  onIdle(state: { complete: boolean }): void;
}

/**
 * The quick level of a scan: reads the headers of what the listing brings. It goes before all probing, which takes a
 * hundred times as long a file: the whole library can be browsed when only a part of it has been probed.
 */
export class HeaderReading {
  readonly #options: HeaderReadingOptions;
  /** Counts the times that the library may have got new tasks. */
  #revision = 0;
  #complete = false;
  #isIdle = false;
  readonly #change = new Change();

  constructor(options: HeaderReadingOptions) {
    this.#options = options;
  }

  /** The library may have new tasks; `complete`: for the last time. */
  announce({ complete }: { complete: boolean }): void {
    this.#revision++;
    this.#complete = complete;
    this.#isIdle = false;
    this.#change.happened();
  }

  /** Reads until everything that was announced has been read. */
  async run(): Promise<void> {
    const { signal, take, read, write, onIdle } = this.#options;
    let written: Promise<void> = Promise.resolve();
    for (;;) {
      const revision = this.#revision;
      const tasks = await take(BATCH);
      if (tasks.length > 0) {
        const [reports] = await Promise.all([read(tasks), written]);
        // Written while the next ones are read; a failure is noticed there.
        written = write(reports);
        written.catch(() => undefined);
        continue;
      }
      await written;
      if (revision !== this.#revision) continue;
      const complete = this.#complete;
      this.#isIdle = true;
      this.#change.happened();
      onIdle({ complete });
      if (complete) return;
      while (this.#isIdle) await this.#change.next(signal);
    }
  }

  /** Resolves when no header waits to be read. */
  async idle(): Promise<void> {
    while (!this.#isIdle) await this.#change.next(this.#options.signal);
  }
}
