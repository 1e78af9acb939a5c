/** By then a start has its first page and whatever else it needs of the machine. */
const DELAY_MS = 500;

/** Work that nobody waits for, a step at a time, with everything that is asked for meanwhile between the steps. */
export class IdleWork {
  /** Answers whether there is more to do. */
  readonly #step: () => boolean;
  #delayMs = DELAY_MS;
  #isScheduled = false;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(step: () => boolean) {
    this.#step = step;
  }

  /** There may be something to do. */
  start(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#timer = setTimeout(() => this.#work(), this.#delayMs);
    this.#delayMs = 0;
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #work(): void {
    if (this.#isStopped) return;
    if (this.#step()) setImmediate(() => this.#work());
    else this.#isScheduled = false;
  }
}
