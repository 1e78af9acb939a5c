import { VitrineError } from '../shared/errors';
import type { Connection } from './connection';

/** Longest time that one transaction of bulk work may keep interactive writes waiting. */
const SLICE_MS = 8;

export interface WriterOptions {
  database: Connection;
  /** Runs first in the first transaction that is committed. */
  onBegin?: () => void;
  /** Called after each transaction with whether it changed anything. */
  onCommit?: (changed: boolean) => void;
  /** Milliseconds, monotonic. */
  clock?: () => number;
  /** Lets everything that waits in the event loop run. */
  nextTurn?: () => Promise<void>;
}

/** Bulk work on its way: one slice at a time. */
interface Bulk {
  /** Answers whether there is more. */
  slice(): boolean;
  fail(thrown: unknown): void;
}

/**
 * The library's only writer. Interactive writes run at once, in a transaction of their own. Bulk work is a
 * generator that yields wherever it may be cut; it runs in slices bounded by time, each a transaction. Before every
 * slice, of whichever bulk work, the event loop turns, so that interactive writes that came meanwhile go first.
 */
export class Writer {
  readonly #transaction;
  readonly #onBegin: () => void;
  readonly #onCommit: (changed: boolean) => void;
  readonly #clock: () => number;
  readonly #nextTurn: () => Promise<void>;
  readonly #bulk: Bulk[] = [];
  #working: Promise<void> | null = null;
  #begun = false;
  /** Why nothing is written any more. */
  #end: VitrineError | null = null;

  constructor({ database, onBegin, onCommit, clock, nextTurn }: WriterOptions) {
    const totalChanges = database.prepare<[], number>('SELECT total_changes()').pluck();
    this.#transaction = database.transaction((work: () => unknown) => {
      if (!this.#begun) this.#onBegin();
      const before = totalChanges.get();
      const value = work();
      return { value, changed: totalChanges.get() !== before };
    });
    this.#onBegin = onBegin ?? (() => undefined);
    this.#onCommit = onCommit ?? (() => undefined);
    this.#clock = clock ?? (() => performance.now());
    this.#nextTurn = nextTurn ?? (() => new Promise((resolve) => setImmediate(resolve)));
  }

  /** One interactive write. */
  transact<T>(work: () => T): T {
    if (this.#end) throw this.#end;
    const { value, changed } = this.#transaction.immediate(work);
    this.#begun = true;
    this.#onCommit(changed);
    return value as T;
  }

  /**
   * Bulk work in slices.
   * @param beforeSlice runs first in every slice's transaction; what it throws ends the work
   */
  runInSlices<T>(steps: Generator<void, T>, beforeSlice: () => void): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#bulk.push({
        slice: () => {
          const step = this.#slice(steps, beforeSlice);
          if (step.done) resolve(step.value);
          return !step.done;
        },
        fail: reject,
      });
      this.#working ??= this.#work();
    });
  }

  /** Whether anything was committed. */
  get begun(): boolean {
    return this.#begun;
  }

  /**
   * Ends bulk work before its next slice, and waits until it has ended.
   * @param reason what bulk work and later writes fail with
   */
  async close(reason = closing()): Promise<void> {
    this.#end = reason;
    await this.#working;
  }

  /** Gives every piece of bulk work a slice in turn until none is left. */
  async #work(): Promise<void> {
    for (;;) {
      await this.#nextTurn();
      const bulk = this.#bulk.shift();
      if (!bulk) break;
      try {
        if (bulk.slice()) this.#bulk.push(bulk);
      } catch (thrown) {
        bulk.fail(thrown);
      }
    }
    this.#working = null;
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
