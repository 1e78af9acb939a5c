import { Worker } from 'node:worker_threads';
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
    const { workerPath, databasePath, finish } = this.#options;
    const worker = new Worker(workerPath, { workerData: { databasePath }, name: 'checkpointer' });
    worker.on('message', () => {
      // A failure is the disk's or the library's end: the next write meets it too and tells the person.
      const rest = () => {
        this.#busy = false;
      };
      finish().then(rest, rest);
    });
    worker.on('error', (error) => console.error('The checkpoint thread failed:', error));
    worker.on('exit', () => {
      this.#worker = null;
      this.#busy = false;
    });
    return worker;
  }
}
