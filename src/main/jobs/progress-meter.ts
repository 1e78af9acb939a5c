import type { JobPhase, JobProgress, JobStatus } from '../../shared/job';

/** Time constant of the smoothed rate: about this many milliseconds of history count. */
const SMOOTHING_MS = 4_000;
/** An estimate from less history than this would jump about. */
const MINIMUM_HISTORY_MS = 1_500;

type LiveFields = Pick<
  JobStatus,
  | 'progress'
  | 'phase'
  | 'done'
  | 'total'
  | 'currentItem'
  | 'ratePerSecond'
  | 'etaSeconds'
  | 'problems'
>;

/**
 * Turns a running job's raw counts into progress, rate and remaining time.
 * The rate is an exponential moving average of files per second within the current phase.
 */
export class ProgressMeter {
  #latest: JobProgress | null = null;
  #phase: JobPhase | null = null;
  #phaseStartedAt = 0;
  #lastAt = 0;
  #lastDone = 0;
  #rate: number | null = null;

  /** @param now milliseconds of a clock that does not run backwards */
  report(progress: JobProgress, now: number): void {
    if (progress.phase !== this.#phase) {
      this.#phase = progress.phase;
      this.#phaseStartedAt = now;
      this.#lastAt = now;
      this.#lastDone = progress.done;
      this.#rate = null;
    } else if (now > this.#lastAt) {
      const elapsed = now - this.#lastAt;
      const sample = (Math.max(0, progress.done - this.#lastDone) * 1000) / elapsed;
      const weight = 1 - Math.exp(-elapsed / SMOOTHING_MS);
      this.#rate = this.#rate === null ? sample : this.#rate + weight * (sample - this.#rate);
      this.#lastAt = now;
      this.#lastDone = progress.done;
    }
    this.#latest = progress;
  }

  /** Null before the first report. */
  fields(): LiveFields | null {
    const latest = this.#latest;
    if (!latest) return null;
    const { done, total, phase, currentItem, problems } = latest;
    const ratePerSecond =
      this.#lastAt - this.#phaseStartedAt >= MINIMUM_HISTORY_MS ? this.#rate : null;
    const etaSeconds =
      total !== null && ratePerSecond !== null && ratePerSecond > 0
        ? (total - done) / ratePerSecond
        : null;
    const progress = total === null ? null : total === 0 ? 1 : Math.min(1, done / total);
    return { progress, phase, done, total, currentItem, ratePerSecond, etaSeconds, problems };
  }
}
