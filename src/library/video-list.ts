import { VitrineError } from '../shared/errors';
import type { LibraryApi } from '../shared/library-protocol';
import { parseQuery } from '../shared/query/parse';
import { printQuery } from '../shared/query/print';
import type { QueryError } from '../shared/query/query-node';
import type { VideoQuery } from '../shared/video-query';
import type { Connection } from './connection';
import { FilteredList } from './filtered-list';
import { LruMap } from './lru-map';
import { OrderMarks } from './order-marks';
import { countVideos, dataVersion, OrderWalk } from './order-walk';
import { completeQuery } from './query/completion';
import { idsOf } from './query/condition-masks';
import { prepareIds } from './read-ids';
import type { LibraryChange } from './reader-api';
import { READING_LIMITS, type ReadingLimits } from './reading-limits';
import { VideoColumns } from './video-columns';
import { sortSql } from './video-order';
import { VideoOrderReader } from './video-order-reader';
import { SUMMARY_COLUMNS, SUMMARY_JOINS, type SummaryRow, summaryOf } from './video-row';
import { type Selection, VideoSelector } from './video-selector';

const KEPT_LISTS = 8;
const KEPT_WALKS = 3;
/** Every order in both directions: marks take little. */
const KEPT_MARKS = 20;

const OF_REMOVED_ROOTS = 'v.root_id IN (SELECT id FROM roots WHERE removed_at IS NOT NULL)';

type Page = LibraryApi['procedures']['pageVideos'];
type Facets = LibraryApi['procedures']['facetVideos'];
type Completion = LibraryApi['procedures']['completeQuery'];

interface VideoList {
  readonly total: number;
  reaches(end: number): boolean;
  slice(start: number, end: number): Uint32Array;
}

interface VideoListsOptions {
  database: Connection;
  now: () => number;
  /** See `ReaderWorkerData`. */
  isTold: boolean;
  limits?: ReadingLimits;
}

/**
 * Random access into ordered, filtered lists for a page that scrolls freely. A page of everything comes from an index
 * alone; others need columns and orders in memory, which are made when they are first asked for, or ahead. Lists live
 * until the library's revision changes, columns follow it.
 */
export class VideoLists {
  readonly #database: Connection;
  readonly #isTold: boolean;
  readonly #limits: ReadingLimits;
  readonly #columns: VideoColumns;
  readonly #selector: VideoSelector;
  readonly #lists = new LruMap<string, VideoList>(KEPT_LISTS);
  readonly #walks = new LruMap<string, OrderWalk>(KEPT_WALKS);
  readonly #marks = new LruMap<string, OrderMarks>(KEPT_MARKS);
  readonly #statements: ReturnType<typeof prepareStatements>;
  #revision = -1;
  #dataVersion: unknown;
  /** What was read on in last. */
  #lastMarks: OrderMarks | null = null;
  #lastWalk: OrderWalk | null = null;

  constructor({ database, now, isTold, limits = READING_LIMITS }: VideoListsOptions) {
    this.#database = database;
    this.#isTold = isTold;
    this.#limits = limits;
    this.#columns = new VideoColumns(database, limits);
    this.#selector = new VideoSelector(database, this.#columns, now);
    this.#statements = prepareStatements(database);
  }

