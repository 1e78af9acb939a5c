import { FACETS, type Facet, type FacetValue } from '../shared/video-query';
import { CodedColumn } from './coded-column';
import type { Connection } from './connection';
import { FACET_SQL } from './facets';
import { fold } from './fold';
import { IdSet } from './id-set';
import { NameText } from './name-text';
import type { ReadingLimits } from './reading-limits';
import { NOT_DISMISSED } from './video-filter';

/** By how much arrays grow when they have to. */
const GROWTH = 1.1;

const COLUMNS = `v.id, v.folder_id, v.added_at, v.name, v.state = 'unreadable' AND ${NOT_DISMISSED},
  ${FACETS.map((facet) => FACET_SQL[facet]).join(', ')}`;

type Row = [
  id: number,
  folder: number,
  addedAt: number,
  name: string,
  isProblem: number,
  ...FacetValue[],
];
const FIRST_FACET = 5;

/**
 * What videos are filtered, searched and counted by, in memory: some 60 bytes a video, 60 MB for a million. It is
 * read once, step by step (a second for a million), and then follows what is new and what it is told was changed.
 */
export class VideoColumns {
  readonly #limits: ReadingLimits;
  readonly #statements: ReturnType<typeof prepareStatements>;
  #folders = new Uint32Array();
  #addedAt = new Float64Array();
  #problems = new IdSet();
  #facets = noFacets();
  readonly #names = new NameText();
  /** Every ID up to this one was read. */
  #readTo = 0;
  #isBuilt = false;
  /** To be read again, and how many of the first were. */
  #changed: Uint32Array[] = [];
  #readAgain = 0;

  constructor(database: Connection, limits: ReadingLimits) {
    this.#limits = limits;
    this.#statements = prepareStatements(database);
  }

  /** By ID; 0 where there is no video. */
  get folders(): Uint32Array {
    return this.#folders;
  }

  /** By ID, milliseconds since epoch. */
  get addedAt(): Float64Array {
    return this.#addedAt;
  }

  /** Videos that cannot be read and were not dismissed. */
  get problems(): IdSet {
    return this.#problems;
  }

  get names(): NameText {
    return this.#names;
  }

  facet(facet: Facet): CodedColumn {
    return this.#facets[facet];
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
    this.#folders = new Uint32Array();
    this.#addedAt = new Float64Array();
    this.#problems = new IdSet();
    this.#facets = noFacets();
    this.#names.clear();
    this.#readTo = 0;
    this.#isBuilt = false;
    this.#changed = [];
    this.#readAgain = 0;
  }

  /** Reads some of what is missing. Answers whether anything was. */
  step(): boolean {
    const newest = this.#statements.newest.get() ?? 0;
    if (this.#readTo < newest) this.#readOn(newest);
    else {
      this.#isBuilt = true;
      const [ids] = this.#changed;
      if (!ids) return false;
      this.#readChanged(ids);
    }
    return true;
  }

  #readOn(newest: number): void {
    if (this.#folders.length <= newest) {
      this.#grow(Math.ceil(newest * GROWTH) + this.#limits.spare);
    }
    const end = Math.min(newest, this.#readTo + this.#limits.rowStep);
    this.#put(this.#statements.range.all(this.#readTo, end));
    this.#readTo = end;
  }

  #readChanged(all: Uint32Array): void {
    const ids = all.subarray(this.#readAgain, this.#readAgain + this.#limits.rowStep);
    for (const id of ids) this.#forget(id);
    this.#put(this.#statements.some.all(JSON.stringify([...ids])));
    this.#readAgain += ids.length;
    if (this.#readAgain < all.length) return;
    this.#changed.shift();
    this.#readAgain = 0;
  }

  #forget(id: number): void {
    this.#folders[id] = 0;
    this.#problems.delete(id);
    for (const facet of FACETS) this.#facets[facet].clear(id);
  }

  #put(rows: Row[]): void {
    const names = new Map<number, string>();
    for (const row of rows) {
      const [id, folder, addedAt, name, isProblem] = row;
      this.#folders[id] = folder;
      this.#addedAt[id] = addedAt;
      if (isProblem === 1) this.#problems.add(id);
      for (const [index, facet] of FACETS.entries()) {
        this.#facets[facet].set(id, row[FIRST_FACET + index] ?? null);
      }
      names.set(id, fold(name));
    }
    this.#names.set(names);
  }

  #grow(length: number): void {
    const folders = new Uint32Array(length);
    folders.set(this.#folders);
    this.#folders = folders;
    const addedAt = new Float64Array(length);
    addedAt.set(this.#addedAt);
    this.#addedAt = addedAt;
    for (const facet of FACETS) this.#facets[facet].grow(length);
  }
}

function noFacets(): Record<Facet, CodedColumn> {
  const facets = FACETS.map((facet) => [facet, new CodedColumn()] as const);
  return Object.fromEntries(facets) as Record<Facet, CodedColumn>;
}

function prepareStatements(database: Connection) {
  return {
    newest: database.prepare<[], number>('SELECT max(id) FROM videos').pluck(),
    range: database
      .prepare<[number, number], Row>(
        `SELECT ${COLUMNS} FROM videos v WHERE v.id > ? AND v.id <= ?`,
      )
      .raw(),
    some: database
      .prepare<[string], Row>(
        `SELECT ${COLUMNS} FROM json_each(?) wanted CROSS JOIN videos v ON v.id = wanted.value`,
      )
      .raw(),
  };
}
