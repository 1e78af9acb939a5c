import type { Connection } from './connection';
import type { ReadingLimits } from './reading-limits';
import { type VideoOrder, VideoOrderReader } from './video-order-reader';

/** The IDs of all videos in an order, four bytes each, read as far as they are wanted. */
export class OrderWalk {
  readonly #database: Connection;
  readonly #reader: VideoOrderReader;
  readonly #steps: ReadingLimits['orderSteps'];
  readonly #dataVersion: unknown;
  readonly #ids: Uint32Array;
  #length = 0;
  #isComplete = false;

  constructor(database: Connection, order: VideoOrder, steps: ReadingLimits['orderSteps']) {
    this.#database = database;
    this.#reader = new VideoOrderReader(database, order);
    this.#steps = steps;
    this.#dataVersion = dataVersion(database);
    this.#ids = new Uint32Array(countVideos(database));
  }

  /** Those that were read so far. */
  get ids(): Uint32Array {
    return this.#ids.subarray(0, this.#length);
  }

  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** Whether it can go on: what was read is still what the library holds. */
  get canExtend(): boolean {
    return this.#dataVersion === dataVersion(this.#database);
  }

  extend(): void {
    const [first, longest] = this.#steps;
    const limit = Math.min(longest, Math.max(first, this.#length));
    const ids = this.#reader.read(this.#ids[this.#length - 1] ?? null, 0, limit);
    this.#ids.set(ids, this.#length);
    this.#length += ids.length;
    this.#isComplete = ids.length < limit;
  }
}

/** Another one after every change that another connection committed. */
export function dataVersion(database: Connection): unknown {
  return database.pragma('data_version', { simple: true });
}

/** Of all roots, removed ones too. SQLite counts an index's pages and not its entries: 0.2 ms for a million. */
export function countVideos(database: Connection): number {
  return database.prepare<[], number>('SELECT count(*) FROM videos').pluck().get() ?? 0;
}