  /** To be told before the next page, where changes are told at all. */
  noteChange({ revision, videoIds }: LibraryChange): void {
    this.#columns.noteChanged(videoIds);
    if (revision !== this.#revision) this.#forgetLists();
    this.#revision = revision;
  }

  /**
   * Where columns have to be read first, other pages are answered meanwhile.
   * @throws CANCELLED
   */
  async page(request: Page['request'], signal: AbortSignal): Promise<Page['response']> {
    await this.#readAhead(() => this.#needsColumns(request), signal);
    return this.#read(() => {
      const { ids, total } = this.#idsOf(request);
      const rows = this.#statements.rowsById.all(JSON.stringify([...ids]));
      return { videos: rows.map(summaryOf), total, errors: errorsOf(request.query) };
    });
  }

  /** IDs of all videos of a query, in its order. @throws CANCELLED */
  async select(query: VideoQuery, signal: AbortSignal): Promise<Uint32Array> {
    await this.#readAhead(() => !isEverything(query) || this.#hasRemovedRoots(), signal);
    return this.#read(() => {
      const limit = countVideos(this.#database);
      return this.#idsOf({ query, index: 0, limit }).ids;
    });
  }

  /** @throws CANCELLED */
  async facets(request: Facets['request'], signal: AbortSignal): Promise<Facets['response']> {
    await this.#readAhead(() => true, signal);
    return this.#read(() => {
      this.#finishColumns();
      return { ...this.#selector.count(request), errors: errorsOf(request.query) };
    });
  }

  /** @throws CANCELLED */
  async complete(
    request: Completion['request'],
    signal: AbortSignal,
  ): Promise<Completion['response']> {
    await this.#readAhead(() => true, signal);
    return this.#read(() => {
      this.#finishColumns();
      return { suggestions: completeQuery(this.#selector, request) };
    });
  }

  /** Makes some of what the next pages may need. Answers whether there is more. */
  prepare(): boolean {
    return this.#read(() => {
      if (this.#lastMarks?.extend()) return true;
      if (this.#lastWalk && !this.#lastWalk.isComplete && this.#lastWalk.canExtend) {
        this.#lastWalk.extend();
        return true;
      }
      return this.#columns.step();
    });
  }

  /** Every statement sees the same state of the library. */
  #read<T>(work: () => T): T {
    return this.#database.transaction(() => {
      this.#followFile();
      return work();
    })();
  }

  #followFile(): void {
    const current = dataVersion(this.#database);
    if (current === this.#dataVersion) return;
    this.#dataVersion = current;
    this.#marks.clear();
    this.#lastMarks = null;
    if (this.#isTold) return;
    this.#columns.reset();
    this.#forgetLists();
  }

  #forgetLists(): void {
    this.#lists.clear();
    this.#walks.clear();
    this.#lastWalk = null;
  }

  async #readAhead(isNeeded: () => boolean, signal: AbortSignal): Promise<void> {
    // Where nothing is told, what is read in several steps may not fit together.
    while (this.#isTold && isNeeded() && this.#columns.step()) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) throw new VitrineError('CANCELLED', 'Nobody waits for the videos.');
    }
  }

  #finishColumns(): void {
    while (this.#columns.step());
  }

  #needsColumns({ query, index, limit }: Page['request']): boolean {
    return !isEverything(query) || (this.#hasRemovedRoots() && !this.#isNear(index + limit));
  }

  #hasRemovedRoots(): boolean {
    return this.#statements.removedRoot.get() !== undefined;
  }

  #isNear(end: number): boolean {
    return !this.#columns.isBuilt && end <= this.#limits.near;
  }

  #idsOf({ query, index, limit }: Page['request']): { ids: Uint32Array; total: number } {
    const end = index + limit;
    if (isEverything(query)) {
      if (!this.#hasRemovedRoots()) {
        const total = countVideos(this.#database);
        return { ids: this.#marksOf(query).slice(index, limit), total };
      }
      if (this.#isNear(end)) {
        const reader = new VideoOrderReader(this.#database, query, `NOT ${OF_REMOVED_ROOTS}`);
        const total = countVideos(this.#database) - (this.#statements.countRemoved.get() ?? 0);
        return { ids: reader.read(null, index, limit), total };
      }
    }
    const list = this.#listOf(query, end);
    return { ids: list.slice(index, end), total: list.total };
  }

  #listOf(query: VideoQuery, end: number): VideoList {
    const { scope, search, filters, sort, descending } = query;
    const text = printQuery(parseQuery(search).node);
    const key = JSON.stringify([scope, text, filters, sort, descending]);
    if (this.#lists.get(key)?.reaches(end) === false) this.#lists.delete(key);
    return this.#lists.getOrMake(key, () => {
      this.#finishColumns();
      const selection = this.#selector.select(query);
      if (selection.count <= this.#limits.few) return this.#sorted(query, selection);
      return new FilteredList(this.#walkOf(query), selection);
    });
  }

  #sorted({ sort, descending }: VideoQuery, { mask }: Selection): VideoList {
    const read = prepareIds(
      this.#database,
      `SELECT v.id FROM json_each(?) selected CROSS JOIN videos v ON v.id = selected.value
        CROSS JOIN folders f ON f.id = v.folder_id ORDER BY ${sortSql(sort, descending)}`,
    );
    const ids = read(JSON.stringify([...idsOf(mask, 1)]));
    return { total: ids.length, reaches: () => true, slice: (start, end) => ids.slice(start, end) };
  }

  #walkOf({ sort, descending }: VideoQuery): OrderWalk {
    const key = `${sort} ${descending}`;
    const known = this.#walks.get(key);
    if (known && !known.isComplete && !known.canExtend) this.#walks.delete(key);
    const { orderSteps } = this.#limits;
    this.#lastWalk = this.#walks.getOrMake(
      key,
      () => new OrderWalk(this.#database, { sort, descending }, orderSteps),
    );
    return this.#lastWalk;
  }

  #marksOf({ sort, descending }: VideoQuery): OrderMarks {
    this.#lastMarks = this.#marks.getOrMake(`${sort} ${descending}`, () => {
      const reader = new VideoOrderReader(this.#database, { sort, descending });
      return new OrderMarks(reader, this.#limits.markDistance);
    });
    return this.#lastMarks;
  }
}

/** Whether a query leaves nothing out, so that its pages need nothing in memory. */
export function isEverything({ scope, search, filters }: VideoQuery): boolean {
  return scope.type === 'all' && filters === undefined && parseQuery(search).node === null;
}

function errorsOf({ search }: VideoQuery): QueryError[] {
  return [...parseQuery(search).errors];
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
