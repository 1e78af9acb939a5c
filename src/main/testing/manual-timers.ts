import type { Timers } from '../timers';

/** A clock that moves only when told. */
export class ManualTimers implements Timers {
  #now = 0;
  #next = 1;
  readonly #due = new Map<number, { at: number; callback: () => void }>();

  now() {
    return this.#now;
  }

  setTimeout(callback: () => void, milliseconds: number) {
    const id = this.#next++;
    this.#due.set(id, { at: this.#now + milliseconds, callback });
    return id;
  }

  clearTimeout(handle: unknown) {
    this.#due.delete(handle as number);
  }

  /** Milliseconds until the timers that are set, soonest first. */
  get delays(): number[] {
    return [...this.#due.values()].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  /** The clock is set to an earlier time; timers that run are not concerned. */
  putBack(milliseconds: number) {
    this.#now -= milliseconds;
    for (const timer of this.#due.values()) timer.at -= milliseconds;
  }

  advance(milliseconds: number) {
    this.#now += milliseconds;
    for (const [id, { at, callback }] of [...this.#due]) {
      if (at <= this.#now && this.#due.delete(id)) callback();
    }
  }
}
