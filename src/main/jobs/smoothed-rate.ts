/** Time constant of the smoothed rate: about this many milliseconds of history count. */
const SMOOTHING_MS = 4_000;
/** An estimate from less history than this would jump about. */
const MINIMUM_HISTORY_MS = 1_500;

/** How fast a count grows: an exponential moving average. Times are milliseconds of a clock that does not run backwards. */
export class SmoothedRate {
  readonly #startedAt: number;
  #lastAt: number;
  #lastCount: number;
  #rate: number | null = null;

  constructor(count: number, now: number) {
    this.#startedAt = now;
    this.#lastAt = now;
    this.#lastCount = count;
  }

  report(count: number, now: number): void {
    if (now <= this.#lastAt) return;
    const elapsed = now - this.#lastAt;
    const sample = (Math.max(0, count - this.#lastCount) * 1000) / elapsed;
    const weight = 1 - Math.exp(-elapsed / SMOOTHING_MS);
    this.#rate = this.#rate === null ? sample : this.#rate + weight * (sample - this.#rate);
    this.#lastAt = now;
    this.#lastCount = count;
  }

  /** Null before there is enough history. */
  get perSecond(): number | null {
    return this.#lastAt - this.#startedAt >= MINIMUM_HISTORY_MS ? this.#rate : null;
  }

  /** Until `total` is reached at this rate; null where the total or the rate is not known. */
  secondsUntil(total: number | null): number | null {
    const rate = this.perSecond;
    if (total === null || rate === null || rate <= 0) return null;
    return (total - this.#lastCount) / rate;
  }
}
