import { Worker } from 'node:worker_threads';

/** What such threads leave behind is of no use a moment later: more room would only stay taken. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

/**
 * Threads of one kind that each serve one asker at a time. One that is done waits for the next: a start takes 40 to
 * 60 ms.
 */
export class SpareThread {
  readonly #entry: string | URL;
  readonly #name: string;
  #spare: Worker | null = null;

  /** @param entry the built entry of the thread */
  constructor(entry: string | URL, name: string) {
    this.#entry = entry;
    this.#name = name;
  }

  take(): Worker {
    const worker = this.#spare ?? this.#start();
    this.#spare = null;
    worker.ref();
    return worker;
  }

  /** The thread did all that it was asked for. */
  giveBack(worker: Worker): void {
    if (this.#spare) {
      endThread(worker);
    } else {
      worker.unref();
      this.#spare = worker;
    }
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, { name: this.#name, resourceLimits: LIMITS });
    // Whoever waits for the thread gets it too; this is for the log.
    worker.on('error', (error) => console.error(`A thread crashed (${this.#name}):`, error));
    worker.on('exit', () => {
      if (this.#spare === worker) this.#spare = null;
    });
    return worker;
  }
}

/** Not awaited: a thread that hangs in a call to a drive ends when the drive answers. */
export function endThread(worker: Worker): void {
  void worker.terminate();
}
