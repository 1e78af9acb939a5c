import type { LibraryApi } from '../shared/library-protocol';
import type { VideoQuery } from '../shared/video-query';
import type { Connection } from './connection';
import { FilteredList } from './filtered-list';
import { LruMap } from './lru-map';
import { countVideos, OrderWalk } from './order-walk';
import { orderedIds } from './ordered-ids';
import { readIds } from './read-ids';
import type { LibraryVersion } from './reader-api';
import { READING_LIMITS, type ReadingLimits } from './reading-limits';
import { VideoColumns } from './video-columns';
import { searchWords } from './video-filter';
import { sortSql } from './video-order';
import { SUMMARY_COLUMNS, SUMMARY_JOINS, type SummaryRow, summaryOf } from './video-row';
import { idsOf, type Selection, VideoSelector } from './video-selector';

const KEPT_LISTS = 8;
const KEPT_WALKS = 3;

const OF_REMOVED_ROOTS = 'v.root_id IN (SELECT id FROM roots WHERE removed_at IS NOT NULL)';

type Page = LibraryApi['procedures']['pageVideos'];
type Facets = LibraryApi['procedures']['facetVideos'];

interface VideoList {
  readonly total: number;
  reaches(end: number): boolean;
  slice(start: number, end: number): Uint32Array;
}

/**
 * Random access into ordered, filtered lists for a page that scrolls freely. A page of everything comes from an index
 * alone; others need columns and orders in memory, which are made when they are first asked for, or ahead. Lists live
 * until the library's revision changes, columns follow it.
 */
export class VideoLists {
  readonly #database: Connection;
  readonly #limits: ReadingLimits;
  readonly #columns: VideoColumns;
  readonly #selector: VideoSelector;
  readonly #lists = new LruMap<string, VideoList>(KEPT_LISTS);
  readonly #walks = new LruMap<string, OrderWalk>(KEPT_WALKS);
  readonly #statements: ReturnType<typeof prepareStatements>;
  #version = '';
  /** The order that was walked last. */
  #lastWalk: OrderWalk | null = null;

  constructor(database: Connection, now: () => number, limits = READING_LIMITS) {
    this.#database = database;
    this.#limits = limits;
    this.#columns = new VideoColumns(database, limits.rowStep);
    this.#selector = new VideoSelector(database, this.#columns, now);
    this.#statements = prepareStatements(database);
  }

  /** @param version of the library as the asker knows it; null lets the file itself decide */
  page({ query, index, limit }: Page['request'], version: LibraryVersion | null): Page['response'] {
    return this.#database.transaction(() => {
      this.#follow(version);
      const { ids, total } = this.#idsOf(query, index, limit);
      const rows = this.#statements.rowsById.all(JSON.stringify([...ids]));
      return { videos: rows.map(summaryOf), total };
    })();
  }

  facets(query: VideoQuery, version: LibraryVersion | null): Facets['response'] {
    return this.#database.transaction(() => {
      this.#follow(version);
      this.#bringUpToDate();
      return this.#selector.count(query);
    })();
  }

  /** Makes some of what the next pages may need. Answers whether there is more. */
  prepare(): boolean {
    return this.#database.transaction(() => {
      const walk = this.#lastWalk;
      if (walk && !walk.isComplete && walk.canExtend) walk.extend();
      else if (!this.#columns.isCurrent) this.#columns.step();
      else return false;
      return true;
    })();
  }

  #follow(version: LibraryVersion | null): void {
    if (version) this.#columns.note(version.changed);
    const current = version
      ? `revision ${version.revision}`
      : `file ${this.#database.pragma('data_version', { simple: true })}`;
    if (current === this.#version) return;
    this.#version = current;
    if (!version) this.#columns.reset();
    this.#lists.clear();
    this.#walks.clear();
    this.#lastWalk = null;
  }

  #bringUpToDate(): void {
    while (!this.#columns.isCurrent) this.#columns.step();
  }

  #idsOf(query: VideoQuery, index: number, limit: number): { ids: Uint32Array; total: number } {
    if (isEverything(query)) {
      if (!this.#statements.removedRoot.get()) return this.#idsOfAll(query, index, limit);
      if (!this.#columns.isCurrent && index + limit <= this.#limits.near) {
        return this.#idsOfRemaining(query, index, limit);
      }
    }
    const list = this.#listOf(query, index + limit);
    return { ids: list.slice(index, index + limit), total: list.total };
  }

  #idsOfAll(query: VideoQuery, index: number, limit: number) {
    const total = countVideos(this.#database);
    if (Math.min(index, total - index) > this.#limits.far) {
      const { isComplete, ids } = this.#walkOf(query);
      if (isComplete) return { ids: ids.subarray(index, index + limit), total: ids.length };
    }
    return { ids: orderedIds(this.#database, { ...query, index, limit, total }), total };
  }

  /** Without those of removed folders. */
  #idsOfRemaining(query: VideoQuery, index: number, limit: number) {
    const total = countVideos(this.#database) - (this.#statements.countRemoved.get() ?? 0);
    const part = { ...query, index, limit, total };
    return { ids: orderedIds(this.#database, part, `NOT ${OF_REMOVED_ROOTS}`), total };
  }

  #listOf(query: VideoQuery, end: number): VideoList {
    const { scope, search, filters, sort, descending } = query;
    const key = JSON.stringify([scope, searchWords(search), filters, sort, descending]);
    if (this.#lists.get(key)?.reaches(end) === false) this.#lists.delete(key);
    return this.#lists.getOrMake(key, () => {
      this.#bringUpToDate();
      const selection = this.#selector.select(query);
      if (selection.count <= this.#limits.few) return this.#sorted(query, selection);
      return new FilteredList(this.#walkOf(query), selection);
    });
  }

  #sorted({ sort, descending }: VideoQuery, { mask }: Selection): VideoList {
    const ids = readIds(
      this.#database,
      `SELECT v.id FROM json_each(?) selected CROSS JOIN videos v ON v.id = selected.value
        CROSS JOIN folders f ON f.id = v.folder_id ORDER BY ${sortSql(sort, descending)}`,
      [JSON.stringify([...idsOf(mask, 1)])],
    );
    return { total: ids.length, reaches: () => true, slice: (start, end) => ids.slice(start, end) };
  }

  #walkOf({ sort, descending }: VideoQuery): OrderWalk {
    const key = `${sort} ${descending}`;
    const known = this.#walks.get(key);
    if (known && !known.isComplete && !known.canExtend) this.#walks.delete(key);
    this.#lastWalk = this.#walks.getOrMake(
      key,
      () => new OrderWalk(this.#database, { sort, descending, steps: this.#limits.orderSteps }),
    );
    return this.#lastWalk;
  }
}

function isEverything({ scope, search, filters }: VideoQuery): boolean {
  return scope.type === 'all' && searchWords(search).length === 0 && filters === undefined;
}

function prepareStatements(database: Connection) {
  return {
    rowsById: database.prepare<[string], SummaryRow>(`
      SELECT ${SUMMARY_COLUMNS} FROM json_each(?) wanted
      CROSS JOIN videos v ON v.id = wanted.value CROSS JOIN folders f ON f.id = v.folder_id
      ${SUMMARY_JOINS}`),
    removedRoot: database.prepare('SELECT 1 FROM roots WHERE removed_at IS NOT NULL LIMIT 1'),
    countRemoved: database
      .prepare<[], number>(`SELECT count(*) FROM videos v WHERE ${OF_REMOVED_ROOTS}`)
      .pluck(),
  };
}
