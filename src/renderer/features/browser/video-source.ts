import type { ErrorShape } from '../../../shared/errors';
import type { VideoQuery } from '../../../shared/video-query';
import { type FetchPage, QueryPages } from './query-pages';

/**
 * What grid and table show. A new query replaces the shown one only when its first rows are there, so that typing
 * and switching never flash an empty page; answers to a query that was replaced are dropped.
 */
export class VideoSource {
  readonly #fetch: FetchPage;
  readonly #listeners = new Set<() => void>();
  #shown: QueryPages | null = null;
  #next: QueryPages | null = null;
  #revision = 0;

  constructor(fetch: FetchPage) {
    this.#fetch = fetch;
  }

  /** Changes whenever rows, total or error may have changed. */
  readonly revision = (): number => this.#revision;

  /** For `useSyncExternalStore`. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  /** The rows on screen; null until the first query has answered. */
  get shown(): QueryPages | null {
    return this.#shown;
  }

  /** Why the newest query has no answer. */
  get error(): ErrorShape | null {
    return this.#next?.error ?? this.#shown?.error ?? null;
  }

  /** Changes the query; null (another page is open) keeps the rows for the way back. */
  setQuery(query: VideoQuery | null): void {
    if (query === null || isSameQuery((this.#next ?? this.#shown)?.query, query)) return;
    this.#next?.dispose();
    this.#next = null;
    if (isSameQuery(this.#shown?.query, query)) {
      this.#changed();
      return;
    }
    const pages: QueryPages = new QueryPages(query, this.#fetch, () => this.#pagesChanged(pages));
    this.#next = pages;
    pages.want(0, 0);
  }

  /** Rows of the library may have changed. */
  invalidate(): void {
    this.#shown?.invalidate();
    this.#next?.invalidate();
  }

  #pagesChanged(pages: QueryPages): void {
    if (pages === this.#next && pages.total !== null) {
      this.#shown?.dispose();
      this.#shown = pages;
      this.#next = null;
    }
    this.#changed();
  }

  #changed(): void {
    this.#revision += 1;
    for (const listener of this.#listeners) listener();
  }
}

function isSameQuery(a: VideoQuery | undefined, b: VideoQuery): boolean {
  return a !== undefined && queryKey(a) === queryKey(b);
}

/** Two queries with the same key have the same rows in the same order. */
export function queryKey({ scope, search, filters, sort, descending }: VideoQuery): string {
  return JSON.stringify([
    scope.type,
    scope.type === 'root' ? scope.rootId : 0,
    search,
    filters,
    sort,
    descending,
  ]);
}
