import type { JobPhase, JobProgress } from '../../shared/job';
import type { ScanCounts } from '../../shared/library-protocol';
import { Throttle } from '../throttle';

/** Tells how far a scan is: at once when the phase changes, otherwise at most ten times a second. */
export class ProgressReporter {
  readonly #emit: (progress: JobProgress) => void;
  readonly #throttle: Throttle;
  #phase: JobPhase = 'listing';
  #counts: ScanCounts = { discovered: 0, quickDone: 0, done: 0, problems: 0 };
  #currentItem: string | null = null;

  constructor(emit: (progress: JobProgress) => void, now: () => number) {
    this.#emit = emit;
    this.#throttle = new Throttle(() => this.#tell(), now);
  }

  enter(phase: JobPhase): void {
    this.#phase = phase;
    this.#currentItem = null;
    this.#throttle.emit();
  }

  update(change: { counts?: ScanCounts; currentItem?: string }): void {
    if (change.counts) this.#counts = change.counts;
    if (change.currentItem !== undefined) this.#currentItem = change.currentItem;
    this.#throttle.note();
  }

  dispose(): void {
    this.#throttle.dispose();
  }

  #tell(): void {
    const { discovered, quickDone, done, problems } = this.#counts;
    this.#emit({
      phase: this.#phase,
      done,
      total: this.#phase === 'listing' ? null : discovered,
      currentItem: this.#currentItem,
      problems,
      quick: { discovered, done: quickDone },
    });
  }
}
