import type { JobProgress, JobStatus } from '../../shared/job';
import { SmoothedRate } from './smoothed-rate';

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
  | 'quick'
>;

/**
 * Turns a running job's raw counts into progress, rate and remaining time: of its phase, and of a scan's quick level,
 * each from a history of its own.
 */
export class ProgressMeter {
  #latest: JobProgress | null = null;
  #rate: SmoothedRate | null = null;
  #quickRate: SmoothedRate | null = null;

  /** @param now milliseconds of a clock that does not run backwards */
  report(progress: JobProgress, now: number): void {
    if (progress.phase === this.#latest?.phase) this.#rate?.report(progress.done, now);
    else this.#rate = new SmoothedRate(progress.done, now);
    const { quick } = progress;
    if (quick) {
      if (this.#quickRate) this.#quickRate.report(quick.done, now);
      else this.#quickRate = new SmoothedRate(quick.done, now);
    }
    this.#latest = progress;
  }

  /** Null before the first report. */
  fields(): LiveFields | null {
    const latest = this.#latest;
    if (!latest) return null;
    const { done, total, phase, currentItem, problems } = latest;
    const ratePerSecond = this.#rate?.perSecond ?? null;
    const etaSeconds = this.#rate?.secondsUntil(total) ?? null;
    const progress = total === null ? null : total === 0 ? 1 : Math.min(1, done / total);
    const quick = this.#quick(latest);
    return {
      progress,
      phase,
      done,
      total,
      currentItem,
      ratePerSecond,
      etaSeconds,
      problems,
      quick,
    };
  }

  /** While the listing goes on, the number of files is not known, and nothing can be foretold. */
  #quick({ quick, total }: JobProgress): LiveFields['quick'] {
    if (!quick) return null;
    const isReading = quick.done < quick.discovered || total === null;
    return {
      ...quick,
      ratePerSecond: isReading ? (this.#quickRate?.perSecond ?? null) : null,
      etaSeconds: total === null ? null : (this.#quickRate?.secondsUntil(quick.discovered) ?? null),
    };
  }
}
