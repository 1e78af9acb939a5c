import type { ProbeTask } from '../../shared/library-protocol';
import { Change } from './change';

/**
 * Hands out the files to probe one by one. It asks the library for more before the last is gone, so that no child
 * waits for an answer, and holds only a few, so that files that a person looks at can overtake.
 */
export class TaskSource {
  readonly #take: (limit: number) => Promise<ProbeTask[]>;
  readonly #batchSize: number;
  readonly #signal: AbortSignal;
  readonly #ready: ProbeTask[] = [];
  #refill: Promise<void> | null = null;
  #failure: { thrown: unknown } | null = null;
  /** Counts the times that the library may have got new tasks. */
  #revision = 0;
  /** The revision for which it said that there are none. */
  #emptyAt = -1;
  #complete = false;
  readonly #change = new Change();

  constructor(
    take: (limit: number) => Promise<ProbeTask[]>,
    concurrency: number,
    signal: AbortSignal,
  ) {
    this.#take = take;
    this.#batchSize = concurrency * 4;
    this.#signal = signal;
  }

  /** The library may have new tasks; `complete`: for the last time. */
  announce({ complete }: { complete: boolean }): void {
    this.#revision++;
    this.#complete = complete;
    this.#change.happened();
  }

  /** The next file; null once there will be no more. Waits while the listing may still bring some. */
  async next(): Promise<ProbeTask | null> {
    for (;;) {
      if (this.#failure) throw this.#failure.thrown;
      if (this.#ready.length < this.#batchSize / 2 && this.#mayHaveMore()) this.#startRefill();
      const task = this.#ready.shift();
      if (task) return task;
      if (this.#refill) await this.#refill;
      else if (this.#complete) return null;
      else await this.#change.next(this.#signal);
    }
  }

  #mayHaveMore(): boolean {
    return this.#emptyAt !== this.#revision;
  }

  #startRefill(): void {
    this.#refill ??= this.#fill(this.#revision).finally(() => {
      this.#refill = null;
    });
  }

  async #fill(revision: number): Promise<void> {
    try {
      const tasks = await this.#take(this.#batchSize);
      if (tasks.length === 0) this.#emptyAt = revision;
      this.#ready.push(...tasks);
    } catch (thrown) {
      // Nobody may be waiting for this refill: whoever asks next gets the failure.
      this.#failure = { thrown };
    }
  }
}
