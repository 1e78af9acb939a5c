export interface PaceOptions {
  /** Files that are taken one by one before their pace is judged. */
  lot: number;
  /** A drive that takes longer for a file, in milliseconds on average, is asked for several at a time. */
  slowMs: number;
  /** Files that are taken several at a time before one by one is tried again; twice as many after each try. */
  firstDetour: number;
}

/**
 * Decides how many files are taken next, and whether all of them together. One by one is the shortest way to a drive
 * that answers at once; one with a long way of its own, such as a network share or a cold disk, is asked for several.
 */
export class Pace {
  readonly #options: PaceOptions;
  #detourLeft = 0;
  #nextDetour: number;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#nextDetour = options.firstDetour;
  }

  /**
   * @param waiting files
   * @param width files that may be taken together
   */
  next(waiting: number, width = waiting): { count: number; together: boolean } {
    if (this.#detourLeft === 0) {
      return { count: Math.min(waiting, this.#options.lot), together: false };
    }
    const count = Math.min(waiting, width, this.#detourLeft);
    this.#detourLeft -= count;
    return { count, together: true };
  }

  /** So many files were taken one by one in so many milliseconds. */
  note(count: number, milliseconds: number): void {
    const { slowMs, firstDetour } = this.#options;
    if (milliseconds <= count * slowMs) {
      this.#nextDetour = firstDetour;
      return;
    }
    this.#detourLeft = this.#nextDetour;
    this.#nextDetour *= 2;
  }
}
