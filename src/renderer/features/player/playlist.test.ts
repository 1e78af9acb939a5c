import { describe, expect, it } from 'vitest';
import type { VideoQuery } from '../../../shared/video-query';
import { openFakeLibrary } from '../../testing/fake-services';
import { Playlist } from './playlist';

const QUERY: VideoQuery = { scope: { type: 'all' }, search: '', sort: 'name', descending: false };

async function openPlaylist(count = 2000) {
  const { api } = await openFakeLibrary({ roots: ['/films'], videos: count });
  const { videos } = await api.videos.page({ query: QUERY, index: 0, limit: 500 });
  const ids = videos.map(({ id }) => id);
  const limits: number[] = [];
  const playlist = new Playlist(QUERY, (query, index, limit) => {
    limits.push(limit);
    return api.videos.page({ query, index, limit });
  });
  const beside = async (id: number, index: number) => {
    const { previous, next } = await playlist.neighbours(id, index);
    return [previous?.video.id ?? null, next?.video.id ?? null];
  };
  return { ids, limits, beside };
}

describe('the playlist', () => {
  it('follows the order of the list and asks for the rows beside the video only', async () => {
    const { ids, limits, beside } = await openPlaylist();
    expect(await beside(ids[300] ?? 0, 300)).toEqual([ids[299], ids[301]]);
    expect(limits).toEqual([3]);
  });

  it('ends at both ends', async () => {
    const { ids, beside } = await openPlaylist(3);
    expect(await beside(ids[0] ?? 0, 0)).toEqual([null, ids[1]]);
    expect(await beside(ids[2] ?? 0, 2)).toEqual([ids[1], null]);
  });

  it('finds a video again that other rows pushed away', async () => {
    const { ids, beside } = await openPlaylist();
    expect(await beside(ids[300] ?? 0, 260)).toEqual([ids[299], ids[301]]);
  });

  it('goes on with what took the place of a video that is gone', async () => {
    const { ids, beside } = await openPlaylist();
    expect(await beside(99_999, 300)).toEqual([ids[299], ids[300]]);
  });
});
