import type { VideoOrderReader } from './video-order-reader';

/**
 * Random access into an order: it remembers every so manieth video, four bytes each, so that any place is close behind
 * one that is known. Right as long as the library does not change.
 */
export class OrderMarks {
  readonly #reader: VideoOrderReader;
  /** Videos from one mark to the next. */
  readonly #distance: number;
  readonly #marks: number[] = [];
  #isComplete = false;

  constructor(reader: VideoOrderReader, distance: number) {
    this.#reader = reader;
    this.#distance = distance;
  }

  /** The IDs from `index` on, up to `limit`. */
  slice(index: number, limit: number): Uint32Array {
    const wanted = Math.floor(index / this.#distance);
    while (this.#marks.length < wanted && this.extend());
    const number = Math.min(wanted, this.#marks.length);
    return this.#reader.read(
      this.#marks[number - 1] ?? null,
      index - number * this.#distance,
      limit,
    );
  }

  /** Sets the next mark. Answers whether there was a place for one. */
  extend(): boolean {
    if (this.#isComplete) return false;
    const [id] = this.#reader.read(this.#marks.at(-1) ?? null, this.#distance - 1, 1);
    if (id === undefined) this.#isComplete = true;
    else this.#marks.push(id);
    return id !== undefined;
  }
}
