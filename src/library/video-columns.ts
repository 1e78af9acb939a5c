import { FACETS, type Facet, type FacetValue } from '../shared/video-query';
import { CodedColumn } from './coded-column';
import type { Connection } from './connection';
import { FACET_SQL } from './facets';
import { fold } from './fold';
import { IdSet } from './id-set';
import { NameText } from './name-text';
import type { ChangedSince } from './reader-api';
import { NOT_DISMISSED } from './video-filter';

/** Room for new videos, so that not every one of them makes the arrays grow. */
const SPARE = 4096;

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
 * read once, step by step (a second for a million), and then follows what the library says was changed.
 */
export class VideoColumns {
  readonly #rowStep: number;
  readonly #statements: ReturnType<typeof prepareStatements>;
  #folders = new Uint32Array();
  #addedAt = new Float64Array();
  #problems = new IdSet();
  #facets = noFacets();
  readonly #names = new NameText();
  /** Every ID up to this one was read, or all of them. */
  #readTo = 0;
  #changed = new IdSet();
  #mark: number | null = null;

  constructor(database: Connection, rowStep: number) {
    this.#rowStep = rowStep;
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

  /** Whether every video is there, as far as its changes were told. */
  get isCurrent(): boolean {
    return this.#readTo === Number.POSITIVE_INFINITY && this.#changed.size === 0;
  }

  /** Learns what was changed. When it missed something before, everything is read again. */
  note({ since, until, ids }: ChangedSince): void {
    if (this.#mark !== null && (since !== this.#mark || ids === null)) this.reset();
    for (const id of ids ?? []) if (id <= this.#readTo) this.#changed.add(id);
    this.#mark = until;
  }

  /** Anything may have changed. */
  reset(): void {
    this.#folders = new Uint32Array();
    this.#addedAt = new Float64Array();
    this.#problems = new IdSet();
    this.#facets = noFacets();
    this.#names.clear();
    this.#readTo = 0;
    this.#changed = new IdSet();
  }

  /** Reads some of what is missing. */
  step(): void {
    if (this.#readTo < Number.POSITIVE_INFINITY) this.#readOn();
    else this.#readChanged();
  }

  #readOn(): void {
    const newest = this.#statements.newest.get() ?? 0;
    if (this.#folders.length <= newest) this.#grow(newest + SPARE);
    const end = this.#readTo + this.#rowStep;
    this.#put(this.#statements.range.all(this.#readTo, end));
    this.#readTo = end >= newest ? Number.POSITIVE_INFINITY : end;
  }

  #readChanged(): void {
    const ids = this.#changed.ids();
    const last = ids.at(-1) ?? 0;
    if (this.#folders.length <= last) this.#grow(Math.ceil(last * 1.1) + SPARE);
    for (const id of ids) this.#forget(id);
    this.#put(this.#statements.some.all(JSON.stringify([...ids])));
    this.#changed = new IdSet();
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
