import { execFile } from 'node:child_process';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createCodedClip, frameNumberOf, isUpright } from '../../../e2e/fixtures/coded-clip';
import { cutOff } from '../../../e2e/fixtures/damage';
import {
  codedClip,
  expectRightTimes,
  FAST_H264,
  make,
  previewOf,
  requestFor,
  type SeenPreview,
} from '../testing/preview-setup';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { ffmpegPath } from '../tools';

const run = promisify(execFile);
/** Of one call's answer. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The longest part of the video without a picture, in seconds. */
function longestGap({ frames }: SeenPreview, duration: number): number {
  const times = [0, ...frames.map(({ seconds }) => seconds), duration];
  return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
}

describe('the filmstrip', () => {
  it.each([
    ['few keyframes', 'clip.mp4', `${FAST_H264} -g 250`],
    ['B-frames', 'clip.mkv', '-c:v libx264 -preset veryfast -bf 3 -g 250'],
    ['many keyframes', 'clip.mp4', `${FAST_H264} -g 10`],
    ['H.265', 'clip.mp4', '-c:v libx265 -preset ultrafast -x265-params log-level=none -g 25'],
    ['VP9', 'clip.webm', '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 500k'],
    ['VP8', 'clip.webm', '-c:v libvpx -deadline realtime -cpu-used 8 -b:v 500k'],
    ['ProRes', 'clip.mov', '-c:v prores_ks'],
    ['Motion JPEG', 'clip.avi', '-c:v mjpeg -pix_fmt yuvj420p'],
    ['MPEG-4', 'clip.avi', '-c:v mpeg4 -q:v 4 -g 50'],
    ['MPEG-2 that starts late', 'clip.ts', '-c:v mpeg2video -q:v 4'],
    ['H.264 that starts late', 'clip.ts', `${FAST_H264} -g 50 -output_ts_offset 3000`],
    ['MPEG-4 with B-frames', 'clip.mp4', '-c:v mpeg4 -bf 2 -q:v 4'],
    ['H.263', 'clip.3gp', '-c:v h263 -q:v 4 -s 352x288'],
    ['DV', 'clip.dv', '-c:v dvvideo -s 720x576'],
    ['MXF', 'clip.mxf', '-c:v mpeg2video -q:v 4'],
    ['no container', 'clip.h264', `${FAST_H264} -g 50`],
    ['MPEG-1', 'clip.mpg', '-c:v mpeg1video -q:v 4'],
    ['Windows Media', 'clip.wmv', '-c:v wmv2 -q:v 4'],
    ['Theora', 'clip.ogv', '-c:v libtheora -q:v 8'],
    ['Flash', 'clip.flv', '-c:v flv -q:v 4'],
  ])('shows the frames of its times: %s', async (_, name, codecs) => {
    const seen = await previewOf(await codedClip(name, codecs));
    expect(seen.frames.length).toBeGreaterThanOrEqual(10);
    expect(seen.frames.length).toBeLessThanOrEqual(25);
    expectRightTimes(seen);
    expect(longestGap(seen, 10)).toBeLessThan(1.3);
    const { atSeconds } = seen.preview.poster;
    expect(Math.abs(frameNumberOf(seen.poster) - atSeconds * 25)).toBeLessThan(1);
  });

  it('reaches over hours without reading all of them', async () => {
    const codecs = `${FAST_H264} -g 10`;
    const path = await codedClip('hours.mkv', codecs, { seconds: 4000, framesPerSecond: 1 });
    const seen = await previewOf(path);
    expect(seen.frames).toHaveLength(25);
    expectRightTimes(seen, 1);
    expect(longestGap(seen, 4000)).toBeLessThan((4000 / 25) * 1.2);
  });

  it('shows something of a minute that has a single keyframe', async () => {
    const path = await codedClip('clip.mp4', `${FAST_H264} -g 9999 -sc_threshold 0`, {
      seconds: 70,
    });
    const seen = await previewOf(path);
    expect(seen.frames).toHaveLength(25);
    expectRightTimes(seen);
    expect(longestGap(seen, 70)).toBeLessThan(5);
  });

  it('is right where pictures last for different times', async () => {
    const dropped = "-vf select='lt(n,40)+gt(n,130)*not(mod(n,7))' -vsync vfr";
    const path = await codedClip('clip.mp4', `${dropped} ${FAST_H264} -g 20`);
    const seen = await previewOf(path);
    expect(seen.frames.length).toBeGreaterThanOrEqual(10);
    expectRightTimes(seen);
  });

  it('counts from the start of the file where the picture starts behind the sound', async () => {
    const folder = await temporaryFolder();
    await createCodedClip(join(folder, 'clip.mp4'), { seconds: 5, codecs: `${FAST_H264} -g 25` });
    const path = join(folder, 'late.mkv');
    await run(ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=8', '-itsoffset', '3'],
      ...['-i', join(folder, 'clip.mp4'), '-map', '0:a', '-map', '1:v', '-c:v', 'copy', path],
    ]);
    const seen = await previewOf(path);
    expect(seen.frames.length).toBeGreaterThanOrEqual(5);
    for (const { seconds, pixels } of seen.frames) {
      expect(Math.abs(frameNumberOf(pixels) - (seconds - 3) * 25)).toBeLessThan(1);
    }
  });

  it('has as many pictures as a short clip has room for', async () => {
    const path = await codedClip('clip.mp4', FAST_H264, { seconds: 0.4 });
    const seen = await previewOf(path);
    expect(seen.frames.length).toBeGreaterThanOrEqual(2);
    expect(seen.frames.length).toBeLessThanOrEqual(10);
    expectRightTimes(seen);
  });

  it.each([
    ['clip.mp4', FAST_H264],
    ['clip.avi', '-c:v mjpeg'],
    ['clip.mov', '-c:v prores_ks'],
  ])('is not there where there is a single picture: %s', async (name, codecs) => {
    const seen = await previewOf(await codedClip(name, `${codecs} -frames:v 1`));
    expect(seen.preview.filmstrip).toBeNull();
    expect(isUpright(seen.poster)).toBe(true);
    expect(frameNumberOf(seen.poster)).toBe(0);
  });
});

