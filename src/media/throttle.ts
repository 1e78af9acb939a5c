/** Shortest time between two calls, in milliseconds: ten a second. */
const INTERVAL_MS = 100;

/** Tells news at most ten times a second, the last ones always. */
export class Throttle {
  readonly #emit: () => void;
  readonly #now: () => number;
  #emittedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | null = null;

  constructor(emit: () => void, now: () => number) {
    this.#emit = emit;
    this.#now = now;
  }

  /** There is news. */
  note(): void {
    if (this.#timer) return;
    const wait = this.#emittedAt + INTERVAL_MS - this.#now();
    if (wait <= 0) this.emit();
    else this.#timer = setTimeout(() => this.emit(), Math.min(wait, INTERVAL_MS));
  }

  /** Tells it now. */
  emit(): void {
    this.dispose();
    this.#emittedAt = this.#now();
    this.#emit();
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
