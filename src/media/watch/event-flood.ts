import { readFileSync } from 'node:fs';

/** Events that Linux keeps for a reader; those beyond are lost. */
const QUEUE_FILE = '/proc/sys/fs/inotify/max_queued_events';
const USUAL_QUEUE = 16_384;

/**
 * Notices that events may have been lost. Linux says so by an event that Node drops, but the queue must have been full
 * then, and a full queue is read in one go: so many events in one turn of the event loop are taken for a loss.
 */
export class EventFlood {
  readonly #limit: number;
  readonly #onFlood: () => void;
  #inThisTurn = 0;

  /** @param limit events in one turn */
  constructor(onFlood: () => void, limit = queueLength() / 2) {
    this.#limit = limit;
    this.#onFlood = onFlood;
  }

  readonly note = (): void => {
    if (this.#inThisTurn === 0) {
      setImmediate(() => {
        const flooded = this.#inThisTurn >= this.#limit;
        this.#inThisTurn = 0;
        if (flooded) this.#onFlood();
      });
    }
    this.#inThisTurn++;
  };
}

function queueLength(): number {
  try {
    return Number(readFileSync(QUEUE_FILE, 'utf8')) || USUAL_QUEUE;
  } catch {
    return USUAL_QUEUE; // another system, which tells of a loss itself
  }
}
