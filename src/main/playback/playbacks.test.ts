import { describe, expect, it } from 'vitest';
import type { StreamWish } from '../../shared/playback-protocol';
import { Playbacks } from './playbacks';

const MADE: StreamWish = { kind: 'media', fromSeconds: 0 };
const FILE: StreamWish = { kind: 'file' };

/** Playbacks over a media process that only counts its streams. */
function setUp() {
  const open = new Set<number>();
  let streams = 0;
  const answers: Record<string, (request: { streamId: number }) => unknown> = {
    preparePlayback: () => ({ kind: 'playable', playback: { mimeType: 'video/mp4' }, plan: {} }),
    openStream: () => {
      streams += 1;
      open.add(streams);
      return { streamId: streams, sizeBytes: null };
    },
    closeStream: ({ streamId }) => {
      open.delete(streamId);
      return null;
    },
  };
  const media = {
    call: async (name: string, request: { streamId: number }) => answers[name]?.(request),
  };
  const playbacks = new Playbacks({
    ask: async () => ({ probeLevel: 'none' }) as never,
    media: async () => media as never,
  });
  const opened = async () => {
    const answer = await playbacks.open({ videoId: 1 });
    if (answer.kind === 'unplayable') throw new Error(answer.reason);
    return answer.playback.playbackId;
  };
  return { playbacks, opened, openStreams: () => [...open] };
}

describe('playbacks', () => {
  it('have one stream that is made at a time, and any number of reads of the file', async () => {
    const { playbacks, opened, openStreams } = setUp();
    const playbackId = await opened();
    for (const wish of [FILE, MADE, FILE, MADE]) await playbacks.openStream(playbackId, wish);
    expect(openStreams()).toEqual([1, 3, 4]);
    // Both are asked for before either is there.
    await Promise.all([MADE, MADE].map((wish) => playbacks.openStream(playbackId, wish)));
    expect(openStreams()).toEqual([1, 3, 6]);
  });

  it('end their streams when they are closed, also one that is just being opened', async () => {
    const { playbacks, opened, openStreams } = setUp();
    const playbackId = await opened();
    await playbacks.openStream(playbackId, FILE);
    const late = playbacks.openStream(playbackId, MADE);
    playbacks.close(playbackId);
    await late;
    await Promise.resolve();
    expect(openStreams()).toEqual([]);
    expect(await playbacks.openStream(playbackId, FILE)).toBeNull();
    expect(playbacks.mimeTypeOf(playbackId)).toBeNull();
  });

  it('that a page forgets to close are closed for newer ones', async () => {
    const { playbacks, opened } = setUp();
    const first = await opened();
    const second = await opened();
    for (let more = 0; more < 7; more++) await opened();
    expect(playbacks.mimeTypeOf(first)).toBeNull();
    expect(playbacks.mimeTypeOf(second)).toBe('video/mp4');
    playbacks.closeAll();
    expect(playbacks.mimeTypeOf(second)).toBeNull();
  });
});
