import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { frameNumberOf } from '../../../e2e/fixtures/coded-clip';
import { codedClip, FAST_H264, previewOf } from '../testing/preview-setup';
import { temporaryFolder } from '../testing/temporary-folder';
import { ffmpegPath } from '../tools';

const run = promisify(execFile);

describe('the poster', () => {
  it('is neither black nor faded when there is something else to be seen', async () => {
    const path = join(await temporaryFolder(), 'film.mp4');
    const picture = 'mandelbrot=size=320x180:rate=25';
    const filters = 'trim=duration=20,fade=in:st=5:d=4,fade=out:st=15:d=3,format=yuv420p';
    await run(ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', picture, '-t', '20', '-vf', filters],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', path],
    ]);
    const { atSeconds } = (await previewOf(path)).preview.poster;
    expect(atSeconds).toBeGreaterThan(7.5);
    expect(atSeconds).toBeLessThan(16);
  });

  it('is not the first picture, and the one that it is said to be', async () => {
    for (const codecs of [`${FAST_H264} -g 25`, `${FAST_H264} -g 9999`, '-c:v mpeg4']) {
      const { preview, poster } = await previewOf(await codedClip('clip.mp4', codecs));
      expect(preview.poster.atSeconds).toBeGreaterThan(0.5);
      const shown = frameNumberOf(poster);
      expect(Math.abs(shown - preview.poster.atSeconds * 25)).toBeLessThan(1);
    }
  });

  it('is there also when all is black', async () => {
    const path = join(await temporaryFolder(), 'night.mp4');
    await run(ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'color=black:size=320x180:duration=2'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', path],
    ]);
    const { poster } = await previewOf(path);
    expect(poster.rgb.every((value) => value < 10)).toBe(true);
  });

  it.each([
    ['clip.mp4', '-c:v libx264 -preset veryfast -bf 3 -g 250'],
    ['clip.webm', '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 500k'],
    ['clip.ts', `${FAST_H264} -g 50`],
    ['clip.mpg', '-c:v mpeg2video -q:v 4'],
  ])('shows what the person saw: %s', async (name, codecs) => {
    const path = await codedClip(name, codecs);
    for (const atSeconds of [0, 0.05, 5.2, 9.95, 9.98]) {
      const seen = await previewOf(path, { work: { kind: 'poster', atSeconds } });
      const shown = Math.min(249, Math.floor(atSeconds * 25 + 0.01));
      expect(Math.abs(frameNumberOf(seen.poster) - shown), `${atSeconds}`).toBeLessThanOrEqual(1);
    }
  });

  it('shows what the person saw of a video without a container', async () => {
    const path = await codedClip('clip.h264', FAST_H264);
    const seen = await previewOf(path, { work: { kind: 'poster', atSeconds: 5.2 } });
    expect(frameNumberOf(seen.poster)).toBe(130);
  });

  it.each([
    [3, 1],
    [0.5, 0.2],
  ])('shows the first picture, which comes at %d s, at %d s', async (begins, atSeconds) => {
    const path = await codedClip('film.mkv', `${FAST_H264} -f matroska`);
    const sound = join(path, '..', 'sound.mkv');
    await run(ffmpegPath, [
      ...['-v', 'error', '-f', 'lavfi', '-i', 'sine=duration=8', '-itsoffset', `${begins}`],
      ...['-i', path, '-map', '0:a', '-map', '1:v', '-c:v', 'copy', sound],
    ]);
    const seen = await previewOf(sound, { work: { kind: 'poster', atSeconds } });
    expect(frameNumberOf(seen.poster)).toBe(0);
  });

  it('shows the exact frame that stood still at the time', async () => {
    const still = "-vf select='lt(n,40)+gt(n,130)' -vsync vfr";
    const path = await codedClip('clip.mp4', `${still} -c:v libx264 -preset veryfast -g 250`);
    const seen = await previewOf(path, { work: { kind: 'poster', atSeconds: 4 } });
    expect(frameNumberOf(seen.poster)).toBe(39);
    expect(seen.preview.poster.atSeconds).toBeCloseTo(39 / 25, 2);
  });
});
