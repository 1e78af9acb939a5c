/**
 * Lets at most one value per key through every `intervalMs`, the newest one, and never loses the last.
 * `flush` delivers at once, for a final status.
 */
export class UpdateCoalescer<Key, Value> {
  readonly #intervalMs: number;
  readonly #deliver: (key: Key, value: Value) => void;
  readonly #pending = new Map<Key, Value>();
  readonly #timers = new Map<Key, NodeJS.Timeout>();

  constructor(intervalMs: number, deliver: (key: Key, value: Value) => void) {
    this.#intervalMs = intervalMs;
    this.#deliver = deliver;
  }

  push(key: Key, value: Value): void {
    if (this.#timers.has(key)) {
      this.#pending.set(key, value);
      return;
    }
    this.#deliver(key, value);
    this.#arm(key);
  }

  /** Delivers `value` now, in place of whatever was held back for the key. */
  flush(key: Key, value: Value): void {
    this.#disarm(key);
    this.#deliver(key, value);
  }

  dispose(): void {
    for (const key of [...this.#timers.keys()]) this.#disarm(key);
  }

  #arm(key: Key): void {
    const timer = setTimeout(() => {
      this.#timers.delete(key);
      const value = this.#pending.get(key);
      if (value === undefined) return;
      this.#pending.delete(key);
      this.push(key, value);
    }, this.#intervalMs);
    this.#timers.set(key, timer);
  }

  #disarm(key: Key): void {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#pending.delete(key);
  }
}
