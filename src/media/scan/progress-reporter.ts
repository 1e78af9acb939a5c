import type { JobPhase, JobProgress } from '../../shared/job';
import type { ScanCounts } from '../../shared/library-protocol';

/** Shortest time between two reports of the same phase, in milliseconds: ten a second. */
const INTERVAL_MS = 100;

/** Tells how far a scan is: at once when the phase changes, otherwise at most ten times a second. */
export class ProgressReporter {
  readonly #emit: (progress: JobProgress) => void;
  readonly #now: () => number;
  #phase: JobPhase = 'listing';
  #counts: ScanCounts = { discovered: 0, done: 0, problems: 0 };
  #currentItem: string | null = null;
  #emittedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  constructor(emit: (progress: JobProgress) => void, now: () => number) {
    this.#emit = emit;
    this.#now = now;
  }

  enter(phase: JobPhase): void {
    this.#phase = phase;
    this.#currentItem = null;
    this.#emitNow();
  }

  update(change: { counts?: ScanCounts; currentItem?: string }): void {
    if (change.counts) this.#counts = change.counts;
    if (change.currentItem !== undefined) this.#currentItem = change.currentItem;
    if (this.#timer) return;
    const wait = this.#emittedAt + INTERVAL_MS - this.#now();
    if (wait <= 0) this.#emitNow();
    else this.#timer = setTimeout(() => this.#emitNow(), Math.min(wait, INTERVAL_MS));
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #emitNow(): void {
    this.dispose();
    this.#emittedAt = this.#now();
    const { discovered, done, problems } = this.#counts;
    this.#emit({
      phase: this.#phase,
      done,
      total: this.#phase === 'listing' ? null : discovered,
      currentItem: this.#currentItem,
      problems,
    });
  }
}
