import { describe, expect, it } from 'vitest';
import type { VideoState } from '../../../shared/media';
import { remakePreview } from './remake-preview';

async function remade(state: VideoState): Promise<number[]> {
  const asked: number[] = [];
  const api = {
    videos: { get: async () => ({ state }) },
    previews: {
      remake: async ({ ids }: { ids: number[] }) => {
        asked.push(...ids);
        return {};
      },
    },
  };
  await remakePreview({ api: api as never }, 7);
  return asked;
}

describe('a preview that the person wants anew', () => {
  it('is made again while the file is there', async () => {
    expect(await remade('ok')).toEqual([7]);
  });

  it.each(['offline', 'missing', 'unreadable'] as const)(
    'is kept while the video is %s: nothing could be made in its place',
    async (state) => {
      expect(await remade(state)).toEqual([]);
    },
  );
});
