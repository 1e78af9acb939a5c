import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { createCodedClip, frameNumberOf } from '../../../e2e/fixtures/coded-clip';
import { previewOf } from '../testing/preview-setup';
import { temporaryFolder } from '../testing/temporary-folder';
import { playedFile } from './testing/playback-setup';

const FRAMES_PER_SECOND = 25;

async function clip(name: string, codecs: string): Promise<string> {
  const path = `${await temporaryFolder()}/${name}`;
  await createCodedClip(path, { seconds: 4, codecs, audio: true });
  return path;
}

async function playbackOf(path: string) {
  const prepared = await playedFile(dirname(path), basename(path)).prepare();
  if (prepared.kind === 'unplayable') throw new Error(prepared.reason);
  return prepared.playback;
}

it.each([
  // Opus begins before the pictures, at a time below zero.
  ['clip.webm', '-c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus', 0.007],
  ['clip.mp4', '-c:v libx264 -preset ultrafast -c:a aac', 0],
] as const)('the poster of a frame of %s is that frame', async (name, codecs, firstSeconds) => {
  const path = await clip(name, codecs);
  const { mode, zeroSeconds } = await playbackOf(path);
  expect(mode).toBe('direct');
  for (const frame of [0, 1, 37, 75]) {
    // What Chromium says of the frame on screen: the file's own time.
    const mediaTime = firstSeconds + frame / FRAMES_PER_SECOND;
    const work = { kind: 'poster', atSeconds: mediaTime - zeroSeconds } as const;
    expect(frameNumberOf((await previewOf(path, { work })).poster)).toBe(frame);
  }
});

it('a file that begins late is not played as it is', async () => {
  const path = await clip('late.mp4', '-c:v libx264 -c:a aac -output_ts_offset 2');
  expect(await playbackOf(path)).toMatchObject({ mode: 'remux', zeroSeconds: 0 });
});
