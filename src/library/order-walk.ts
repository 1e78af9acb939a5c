import type { SortKey } from '../shared/video-query';
import type { Connection } from './connection';
import { readIds } from './read-ids';
import type { ReadingLimits } from './reading-limits';
import { orderSql } from './video-order';

interface Options {
  sort: SortKey;
  descending: boolean;
  steps: ReadingLimits['orderSteps'];
}

/** The IDs of all videos in an order, four bytes each, read by its index as far as they are wanted. */
export class OrderWalk {
  readonly #database: Connection;
  readonly #steps: Options['steps'];
  /** What is still to be read. */
  readonly #stretches: string[];
  readonly #dataVersion: unknown;
  readonly #ids: Uint32Array;
  #length = 0;
  /** In the first of them. */
  #offset = 0;

  constructor(database: Connection, { sort, descending, steps }: Options) {
    this.#database = database;
    this.#steps = steps;
    this.#stretches = orderSql(sort, descending);
    this.#dataVersion = this.#currentDataVersion();
    this.#ids = new Uint32Array(countVideos(database));
  }

  /** Those that were read so far. */
  get ids(): Uint32Array {
    return this.#ids.subarray(0, this.#length);
  }

  get isComplete(): boolean {
    return this.#stretches.length === 0;
  }

  /** Whether it can go on: what was read is still what the library holds. */
  get canExtend(): boolean {
    return this.#dataVersion === this.#currentDataVersion();
  }

  extend(): void {
    const [stretch] = this.#stretches;
    if (stretch === undefined) return;
    const [first, longest] = this.#steps;
    const limit = Math.min(longest, Math.max(first, this.#length));
    const ids = readIds(this.#database, `${stretch} LIMIT ? OFFSET ?`, [limit, this.#offset]);
    this.#ids.set(ids, this.#length);
    this.#length += ids.length;
    this.#offset += ids.length;
    if (ids.length === limit) return;
    this.#stretches.shift();
    this.#offset = 0;
  }

  /** Another one after every change that another connection committed. */
  #currentDataVersion(): unknown {
    return this.#database.pragma('data_version', { simple: true });
  }
}

/** Of all roots, removed ones too. SQLite counts an index's pages and not its entries: 0.2 ms for a million. */
export function countVideos(database: Connection): number {
  return database.prepare<[], number>('SELECT count(*) FROM videos').pluck().get() ?? 0;
}
