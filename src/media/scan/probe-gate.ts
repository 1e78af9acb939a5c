import { Change } from './change';

/**
 * Keeps a file that may kill the process apart from all others, of every running scan: many files are read side by side,
 * or one is read alone. Who wants to be alone goes before those who come later.
 */
export class ProbeGate {
  #reading = 0;
  #waitingToBeAlone = 0;
  #isAlone = false;
  readonly #change = new Change();

  /** Reads beside others. Waiting ends with the signal's reason when it aborts. */
  async beside<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
    while (this.#isAlone || this.#waitingToBeAlone > 0) await this.#change.next(signal);
    this.#reading++;
    try {
      return await read();
    } finally {
      this.#reading--;
      this.#change.happened();
    }
  }

  /** Reads while nothing else is read. Waiting ends with the signal's reason when it aborts. */
  async alone<T>(signal: AbortSignal, read: () => Promise<T>): Promise<T> {
    this.#waitingToBeAlone++;
    try {
      while (this.#isAlone || this.#reading > 0) await this.#change.next(signal);
      this.#isAlone = true;
    } finally {
      this.#waitingToBeAlone--;
      this.#change.happened();
    }
    try {
      return await read();
    } finally {
      this.#isAlone = false;
      this.#change.happened();
    }
  }
}
