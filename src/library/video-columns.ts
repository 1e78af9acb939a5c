import type { Connection } from './connection';
import { SideFactsReader } from './query/side-facts';
import { FACT_COLUMNS, type FactRow, VideoFacts } from './query/video-facts';
import type { ReadingLimits } from './reading-limits';
import { withDamageErrors } from './sqlite-errors';

/** By how much arrays grow when they have to. */
const GROWTH = 1.1;

/**
 * Keeps {@link VideoFacts}: they are read once, step by step, and then follow what is new and what they are told was
 * changed.
 */
export class VideoColumns {
  readonly #database: Connection;
  readonly #limits: ReadingLimits;
  #readers: ReturnType<typeof prepareReaders> | null = null;
  #facts = new VideoFacts();
  /** Every ID up to this one was read. */
  #readTo = 0;
  #isBuilt = false;
  /** To be read again, and how many of the first were. */
  #changed: Uint32Array[] = [];
  #readAgain = 0;

  constructor(database: Connection, limits: ReadingLimits) {
    this.#database = database;
    this.#limits = limits;
  }

  get facts(): VideoFacts {
    return this.#facts;
  }

  /** Whether every video was there at some time, so that only what is new is left to be read. */
  get isBuilt(): boolean {
    return this.#isBuilt;
  }

  /** Learns that videos were changed or deleted. */
  noteChanged(ids: Uint32Array): void {
    if (ids.length > 0 && this.#readTo > 0) this.#changed.push(ids);
  }

  /** Anything may have changed. */
  reset(): void {
    this.#facts = new VideoFacts();
    this.#readTo = 0;
    this.#isBuilt = false;
    this.#changed = [];
    this.#readAgain = 0;
  }

  /** Reads some of what is missing. Answers whether anything was. */
  step(): boolean {
    // A first page is answered without them.
    this.#readers ??= withDamageErrors(() => prepareReaders(this.#database));
    const newest = this.#readers.newest.get() ?? 0;
    if (this.#readTo < newest) this.#readOn(this.#readers, newest);
    else {
      this.#isBuilt = true;
      const [ids] = this.#changed;
      if (!ids) return false;
      this.#readChanged(this.#readers, ids);
    }
    return true;
  }

  #readOn({ range, side }: Readers, newest: number): void {
    if (this.#facts.folders.length <= newest) {
      this.#facts.grow(Math.ceil(newest * GROWTH) + this.#limits.spare);
    }
    const after = this.#readTo;
    const to = Math.min(newest, after + this.#limits.rowStep);
    this.#facts.put(range.all(after, to), side.read({ after, to }));
    this.#readTo = to;
  }

  #readChanged({ some, side }: Readers, all: Uint32Array): void {
    const ids = [...all.subarray(this.#readAgain, this.#readAgain + this.#limits.rowStep)];
    for (const id of ids) this.#facts.forget(id);
    this.#facts.put(some.all(JSON.stringify(ids)), side.read({ ids }));
    this.#readAgain += ids.length;
    if (this.#readAgain < all.length) return;
    this.#changed.shift();
    this.#readAgain = 0;
  }
}

type Readers = ReturnType<typeof prepareReaders>;

function prepareReaders(database: Connection) {
  return {
    newest: database.prepare<[], number>('SELECT max(id) FROM videos').pluck(),
    range: database
      .prepare<[number, number], FactRow>(
        `SELECT ${FACT_COLUMNS} FROM videos v WHERE v.id > ? AND v.id <= ?`,
      )
      .raw(),
    some: database
      .prepare<[string], FactRow>(
        `SELECT ${FACT_COLUMNS} FROM json_each(?) wanted CROSS JOIN videos v ON v.id = wanted.value`,
      )
      .raw(),
    side: new SideFactsReader(database),
  };
}
