import type { LibraryApi } from '../shared/library-protocol';
import type { SortKey, VideoQuery } from '../shared/video-query';
import type { Connection } from './connection';
import { IdSet } from './id-set';
import { LruMap } from './lru-map';
import { filterOf, searchWords } from './video-filter';
import { orderSql } from './video-order';
import { SUMMARY_COLUMNS, SUMMARY_JOINS, type SummaryRow, summaryOf } from './video-row';

const KEPT_LISTS = 8;
const KEPT_ORDERS = 3;

type Page = LibraryApi['procedures']['pageVideos'];

/** All IDs in ascending order; rows without a value come last in both directions. */
interface Order {
  known: Uint32Array;
  unknown: Uint32Array;
}

/** Every video of every folder that was not removed. */
const IN_LIBRARY = 'v.root_id IN (SELECT id FROM roots WHERE removed_at IS NULL)';

/**
 * Random access into ordered, filtered lists for a page that scrolls freely. A list is the query's IDs in
 * order, four bytes a video, made by one pass over an index; a page is a slice of it, read by primary key.
 * Lists live until the library's revision changes.
 */
export class VideoLists {
  readonly #database: Connection;
  readonly #now: () => number;
  readonly #lists = new LruMap<string, Uint32Array>(KEPT_LISTS);
  readonly #orders = new LruMap<SortKey, Order>(KEPT_ORDERS);
  readonly #rowsById;
  readonly #removedRoot;
  #revision = '';

  constructor(database: Connection, now: () => number) {
    this.#database = database;
    this.#now = now;
    this.#rowsById = database.prepare<[string], SummaryRow>(`
      SELECT ${SUMMARY_COLUMNS} FROM json_each(?) wanted
      CROSS JOIN videos v ON v.id = wanted.value CROSS JOIN folders f ON f.id = v.folder_id
      ${SUMMARY_JOINS}`);
    this.#removedRoot = database.prepare<[], { found: number }>(
      'SELECT 1 AS found FROM roots WHERE removed_at IS NOT NULL LIMIT 1',
    );
  }

  /** @param revision of the library as the asker knows it; null lets the file itself decide */
  page({ query, index, limit }: Page['request'], revision: number | null): Page['response'] {
    return this.#database.transaction(() => {
      this.#dropStale(revision);
      const list = this.#list(query);
      const ids = list.subarray(index, index + limit);
      const rows = this.#rowsById.all(JSON.stringify([...ids]));
      return { videos: rows.map(summaryOf), total: list.length };
    })();
  }

  #dropStale(revision: number | null): void {
    const current =
      revision === null
        ? `file ${this.#database.pragma('data_version', { simple: true })}`
        : `asker ${revision}`;
    if (current === this.#revision) return;
    this.#revision = current;
    this.#lists.clear();
    this.#orders.clear();
  }

  #list(query: VideoQuery): Uint32Array {
    const { scope, search, sort, descending } = query;
    const key = JSON.stringify([scope, searchWords(search), sort, descending]);
    return this.#lists.getOrMake(key, () => {
      const { known, unknown } = this.#orders.getOrMake(sort, () => this.#readOrder(sort));
      const ordered = descending
        ? concat(known.toReversed(), unknown.toReversed())
        : concat(known, unknown);
      const members = this.#members(query);
      return members ? ordered.filter((id) => members.has(id)) : ordered;
    });
  }

  #readOrder(sort: SortKey): Order {
    const { known, unknown } = orderSql(sort);
    return {
      known: this.#ids(known, []),
      unknown: unknown === null ? new Uint32Array() : this.#ids(unknown, []),
    };
  }

  /** The IDs that the query lets through; null when it is all of them. */
  #members(query: VideoQuery): IdSet | null {
    const { where, parameters } = filterOf(query, this.#now());
    if (where.length === 0 && !this.#removedRoot.get()) return null;
    const members = new IdSet();
    const sql = `SELECT v.id FROM videos v WHERE ${[IN_LIBRARY, ...where].join(' AND ')}`;
    for (const id of this.#ids(sql, parameters)) members.add(id);
    return members;
  }

  /** Gathered into one text by SQLite: a call into JavaScript for every row costs several times more. */
  #ids(sql: string, parameters: (string | number)[]): Uint32Array {
    const gathered = this.#database
      .prepare<unknown[], string>(`SELECT json_group_array(id) FROM (${sql})`)
      .pluck()
      .get(...parameters);
    return Uint32Array.from(JSON.parse(gathered ?? '[]') as number[]);
  }
}

function concat(first: Uint32Array, second: Uint32Array): Uint32Array {
  if (second.length === 0) return first;
  const both = new Uint32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
