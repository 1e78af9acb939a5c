import { expect, it } from 'vitest';
import { VitrineError } from '../../shared/errors';
import type { PlaybackStream, Playbacks } from './playbacks';
import { servePlaybacks } from './serve-playback';

const ADDRESS = `media://play/${'0'.repeat(32)}/file`;

/** Answers of one playback whose stream is read by the test's own means, and how often it was closed. */
function setUp(read: PlaybackStream['read']) {
  let closed = 0;
  const stream: PlaybackStream = { sizeBytes: 10, read, close: () => void closed++ };
  const playbacks: Pick<Playbacks, 'mimeTypeOf' | 'openStream'> = {
    mimeTypeOf: () => 'video/mp4',
    openStream: async () => stream,
  };
  const serve = servePlaybacks(playbacks as Playbacks);
  const answer = async (options?: RequestInit) => {
    const response = await serve(new Request(ADDRESS, options), new URL(ADDRESS));
    if (!response) throw new Error('It was not found.');
    return response;
  };
  return { answer, closed: () => closed };
}

it('a stream is closed at its end', async () => {
  const { answer, closed } = setUp(async () => new Uint8Array(5));
  expect((await (await answer()).arrayBuffer()).byteLength).toBe(10);
  expect(closed()).toBe(1);
});

it('a stream that nobody reads to its end, or at all, is closed', async () => {
  const { answer, closed } = setUp(async () => new Uint8Array(5));
  await (await answer()).body?.cancel();
  expect(closed()).toBe(1);
  await answer({ method: 'HEAD' });
  expect(closed()).toBe(2);
});

it('a stream that cannot be read any more is closed', async () => {
  const { answer, closed } = setUp(async () => {
    throw new VitrineError('INTERNAL', 'The drive is gone.');
  });
  await expect((await answer()).arrayBuffer()).rejects.toThrow('The drive is gone.');
  expect(closed()).toBe(1);
});
