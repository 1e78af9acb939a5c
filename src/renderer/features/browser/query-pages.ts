import { type ErrorShape, toErrorShape } from '../../../shared/errors';
import type { VideoSummary } from '../../../shared/media';
import type { QueryError } from '../../../shared/query/query-node';
import type { VideoQuery } from '../../../shared/video-query';

/** Rows that are asked for at once. */
export const PAGE_SIZE = 200;
/** Pages that are kept; the ones farthest from what is on screen go first. */
const KEPT_PAGES = 50;
/** Requests at a time, so that a dragged scroll thumb does not queue up pages nobody looks at any more. */
const REQUESTS_AT_ONCE = 2;

export interface VideoPage {
  videos: VideoSummary[];
  total: number;
  /** What of the search is not understood. */
  errors: QueryError[];
}

export type FetchPage = (query: VideoQuery, index: number, limit: number) => Promise<VideoPage>;

interface LoadedPage {
  videos: readonly VideoSummary[];
  version: number;
}

/**
 * The rows of one query, loaded page by page around what is wanted. When the library changes, old rows stay until
 * their newer ones arrive, and rows that did not change keep their identity so that their tiles do not render again.
 */
export class QueryPages {
  readonly query: VideoQuery;
  readonly #fetch: FetchPage;
  readonly #onChange: () => void;
  readonly #pages = new Map<number, LoadedPage>();
  readonly #inFlight = new Set<number>();
  /** Pages whose request failed, by the version that failed: not asked for again until something changes. */
  readonly #failed = new Map<number, number>();
  #version = 0;
  #wanted = { first: 0, last: 0 };
  #total: number | null = null;
  #error: ErrorShape | null = null;
  #queryErrors: readonly QueryError[] = [];
  #disposed = false;

  constructor(query: VideoQuery, fetch: FetchPage, onChange: () => void) {
    this.query = query;
    this.#fetch = fetch;
    this.#onChange = onChange;
  }

  /** Number of rows; null until the first answer. */
  get total(): number | null {
    return this.#total;
  }

  /** Why the last request failed; null once one succeeds again. */
  get error(): ErrorShape | null {
    return this.#error;
  }

  /** What of the search is not understood, and left out. */
  get queryErrors(): readonly QueryError[] {
    return this.#queryErrors;
  }

  row(index: number): VideoSummary | undefined {
    return this.#pages.get(Math.floor(index / PAGE_SIZE))?.videos[index % PAGE_SIZE];
  }

  /** Where a video stands, if its page is loaded. */
  indexOf(id: number): number | null {
    for (const [number, page] of this.#pages) {
      const offset = page.videos.findIndex((video) => video.id === id);
      if (offset >= 0) return number * PAGE_SIZE + offset;
    }
    return null;
  }

  /** Says which rows are on screen, both ends included; their pages are loaded, later ones before earlier wishes. */
  want(first: number, last: number): void {
    this.#wanted = { first, last };
    this.#request();
  }

  /** Rows may have changed: what is on screen is asked for again, the rest when it is wanted. */
  invalidate(): void {
    this.#version += 1;
    this.#request();
  }

  /** Answers that are still under way are dropped. */
  dispose(): void {
    this.#disposed = true;
  }

  #request(): void {
    if (this.#disposed) return;
    for (const number of this.#wantedPages()) {
      if (this.#inFlight.size >= REQUESTS_AT_ONCE) return;
      const isFresh = this.#pages.get(number)?.version === this.#version;
      const hasFailed = this.#failed.get(number) === this.#version;
      if (!isFresh && !hasFailed && !this.#inFlight.has(number)) void this.#load(number);
    }
  }

  #wantedPages(): number[] {
    const end = this.#total === null ? 0 : Math.max(0, this.#total - 1);
    const first = Math.floor(Math.min(this.#wanted.first, end) / PAGE_SIZE);
    const last = Math.floor(Math.min(this.#wanted.last, end) / PAGE_SIZE);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  }

  async #load(number: number): Promise<void> {
    const version = this.#version;
    this.#inFlight.add(number);
    try {
      const page = await this.#fetch(this.query, number * PAGE_SIZE, PAGE_SIZE);
      if (this.#disposed) return;
      this.#accept(number, version, page);
    } catch (thrown) {
      if (this.#disposed) return;
      this.#failed.set(number, version);
      this.#error = toErrorShape(thrown);
    } finally {
      this.#inFlight.delete(number);
    }
    this.#onChange();
    this.#request();
  }

  #accept(number: number, version: number, { videos, total, errors }: VideoPage): void {
    const known = this.#pages.get(number)?.videos ?? [];
    this.#pages.set(number, { videos: keepUnchanged(known, videos), version });
    this.#total = total;
    this.#error = null;
    this.#queryErrors = errors;
    for (const other of [...this.#pages.keys()]) {
      if (other > 0 && other * PAGE_SIZE >= total) this.#pages.delete(other);
    }
    this.#evict();
  }

  #evict(): void {
    const middle = (this.#wanted.first + this.#wanted.last) / 2 / PAGE_SIZE;
    const nearestFirst = [...this.#pages.keys()].sort(
      (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
    );
    for (const number of nearestFirst.slice(KEPT_PAGES)) this.#pages.delete(number);
  }
}

/** The newer rows, with the older object wherever nothing in it changed. */
function keepUnchanged(
  known: readonly VideoSummary[],
  newer: readonly VideoSummary[],
): readonly VideoSummary[] {
  const byId = new Map(known.map((video) => [video.id, video]));
  return newer.map((video) => {
    const older = byId.get(video.id);
    return older && isSame(older, video) ? older : video;
  });
}

function isSame(a: VideoSummary, b: VideoSummary): boolean {
  const keys = Object.keys(b) as (keyof VideoSummary)[];
  return keys.every((key) => isSameValue(a[key], b[key]));
}

/** Answers are copies: what is an object in them (problem, preview) is never the same one. */
function isSameValue(a: VideoSummary[keyof VideoSummary], b: typeof a): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [one, other]: Readonly<Record<string, unknown>>[] = [{ ...a }, { ...b }];
  return Object.keys({ ...one, ...other }).every((key) => one?.[key] === other?.[key]);
}
