import type { JobProgress } from '../../shared/job';
import type { PreviewCounts, PreviewTask } from '../../shared/preview-protocol';
import { Throttle } from '../throttle';

/** Tells how far a preview job is, at most ten times a second. Without a current item it waits for a scan. */
export class PreviewProgress {
  readonly #emit: (progress: JobProgress) => void;
  readonly #throttle: Throttle;
  #counts: PreviewCounts = { phase: 'posters', done: 0, total: 0, problems: 0 };
  #currentItem: string | null = null;

  constructor(emit: (progress: JobProgress) => void, now: () => number) {
    this.#emit = emit;
    this.#throttle = new Throttle(() => this.#tell(), now);
  }

  begin(counts: PreviewCounts): void {
    this.#counts = counts;
  }

  /** A scan reads: nothing is begun until it has read everything. */
  waits(): void {
    this.#currentItem = null;
    this.#throttle.note();
  }

  start({ path }: PreviewTask): void {
    this.#currentItem = path;
    this.#throttle.note();
  }

  finish(counts: PreviewCounts): void {
    this.#counts = counts;
    this.#throttle.note();
  }

  /** Nothing more will come. */
  end(): void {
    this.#throttle.emit();
  }

  dispose(): void {
    this.#throttle.dispose();
  }

  #tell(): void {
    this.#emit({ ...this.#counts, currentItem: this.#currentItem, quick: null });
  }
}
