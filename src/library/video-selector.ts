import type { LibraryApi } from '../shared/library-protocol';
import {
  FACETS,
  type Facet,
  type FacetCount,
  type FacetValue,
  type VideoQuery,
  type VideoScope,
} from '../shared/video-query';
import type { Connection } from './connection';
import type { ColumnView } from './query/column-views';
import { type Condition, conjunctsOf } from './query/condition';
import { ConditionMasks, cheapestFirst, idsOf } from './query/condition-masks';
import type { VideoColumns } from './video-columns';
import { RECENT_MS } from './video-filter';

/** The videos that a query lets through. */
export interface Selection {
  /** 1 at the ID of each. */
  mask: Uint8Array;
  count: number;
}

type Facets = LibraryApi['procedures']['facetVideos'];

/** Selects and counts videos by their columns, a few passes over arrays each. */
export class VideoSelector {
  readonly #columns: VideoColumns;
  readonly #masks: ConditionMasks;
  readonly #now: () => number;

  constructor(database: Connection, columns: VideoColumns, now: () => number) {
    this.#columns = columns;
    this.#masks = new ConditionMasks(database, columns);
    this.#now = now;
  }

  select(query: VideoQuery): Selection {
    const mask = this.#maskOf(query.scope);
    const conditions = conjunctsOf(query, this.#now()).map(({ condition }) => condition);
    for (const condition of cheapestFirst(conditions)) this.#masks.keep(mask, condition);
    let count = 0;
    for (let id = 0; id < mask.length; id += 1) count += mask[id] ?? 0;
    return { mask, count };
  }

  count({ query, facets = FACETS }: Facets['request']): Omit<Facets['response'], 'errors'> {
    const mask = this.#maskOf(query.scope);
    const ofFacets = new Map<Facet, Condition[]>();
    const others: Condition[] = [];
    for (const { condition, facet } of conjunctsOf(query, this.#now())) {
      if (facet) ofFacets.set(facet, [...(ofFacets.get(facet) ?? []), condition]);
      else others.push(condition);
    }
    for (const condition of cheapestFirst(others)) this.#masks.keep(mask, condition);
    const leftOut = this.#leftOutBy(mask, [...ofFacets.values()]);
    const selected = idsOf(leftOut, 0);
    const filtered = [...ofFacets.keys()];
    const counts = facets.map((facet) => {
      const bit = filtered.includes(facet) ? 1 << filtered.indexOf(facet) : 0;
      const ids = bit === 0 ? [selected] : [selected, idsOf(leftOut, bit)];
      return [facet, this.#countValues(facet, ids)] as const;
    });
    return { total: selected.length, facets: Object.fromEntries(counts) };
  }

  /** The counts of folders that were added, by their paths instead of their IDs. */
  withPaths(counts: readonly FacetCount[]): FacetCount[] {
    const paths = new Map(this.#masks.views.roots().map(({ id, path }) => [id, path]));
    return counts.map(({ value, count }) => ({ value: paths.get(Number(value)) ?? null, count }));
  }

  /** For each video a bit for each group of conditions that leaves it out, or another one if it is not in the mask. */
  #leftOutBy(mask: Uint8Array, groups: readonly Condition[][]): Uint32Array {
    const isOut = 1 << groups.length;
    const leftOut = new Uint32Array(mask.length);
    for (let id = 0; id < mask.length; id += 1) leftOut[id] = mask[id] === 1 ? 0 : isOut;
    for (const [index, conditions] of groups.entries()) {
      const kept = mask.slice();
      for (const condition of conditions) this.#masks.keep(kept, condition);
      const bit = 1 << index;
      for (let id = 0; id < mask.length; id += 1) {
        if (mask[id] !== kept[id]) leftOut[id] = (leftOut[id] ?? 0) | bit;
      }
    }
    return leftOut;
  }

  #countValues(facet: Facet, ids: readonly Uint32Array[]): FacetCount[] {
    const view = this.#masks.view(facet);
    return view ? countValues(view, ids) : [];
  }

  #maskOf(scope: VideoScope): Uint8Array {
    const { facts } = this.#columns;
    const mask = new Uint8Array(facts.folders.length);
    const removed = new Set(
      this.#masks.views.roots().flatMap(({ id, removed }) => (removed === 1 ? [id] : [])),
    );
    const root = facts.coded('root');
    const ofRoot = root.passing(
      (id) => !removed.has(Number(id)) && (scope.type !== 'root' || scope.rootId === id),
    );
    for (let id = 0; id < mask.length; id += 1) mask[id] = ofRoot[root.codes[id] ?? 0] ?? 0;
    const condition = scopeCondition(scope, this.#now());
    if (condition) this.#masks.keep(mask, condition);
    return mask;
  }
}

/** What a scope asks for beside the folders that it is about. */
function scopeCondition({ type }: VideoScope, now: number): Condition | null {
  switch (type) {
    case 'all':
    case 'root':
      return null;
    case 'recent': {
      const test = { type: 'range', from: now - RECENT_MS, to: Number.MAX_VALUE } as const;
      return { type: 'column', column: 'addedAt', test };
    }
    case 'problems':
      return { type: 'column', column: 'problem', test: { type: 'present' } };
    case 'missing':
      return { type: 'column', column: 'state', test: { type: 'oneOf', values: ['missing'] } };
  }
}

/** The most frequent first. */
function countValues({ codes, values }: ColumnView, ids: readonly Uint32Array[]): FacetCount[] {
  const ofCodes = new Uint32Array(values.length);
  for (const some of ids) {
    for (let index = 0; index < some.length; index += 1) {
      const code = codes[some[index] ?? 0] ?? 0;
      ofCodes[code] = (ofCodes[code] ?? 0) + 1;
    }
  }
  const counts = new Map<FacetValue, number>();
  for (const [code, ofCode] of values.entries()) {
    const count = ofCodes[code] ?? 0;
    if (count === 0) continue;
    for (const value of ofCode) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .toSorted((left, right) => right.count - left.count);
}
