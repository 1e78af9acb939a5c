import type { FacetValue } from '../../shared/video-query';
import type { Connection } from '../connection';
import { dataVersion } from '../order-walk';
import type { Column } from './condition';
import { predicateOf, type ValueTest } from './value-test';
import { isCoded, isSet, type SetName, type VideoFacts } from './video-facts';

/** A column of few different values: a code for each video, and what the codes stand for. */
export interface ColumnView {
  /** By ID. */
  codes: Uint8Array | Uint32Array;
  /** By code: one value, or several; never none, but null for nothing. */
  values: readonly (readonly FacetValue[])[];
}

interface RootRow {
  id: number;
  path: string;
  online: number;
  removed: number;
  volume: string | null;
}

/** By code: 1 where one of the values passes. */
export function passingCodes({ values }: ColumnView, test: ValueTest): Uint8Array {
  const passes = predicateOf(test);
  return Uint8Array.from(values, (ofCode) => (ofCode.some(passes) ? 1 : 0));
}

/** The columns as they are asked about: with names instead of IDs, and with what follows from several tables. */
export class ColumnViews {
  readonly #database: Connection;
  readonly #statements: ReturnType<typeof prepareStatements>;
  #copies: { version: unknown; groups: readonly (readonly number[])[] } | null = null;

  constructor(database: Connection) {
    this.#database = database;
    this.#statements = prepareStatements(database);
  }

  roots(): RootRow[] {
    return this.#statements.roots.all();
  }

  /** Null for columns that are not of this kind. */
  view(facts: VideoFacts, column: Column): ColumnView | null {
    if (column === 'state') return this.#stateView(facts);
    if (isCoded(column)) {
      const { codes, values } = facts.coded(column);
      return { codes, values: [NOTHING, ...values.map((value) => [value])] };
    }
    if (isSet(column)) return this.#setView(facts, column);
    if (column === 'volume') return this.#rootView(facts, ({ volume }) => volume);
    if (column === 'rootPath') return this.#rootView(facts, ({ path }) => path);
    if (column === 'duplicate') return this.#duplicateView(facts);
    return null;
  }

  #setView(facts: VideoFacts, column: SetName): ColumnView {
    const { codes, members } = facts.sets(column);
    const names = column === 'tag' || column === 'collection' ? this.#namesOf(column) : null;
    const values = members.map((ofSet) => {
      const named = names ? ofSet.flatMap((id) => names.get(Number(id)) ?? []) : ofSet;
      return named.length === 0 ? NOTHING : [...new Set(named)];
    });
    return { codes, values };
  }

  #namesOf(column: 'tag' | 'collection'): ReadonlyMap<number, string> {
    return new Map(this.#statements[column].all());
  }

  #rootView(facts: VideoFacts, tell: (root: RootRow) => FacetValue): ColumnView {
    const roots = new Map(this.roots().map((root) => [root.id, root]));
    const { codes, values } = facts.coded('root');
    const ofRoot = (id: FacetValue) => {
      const root = roots.get(Number(id));
      return root ? tell(root) : null;
    };
    return { codes, values: [NOTHING, ...values.map((id) => [ofRoot(id)])] };
  }

  /** A missing file is missing wherever its drive is; of others on an absent drive nothing is known. */
  #stateView(facts: VideoFacts): ColumnView {
    const state = facts.coded('state');
    const stored: ColumnView = {
      codes: state.codes,
      values: [NOTHING, ...state.values.map((one) => [one])],
    };
    const offline = new Set(this.roots().flatMap(({ id, online }) => (online === 0 ? [id] : [])));
    if (offline.size === 0) return stored;
    const root = facts.coded('root');
    const isOffline = root.passing((id) => offline.has(Number(id)));
    const offlineCode = stored.values.length;
    const whenOffline = Uint8Array.from(stored.values, ([value = null], code) =>
      value === 'missing' || value === null ? code : offlineCode,
    );
    const codes = Uint8Array.from(state.codes);
    for (let id = 0; id < codes.length; id += 1) {
      if (isOffline[root.codes[id] ?? 0] === 1) codes[id] = whenOffline[codes[id] ?? 0] ?? 0;
    }
    return { codes, values: [...stored.values, ['offline']] };
  }

  /** One of several with the same content, of which another one is there. */
  #duplicateView(facts: VideoFacts): ColumnView {
    const codes = new Uint8Array(facts.folders.length);
    const removed = new Set(this.roots().flatMap(({ id, removed }) => (removed ? [id] : [])));
    const [state, root] = [facts.coded('state'), facts.coded('root')];
    const isThere = state.passing((value) => value !== 'missing');
    const isKept = root.passing((id) => !removed.has(Number(id)));
    for (const group of this.#groupsOfCopies()) {
      const there = group.filter(
        (id) => isThere[state.codes[id] ?? 0] === 1 && isKept[root.codes[id] ?? 0] === 1,
      );
      const [only] = there;
      for (const id of group)
        codes[id] = there.length > 1 || (there.length === 1 && id !== only) ? 1 : 0;
    }
    return { codes, values: [[0], [1]] };
  }

  #groupsOfCopies(): readonly (readonly number[])[] {
    const version = dataVersion(this.#database);
    const known = this.#copies;
    if (known !== null && known.version === version) return known.groups;
    const groups = new Map<number, number[]>();
    const copies = this.#statements.copies.get();
    const firsts = JSON.parse(copies?.firsts ?? '[]') as number[];
    const ids = JSON.parse(copies?.ids ?? '[]') as number[];
    for (const [index, first] of firsts.entries()) {
      const group = groups.get(first);
      if (group) group.push(ids[index] ?? 0);
      else groups.set(first, [ids[index] ?? 0]);
    }
    const found = [...groups.values()];
    this.#copies = { version, groups: found };
    return found;
  }
}

const NOTHING: readonly FacetValue[] = [null];

function prepareStatements(database: Connection) {
  return {
    roots: database.prepare<[], RootRow>(`
      SELECT roots.id, path, online, removed_at IS NOT NULL AS removed, label AS volume
      FROM roots LEFT JOIN volumes ON volumes.id = volume_id`),
    tag: database.prepare<[], [number, string]>('SELECT id, name FROM tags').raw(),
    collection: database.prepare<[], [number, string]>('SELECT id, name FROM collections').raw(),
    // From the index alone, and gathered by SQLite: a call for each row would cost several times more.
    copies: database.prepare<[], { firsts: string; ids: string }>(`
      SELECT json_group_array(content.first) AS firsts, json_group_array(v.id) AS ids FROM (
        SELECT size_bytes, content_hash, min(id) AS first FROM videos INDEXED BY videos_by_content
        WHERE content_hash IS NOT NULL AND content_hash <> x''
        GROUP BY size_bytes, content_hash HAVING count(*) > 1
      ) content CROSS JOIN videos v INDEXED BY videos_by_content
        ON v.size_bytes = content.size_bytes AND v.content_hash = content.content_hash`),
  };
}
