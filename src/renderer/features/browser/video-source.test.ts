import { describe, expect, it, vi } from 'vitest';
import { EVERYTHING, type VideoQuery } from '../../../shared/video-query';
import type { VideoPage } from './query-pages';
import { VideoSource } from './video-source';

/** Answers of a library, by the search that they belong to, let go by hand. */
function heldSource() {
  const held = new Map<string, (page: VideoPage) => void>();
  const source = new VideoSource(
    ({ search }) => new Promise((resolve) => held.set(search, resolve)),
  );
  const search = (words: string) => source.setQuery({ ...EVERYTHING, search: words });
  const answer = async (words: string, total: number) => {
    held.get(words)?.({ videos: [], total, errors: [] });
    // The answer is taken before the next task.
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { source, search, answer };
}

describe('VideoSource', () => {
  it('shows the old rows until the new query has answered', async () => {
    const { source, search, answer } = heldSource();
    search('');
    await answer('', 100);
    search('rome');
    expect(source.shown?.total).toBe(100);
    await answer('rome', 7);
    expect(source.shown?.total).toBe(7);
    expect(source.shown?.query.search).toBe('rome');
  });

  it('drops the answer to a query that was replaced meanwhile', async () => {
    const { source, search, answer } = heldSource();
    search('');
    await answer('', 100);
    search('r');
    search('ro');
    await answer('r', 50);
    expect(source.shown?.total).toBe(100);
    await answer('ro', 20);
    expect(source.shown?.total).toBe(20);
  });

  it('stays with the shown rows when one returns to their query', async () => {
    const { source, search, answer } = heldSource();
    search('');
    await answer('', 100);
    search('r');
    search('');
    await answer('r', 50);
    expect(source.shown?.total).toBe(100);
  });

  it('tells its listeners, and not those that left', async () => {
    const { source, search, answer } = heldSource();
    const [stays, leaves] = [vi.fn(), vi.fn()];
    source.subscribe(stays);
    source.subscribe(leaves)();
    search('');
    const before = source.revision();
    await answer('', 1);
    expect(stays).toHaveBeenCalled();
    expect(leaves).not.toHaveBeenCalled();
    expect(source.revision()).toBeGreaterThan(before);
  });

  it('asks for nothing while another page is open', () => {
    const fetch = vi.fn(() => new Promise<VideoPage>(() => undefined));
    const source = new VideoSource(fetch);
    source.setQuery(null);
    source.setQuery(EVERYTHING satisfies VideoQuery);
    source.setQuery({ ...EVERYTHING });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});
