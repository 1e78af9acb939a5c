import type { JobProgress } from '../../shared/job';
import type { VerifyCounts, VerifyTask } from '../../shared/verify-protocol';
import { Throttle } from '../throttle';

/** Tells how far a verification is, in whole seconds of media time, at most ten times a second. */
export class VerifyProgress {
  readonly #emit: (progress: JobProgress) => void;
  readonly #throttle: Throttle;
  #totalSeconds = 0;
  #counts: VerifyCounts = { doneSeconds: 0, problems: 0 };
  #task: VerifyTask | null = null;
  #secondsOfTask = 0;

  constructor(emit: (progress: JobProgress) => void, now: () => number) {
    this.#emit = emit;
    this.#throttle = new Throttle(() => this.#tell(), now);
  }

  begin(counts: VerifyCounts, totalSeconds: number): void {
    this.#totalSeconds = totalSeconds;
    this.#counts = counts;
    this.#throttle.emit();
  }

  start(task: VerifyTask): void {
    this.#task = task;
    this.#secondsOfTask = 0;
    this.#throttle.note();
  }

  decoded(seconds: number): void {
    this.#secondsOfTask = seconds;
    this.#throttle.note();
  }

  finish(counts: VerifyCounts): void {
    this.#counts = counts;
    this.#task = null;
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
    const total = Math.ceil(this.#totalSeconds);
    // A file counts for as long as the library knows it to be, whatever its packets say.
    const ofTask = Math.min(this.#secondsOfTask, this.#task?.durationSeconds ?? 0);
    this.#emit({
      phase: 'decoding',
      done: Math.min(total, Math.floor(this.#counts.doneSeconds + ofTask)),
      // Of files without a known length nothing can be foretold.
      total: total === 0 ? null : total,
      currentItem: this.#task?.path ?? null,
      problems: this.#counts.problems,
      quick: null,
    });
  }
}
