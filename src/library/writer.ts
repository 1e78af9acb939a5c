import { VitrineError } from '../shared/errors';
import type { Connection } from './connection';

/** Longest time that one transaction of bulk work may keep interactive writes waiting. */
const SLICE_MS = 8;

export interface WriterOptions {
  database: Connection;
  /** Milliseconds, monotonic. */
  clock?: () => number;
  /** Lets everything that waits in the event loop run. */
  nextTurn?: () => Promise<void>;
}

/**
 * The library's only writer. Interactive writes run at once, in a transaction of their own. Bulk work is a
 * generator that yields wherever it may be cut; it runs in slices bounded by time, each a transaction, and
 * between two slices the event loop turns, so that interactive writes that came meanwhile go first.
 */
export class Writer {
  readonly #transaction;
  readonly #clock: () => number;
  readonly #nextTurn: () => Promise<void>;
  readonly #running = new Set<Promise<unknown>>();
  #closed = false;

  constructor({ database, clock, nextTurn }: WriterOptions) {
    this.#transaction = database.transaction((work: () => unknown) => work());
    this.#clock = clock ?? (() => performance.now());
    this.#nextTurn = nextTurn ?? (() => new Promise((resolve) => setImmediate(resolve)));
  }

  /** One interactive write. */
  transact<T>(work: () => T): T {
    if (this.#closed) throw closing();
    return this.#transaction.immediate(work) as T;
  }

  /**
   * Bulk work in slices.
   * @param beforeSlice runs first in every slice's transaction; what it throws ends the work
   */
  runInSlices<T>(steps: Generator<void, T>, beforeSlice: () => void): Promise<T> {
    const run = this.#runInSlices(steps, beforeSlice);
    this.#running.add(run);
    // The caller handles the rejection; here only the end matters.
    const forget = () => void this.#running.delete(run);
    run.then(forget, forget);
    return run;
  }

  /** Ends bulk work before its next slice, and waits until it has ended. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.allSettled([...this.#running]);
  }

  async #runInSlices<T>(steps: Generator<void, T>, beforeSlice: () => void): Promise<T> {
    for (;;) {
      if (this.#closed) throw closing();
      const step = this.#slice(steps, beforeSlice);
      if (step.done) return step.value;
      await this.#nextTurn();
    }
  }

  #slice<T>(steps: Generator<void, T>, beforeSlice: () => void): IteratorResult<void, T> {
    return this.transact(() => {
      const end = this.#clock() + SLICE_MS;
      beforeSlice();
      let step = steps.next();
      while (!step.done && this.#clock() < end) step = steps.next();
      return step;
    });
  }
}

function closing(): VitrineError {
  return new VitrineError('CANCELLED', 'The library is being closed.');
}
