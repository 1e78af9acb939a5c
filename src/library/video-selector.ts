import type { LibraryApi } from '../shared/library-protocol';
import { FACETS, type Facet, type FacetCount, type VideoQuery } from '../shared/video-query';
import type { CodedColumn } from './coded-column';
import type { Connection } from './connection';
import type { VideoColumns } from './video-columns';
import { foldersWith, RECENT_MS, searchWords } from './video-filter';

/** The videos that a query lets through. */
export interface Selection {
  /** 1 at the ID of each. */
  mask: Uint8Array;
  count: number;
}

/** So many names are looked at one by one sooner than all of them together. */
const FEW_NAMES = 50_000;

/** Beside the bits of the filters that leave a video out: it is not of the scope, or not found. */
const OUT = 1 << FACETS.length;

/** Selects and counts videos by their columns, a few passes over arrays each. */
export class VideoSelector {
  readonly #database: Connection;
  readonly #columns: VideoColumns;
  readonly #now: () => number;
  readonly #removedRoots;

  constructor(database: Connection, columns: VideoColumns, now: () => number) {
    this.#database = database;
    this.#columns = columns;
    this.#now = now;
    this.#removedRoots = database
      .prepare<[], number>('SELECT id FROM roots WHERE removed_at IS NOT NULL')
      .pluck();
  }

