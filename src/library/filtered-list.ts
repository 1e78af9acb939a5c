import type { OrderWalk } from './order-walk';
import type { Selection } from './video-selector';

/** Some of the videos of an order: what the order has is looked through as far as it was asked for. */
export class FilteredList {
  readonly #walk: OrderWalk;
  readonly #mask: Uint8Array;
  readonly #found: Uint32Array;
  #foundCount = 0;
  #walked = 0;

  constructor(walk: OrderWalk, { mask, count }: Selection) {
    this.#walk = walk;
    this.#mask = mask;
    this.#found = new Uint32Array(count);
  }

  get total(): number {
    return this.#found.length;
  }

  /** Whether its first IDs, so many of them, can still be told. */
  reaches(end: number): boolean {
    return Math.min(end, this.total) <= this.#foundCount || this.#walk.canExtend;
  }

  slice(start: number, end: number): Uint32Array {
    const wanted = Math.min(end, this.total);
    while (this.#foundCount < wanted) {
      if (this.#walked === this.#walk.ids.length) {
        if (this.#walk.isComplete) break;
        this.#walk.extend();
      }
      this.#search(wanted);
    }
    return this.#found.subarray(start, Math.min(end, this.#foundCount));
  }

  #search(wanted: number): void {
    const { ids } = this.#walk;
    while (this.#walked < ids.length && this.#foundCount < wanted) {
      const id = ids[this.#walked++] ?? 0;
      if (this.#mask[id] === 1) this.#found[this.#foundCount++] = id;
    }
  }
}
