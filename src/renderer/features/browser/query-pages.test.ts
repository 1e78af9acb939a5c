import { describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../../shared/errors';
import type { VideoSummary } from '../../../shared/media';
import { EVERYTHING } from '../../../shared/video-query';
import { fakeVideo } from '../../testing/fake-video';
import { PAGE_SIZE, QueryPages, type VideoPage } from './query-pages';

const ROOT = { rootId: 1, path: '/videos' };

/** A library whose answers are held back until they are let go, as those of another process are. */
class HeldLibrary {
  videos: VideoSummary[];
  readonly asked: number[] = [];
  #held: (() => void)[] = [];

  constructor(count: number) {
    this.videos = Array.from({ length: count }, (_, index) => fakeVideo(index + 1, ROOT));
  }

  readonly fetch = (_query: unknown, index: number, limit: number): Promise<VideoPage> => {
    this.asked.push(index / PAGE_SIZE);
    return new Promise((resolve) => {
      this.#held.push(() =>
        resolve({
          videos: structuredClone(this.videos.slice(index, index + limit)),
          total: this.videos.length,
          errors: [],
        }),
      );
    });
  };

  /** Lets every held answer go, and those that they lead to. */
  async settle(): Promise<void> {
    while (this.#held.length > 0) {
      for (const release of this.#held.splice(0)) release();
      // The released answers are taken before the next task.
      await new Promise((resolve) => setTimeout(resolve));
    }
  }
}

function open(count: number) {
  const library = new HeldLibrary(count);
  const onChange = vi.fn();
  return { library, onChange, pages: new QueryPages(EVERYTHING, library.fetch, onChange) };
}

describe('QueryPages', () => {
  it('loads the pages that are on screen and no others', async () => {
    const { library, pages } = open(100_000);
    pages.want(0, 20);
    await library.settle();
    expect(pages.total).toBe(100_000);
    pages.want(50_190, 50_210);
    await library.settle();
    expect(library.asked).toEqual([0, 250, 251]);
    expect(pages.row(50_200)?.id).toBe(50_201);
    expect(pages.row(30_000)).toBeUndefined();
  });

  it('asks for two pages at a time and skips what was scrolled past meanwhile', async () => {
    const { library, pages } = open(100_000);
    pages.want(0, 20);
    await library.settle();
    for (let page = 10; page < 60; page += 1) pages.want(page * PAGE_SIZE, page * PAGE_SIZE + 20);
    await library.settle();
    expect(library.asked).toEqual([0, 10, 11, 59]);
    expect(pages.row(59 * PAGE_SIZE)?.id).toBe(59 * PAGE_SIZE + 1);
  });

  it('keeps old rows on screen until the newer ones are there', async () => {
    const { library, pages } = open(300);
    pages.want(0, 20);
    await library.settle();
    library.videos = library.videos.slice(1);
    pages.invalidate();
    expect(pages.row(0)?.id).toBe(1);
    await library.settle();
    expect(pages.row(0)?.id).toBe(2);
    expect(pages.total).toBe(299);
  });

  it('keeps the identity of rows that did not change', async () => {
    const { library, pages } = open(50);
    pages.want(0, 20);
    await library.settle();
    const [first, second] = [pages.row(0), pages.row(1)];
    library.videos = library.videos.map((video) =>
      video.id === 2 ? { ...video, state: 'missing' } : video,
    );
    pages.invalidate();
    await library.settle();
    expect(pages.row(0)).toBe(first);
    expect(pages.row(1)).not.toBe(second);
    expect(pages.row(1)?.state).toBe('missing');
  });

  it('gives another identity only to the row whose pictures came', async () => {
    const { library, pages } = open(50);
    const withPictures = library.videos;
    library.videos = library.videos.map((video) =>
      video.id === 2 ? { ...video, preview: null } : video,
    );
    pages.want(0, 20);
    await library.settle();
    const before = library.videos.map((_, index) => pages.row(index));
    library.videos = withPictures;
    pages.invalidate();
    await library.settle();
    const changed = before.flatMap((row, index) => (row === pages.row(index) ? [] : [index]));
    expect(changed).toEqual([1]);
    expect(pages.row(1)?.preview).not.toBeNull();
  });

  it('asks again when the library changes while an answer is under way', async () => {
    const { library, pages } = open(50);
    pages.want(0, 20);
    pages.invalidate();
    pages.invalidate();
    await library.settle();
    expect(library.asked).toEqual([0, 0]);
  });

  it('drops answers that come after it was disposed of', async () => {
    const { library, pages, onChange } = open(50);
    pages.want(0, 20);
    pages.dispose();
    await library.settle();
    expect(onChange).not.toHaveBeenCalled();
    expect(pages.total).toBeNull();
  });

  it('forgets the pages that are farthest away', async () => {
    const { library, pages } = open(100_000);
    for (let page = 0; page < 80; page += 1) {
      pages.want(page * PAGE_SIZE, page * PAGE_SIZE + 20);
      await library.settle();
    }
    expect(pages.row(0)).toBeUndefined();
    expect(pages.row(79 * PAGE_SIZE)).toBeDefined();
  });

  it('finds where a loaded video stands', async () => {
    const { library, pages } = open(500);
    pages.want(0, 300);
    await library.settle();
    expect(pages.indexOf(260)).toBe(259);
    expect(pages.indexOf(9999)).toBeNull();
  });

  it('reports a failure once and tries again only when something changes', async () => {
    const fetch = vi.fn(() => Promise.reject(new VitrineError('WORKER_CRASHED', 'gone')));
    const onChange = vi.fn();
    const pages = new QueryPages(EVERYTHING, fetch, onChange);
    pages.want(0, 20);
    await vi.waitFor(() => expect(onChange).toHaveBeenCalled());
    pages.want(0, 20);
    expect(pages.error?.code).toBe('WORKER_CRASHED');
    expect(fetch).toHaveBeenCalledTimes(1);
    pages.invalidate();
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});
