import { Worker } from 'node:worker_threads';
import { VitrineError } from '../shared/errors';
import type { CheckpointOutcome } from './checkpoint-worker';
import { isCheckpointDue } from './wal';

/** Shortest time between two looks at the size of the WAL, in milliseconds. */
const LOOK_INTERVAL_MS = 250;

export interface CheckpointerOptions {
  /** The built entry `checkpoint-worker`. */
  workerPath: string | URL;
  databasePath: string;
  /**
   * Copies what came since the thread began: little, but only the writer can catch up with itself, and only a WAL
   * that is copied to its end is begun anew instead of growing.
   */
  finish(): Promise<void>;
  /** A checkpoint failed: nothing is lost, but the WAL grows, and it may be the disk's or the library's end. */
  onFailure(thrown: unknown): void;
}

/**
 * Keeps the WAL bounded without stalling the writer: a checkpoint within a commit takes 100 ms and more on a slow
 * disk, and every interactive write behind it waits.
 */
export class Checkpointer {
  readonly #options: CheckpointerOptions;
  #worker: Worker | null = null;
  #busy = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(options: CheckpointerOptions) {
    this.#options = options;
  }

  /** To be called after each commit. */
  noteCommit(): void {
    const now = performance.now();
    if (this.#busy || this.#closed || now < this.#lookedAt + LOOK_INTERVAL_MS) return;
    this.#lookedAt = now;
    if (!isCheckpointDue(this.#options.databasePath)) return;
    this.#busy = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage(null);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const { workerPath, databasePath } = this.#options;
    const worker = new Worker(workerPath, { workerData: { databasePath }, name: 'checkpointer' });
    worker.on('message', (outcome: CheckpointOutcome) => void this.#finish(outcome));
    worker.on('error', (error) => this.#options.onFailure(error));
    worker.on('exit', () => {
      this.#worker = null;
      this.#busy = false;
    });
    return worker;
  }

  async #finish(outcome: CheckpointOutcome): Promise<void> {
    try {
      if (outcome) throw VitrineError.fromShape(outcome);
      if (!this.#closed) await this.#options.finish();
    } catch (thrown) {
      this.#options.onFailure(thrown);
    } finally {
      this.#busy = false;
    }
  }
}
