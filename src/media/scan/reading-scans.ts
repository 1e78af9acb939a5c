import { orNull } from './abortable';
import { Change } from './change';

/** A scan that was not heard of for so long, in milliseconds, hangs: its drive does not answer. */
const LONGEST_SILENCE_MS = 10_000;

/** One scan, which has something to read at first. */
export interface ReadingScan {
  /** There is something to read again. */
  reads(): void;
  /** It got on. */
  heard(): void;
  /** It has read everything that is there to read. */
  rests(): void;
}

/**
 * Which scans of this process have something to read: other work on files waits for them. A scan that only waits for
 * files to come to rest does not count, nor does one that hangs.
 */
export class ReadingScans {
  readonly #now: () => number;
  readonly #heardAt = new Map<ReadingScan, number>();
  readonly #change = new Change();

  /** @param now milliseconds of a clock that nobody sets */
  constructor(now: () => number) {
    this.#now = now;
  }

  begin(): ReadingScan {
    const scan: ReadingScan = {
      reads: () => void this.#heardAt.set(scan, this.#now()),
      heard: () => {
        if (this.#heardAt.has(scan)) scan.reads();
      },
      rests: () => {
        this.#heardAt.delete(scan);
        this.#change.happened();
      },
    };
    scan.reads();
    return scan;
  }

  /** Whether there is one. */
  get any(): boolean {
    return this.#silentIn() > 0;
  }

  /** Resolves when there is none. @throws the signal's reason as soon as it aborts */
  async none(signal: AbortSignal): Promise<void> {
    for (let wait = this.#silentIn(); wait > 0; wait = this.#silentIn()) {
      await orNull(this.#change.next(signal), wait);
    }
  }

  /** Milliseconds until all scans count as hanging if nothing is heard of them; 0 when none reads. */
  #silentIn(): number {
    const last = Math.max(Number.NEGATIVE_INFINITY, ...this.#heardAt.values());
    return Math.max(0, last + LONGEST_SILENCE_MS - this.#now());
  }
}
