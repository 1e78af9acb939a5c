import type { VideoSummary } from '../../../shared/media';
import type { VideoQuery } from '../../../shared/video-query';
import type { FetchPage } from '../browser/query-pages';

/** Rows around the expected one that a video is looked for in when rows came in or went above it. */
const SEARCHED_ROWS = 100;

interface PlaylistEntry {
  video: VideoSummary;
  /** Its row in the list's order. */
  index: number;
}

export interface Neighbours {
  previous: PlaylistEntry | null;
  next: PlaylistEntry | null;
}

export const NO_NEIGHBOURS: Neighbours = { previous: null, next: null };

/** The order that a video was opened in. Only the rows beside the played one are asked for. */
export class Playlist {
  readonly #query: VideoQuery;
  readonly #fetch: FetchPage;

  constructor(query: VideoQuery, fetch: FetchPage) {
    this.#query = query;
    this.#fetch = fetch;
  }

  /**
   * What stands beside a video. The list may have changed since its index was known: the video is looked for nearby,
   * and where it is gone what took its place comes next.
   */
  async neighbours(id: number, index: number): Promise<Neighbours> {
    const near = await this.#rows(index - 1, index + 1);
    if (near.get(index)?.id === id) return beside(near, index);
    const rows = await this.#rows(index - SEARCHED_ROWS, index + SEARCHED_ROWS);
    const found = [...rows].find(([, video]) => video.id === id);
    if (found) return beside(rows, found[0]);
    return { previous: entryAt(rows, index - 1), next: entryAt(rows, index) };
  }

  async #rows(first: number, last: number): Promise<Map<number, VideoSummary>> {
    const start = Math.max(0, first);
    const { videos } = await this.#fetch(this.#query, start, last - start + 1);
    return new Map(videos.map((video, offset) => [start + offset, video]));
  }
}

function beside(rows: ReadonlyMap<number, VideoSummary>, index: number): Neighbours {
  return { previous: entryAt(rows, index - 1), next: entryAt(rows, index + 1) };
}

function entryAt(rows: ReadonlyMap<number, VideoSummary>, index: number): PlaylistEntry | null {
  const video = rows.get(index);
  return video ? { video, index } : null;
}