  select(query: VideoQuery): Selection {
    const mask = this.#maskOf(query);
    for (const [facet, passes] of this.#filtersOf(query)) {
      keepPassing(mask, this.#columns.facet(facet).codes, passes);
    }
    let count = 0;
    for (let id = 0; id < mask.length; id += 1) count += mask[id] ?? 0;
    return { mask, count };
  }

  count(query: VideoQuery): LibraryApi['procedures']['facetVideos']['response'] {
    const filters = this.#filtersOf(query);
    const filtered = [...filters.keys()];
    const mask = this.#maskOf(query);
    const leftOutBy = new Uint16Array(mask.length);
    addBits(leftOutBy, mask, Uint16Array.of(OUT, 0));
    for (const [facet, passes] of filters) {
      const bit = bitOf(filtered, facet);
      const bits = Uint16Array.from(passes, (isPassing) => (isPassing ? 0 : bit));
      addBits(leftOutBy, this.#columns.facet(facet).codes, bits);
    }
    const selected = idsOf(leftOutBy, 0);
    const counts = FACETS.map((facet) => {
      const own = bitOf(filtered, facet);
      const others = own === 0 ? [] : [idsOf(leftOutBy, own)];
      return [facet, countValues(this.#columns.facet(facet), [selected, ...others])] as const;
    });
    return {
      total: selected.length,
      facets: Object.fromEntries(counts) as Record<Facet, FacetCount[]>,
    };
  }

  /** Scope and search, without filters. */
  #maskOf({ scope, search }: VideoQuery): Uint8Array {
    const columns = this.#columns;
    const mask = new Uint8Array(columns.folders.length);
    const removed = new Set(this.#removedRoots.all());
    const root = columns.facet('root');
    const ofRoot = root.passing(
      (id) => !removed.has(Number(id)) && (scope.type !== 'root' || scope.rootId === id),
    );
    for (let id = 0; id < mask.length; id += 1) mask[id] = ofRoot[root.codes[id] ?? 0] ?? 0;
    if (scope.type === 'missing') {
      const state = columns.facet('state');
      keepPassing(
        mask,
        state.codes,
        state.passing((value) => value === 'missing'),
      );
    } else if (scope.type === 'problems') {
      for (let id = 0; id < mask.length; id += 1) if (!columns.problems.has(id)) mask[id] = 0;
    } else if (scope.type === 'recent') {
      const since = this.#now() - RECENT_MS;
      for (let id = 0; id < mask.length; id += 1) {
        if ((columns.addedAt[id] ?? 0) < since) mask[id] = 0;
      }
    }
    this.#keepFound(mask, searchWords(search));
    return mask;
  }

  /** The longest word first: it leaves the fewest to be looked at for the others. */
  #keepFound(mask: Uint8Array, words: string[]): void {
    for (const [index, word] of words.toSorted((a, b) => b.length - a.length).entries()) {
      const folders = this.#foldersWith(word);
      const candidates = index === 0 ? null : idsOf(mask, 1);
      if (candidates && candidates.length <= FEW_NAMES) {
        for (const id of candidates) {
          const inFolder = folders[this.#columns.folders[id] ?? 0] === 1;
          if (!inFolder && !this.#columns.names.contains(id, word)) mask[id] = 0;
        }
      } else this.#keepMatching(mask, word, folders);
    }
  }

  #keepMatching(mask: Uint8Array, word: string, ofFolder: Uint8Array): void {
    const { folders, names } = this.#columns;
    const found = new Uint8Array(mask.length);
    names.find(word, found);
    for (let id = 0; id < mask.length; id += 1) {
      mask[id] = (mask[id] ?? 0) & ((found[id] ?? 0) | (ofFolder[folders[id] ?? 0] ?? 0));
    }
  }

  /** 1 at the ID of each folder whose path contains the word. */
  #foldersWith(word: string): Uint8Array {
    const { sql, parameter } = foldersWith(word);
    const ids = this.#database
      .prepare<[string], number>(`${sql} ORDER BY rowid`)
      .pluck()
      .all(parameter);
    const found = new Uint8Array((ids.at(-1) ?? 0) + 1);
    for (const id of ids) found[id] = 1;
    return found;
  }

  #filtersOf({ filters = {} }: VideoQuery): Map<Facet, Uint8Array> {
    return new Map(
      FACETS.flatMap((facet) => {
        const values = filters[facet];
        if (!values) return [];
        return [[facet, this.#columns.facet(facet).passing((value) => values.includes(value))]];
      }),
    );
  }
}

function keepPassing(mask: Uint8Array, codes: CodedColumn['codes'], passes: Uint8Array): void {
  for (let id = 0; id < mask.length; id += 1) {
    mask[id] = (mask[id] ?? 0) & (passes[codes[id] ?? 0] ?? 0);
  }
}

/** Zero for a facet that nothing is filtered by. */
function bitOf(filtered: readonly Facet[], facet: Facet): number {
  const index = filtered.indexOf(facet);
  return index < 0 ? 0 : 1 << index;
}

/** Marks every ID with the bits that its code stands for. */
function addBits(bits: Uint16Array, codes: CodedColumn['codes'], bitsOfCode: Uint16Array): void {
  for (let id = 0; id < bits.length; id += 1) {
    bits[id] = (bits[id] ?? 0) | (bitsOfCode[codes[id] ?? 0] ?? 0);
  }
}

/** The IDs, ascending, that are marked so. */
export function idsOf(marks: Uint8Array | Uint16Array, wanted: number): Uint32Array {
  const ids = new Uint32Array(marks.length);
  let length = 0;
  for (let id = 0; id < marks.length; id += 1) {
    ids[length] = id;
    // Without a branch, which could not be foreseen.
    length += marks[id] === wanted ? 1 : 0;
  }
  return ids.subarray(0, length);
}

/** The most frequent first. */
function countValues({ codes, values }: CodedColumn, ids: Uint32Array[]): FacetCount[] {
  const counts = new Uint32Array(values.length + 1);
  for (const some of ids) {
    for (let index = 0; index < some.length; index += 1) {
      const code = codes[some[index] ?? 0] ?? 0;
      counts[code] = (counts[code] ?? 0) + 1;
    }
  }
  return values
    .map((value, index) => ({ value, count: counts[index + 1] ?? 0 }))
    .filter(({ count }) => count > 0)
    .toSorted((left, right) => right.count - left.count);
}
