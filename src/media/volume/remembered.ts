/** An answer that may be used again for a while, where asking is dear and being late by that while does no harm. */
export class Remembered<Key, Value> {
  readonly #ttlMs: number;
  readonly #now: () => number;
  readonly #entries = new Map<Key, { value: Promise<Value>; until: number }>();

  constructor(ttlMs: number, now: () => number = () => performance.now()) {
    this.#ttlMs = ttlMs;
    this.#now = now;
  }

  get(key: Key, ask: () => Promise<Value>): Promise<Value> {
    const now = this.#now();
    for (const [known, { until }] of this.#entries) {
      if (until <= now) this.#entries.delete(known);
    }
    const value = this.#entries.get(key)?.value ?? ask();
    if (!this.#entries.has(key)) this.#entries.set(key, { value, until: now + this.#ttlMs });
    return value;
  }
}