describe('a damaged file', () => {
  it('shows what is there when its middle is broken', async () => {
    const path = await codedClip('clip.mp4', `${FAST_H264} -g 25`, { seconds: 100 });
    const content = await readFile(path);
    const from = Math.floor(content.length * 0.4);
    content.fill(0xa5, from, Math.floor(content.length * 0.6));
    await writeFile(path, content);
    const seen = await previewOf(path);
    expect(seen.frames.length).toBeGreaterThanOrEqual(15);
    const early = seen.frames.filter(({ seconds }) => seconds < 30);
    expect(early.length).toBeGreaterThan(5);
    expectRightTimes({ ...seen, frames: early });
    expect(seen.frames.at(-1)?.seconds).toBeGreaterThan(90);
  });

  it.each(['clip.mkv', 'clip.ts'])('shows what is left when it was cut off: %s', async (name) => {
    const path = await codedClip(name, `${FAST_H264} -g 25`, { seconds: 100 });
    await cutOff(path, 0.3);
    const seen = await previewOf(path);
    expect(seen.frames.length).toBeGreaterThanOrEqual(10);
    expectRightTimes(seen);
    expect(seen.frames.at(-1)?.seconds).toBeLessThan(50);
  });

  it('is shown over its whole length when it has neither index nor duration', async () => {
    const whole = await codedClip('whole.mkv', `${FAST_H264} -g 50`, { seconds: 100 });
    const copy = ['-v', 'error', '-i', whole, '-c', 'copy', '-f', 'matroska', 'pipe:1'];
    const { stdout } = await run(ffmpegPath, copy, { encoding: 'buffer', maxBuffer: MOST_BYTES });
    const path = join(await temporaryFolder(), 'stream.mkv');
    await writeFile(path, stdout);
    const seen = await previewOf(path);
    expect(seen.frames).toHaveLength(25);
    expectRightTimes(seen);
    expect(longestGap(seen, 100)).toBeLessThan(12);
  });

  it('says so when nothing in it can be decoded', async () => {
    const path = await codedClip('clip.avi', '-c:v mpeg4', { seconds: 2 });
    const request = await requestFor(path);
    await writeTree(join(path, '..'), { 'clip.avi': 'Dear Sir or Madam, '.repeat(1000) });
    expect(await make(request)).toEqual({
      kind: 'failed',
      message: 'The content is not recognised as video.',
      interrupted: false,
      driveFailed: false,
    });
  });

  it('says so when there is no decoder for it', async () => {
    const path = await codedClip('clip.mp4', FAST_H264, { seconds: 2 });
    const request = await requestFor(path);
    const content = await readFile(path, 'latin1');
    await writeFile(path, content.replaceAll('avc1', 'xvvc'), 'latin1');
    expect(await make(request)).toMatchObject({
      kind: 'failed',
      message: 'There is no decoder for xvvc.',
    });
  });

  it('says so when every picture is broken', async () => {
    const path = await codedClip('clip.mp4', `${FAST_H264} -movflags +faststart`, { seconds: 2 });
    const request = await requestFor(path);
    const content = await readFile(path);
    content.fill(0xff, content.indexOf('mdat') + 4);
    await writeFile(path, content);
    expect(await make(request)).toMatchObject({
      kind: 'failed',
      message: 'Nothing in it can be decoded.',
    });
  });
});

it('finds out for itself when a file holds another codec than it is said to hold', async () => {
  const path = await codedClip('clip.mp4', `${FAST_H264} -g 25`, { seconds: 70 });
  const { stream, durationSeconds } = await requestFor(path);
  for (const codec of ['vp9', 'prores']) {
    const seen = await previewOf(path, { stream: { ...stream, codec }, durationSeconds });
    expect(seen.frames.length).toBeGreaterThanOrEqual(10);
    expectRightTimes(seen);
  }
});

it('takes names for names, whatever they look like', async () => {
  const path = await codedClip('clip.mkv', FAST_H264, { seconds: 1 });
  const cacheFolder = join(await temporaryFolder(), 'a%03d -y "cache"');
  for (const name of ['-i.mkv', 'concat:a.mkv', 'a%03d.mkv', 'two\nlines [error].mkv']) {
    const odd = join(path, '..', name);
    await rename(path, odd);
    expectRightTimes(await previewOf(odd, { cacheFolder }));
    await rename(odd, path);
  }
});

it.skipIf(process.platform !== 'linux')('reads files whose names are no text', async () => {
  const path = await codedClip('clip.mp4', `${FAST_H264} -g 25`, { seconds: 70 });
  const folder = await temporaryFolder();
  const bytes = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe])]);
  await rename(path, bytes);
  const source = { path: join(folder, '\\xFF\\xFE'), pathBytes: bytes, name: '\\xFF\\xFE' };
  expectRightTimes(await previewOf(source.path, { source }));
});
