import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCodedClip, frameNumberOf, isUpright } from '../../../e2e/fixtures/coded-clip';
import { previewOf, type SeenPreview } from '../testing/preview-setup';
import { temporaryFolder } from '../testing/temporary-folder';

async function codedClip(
  name: string,
  codecs: string,
  options: { seconds?: number; framesPerSecond?: number } = {},
): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await createCodedClip(path, { seconds: 10, codecs, ...options });
  return path;
}

/** Each picture of the filmstrip is the frame of its time, upright, no frame twice, in order. */
function expectRightTimes({ frames }: SeenPreview, framesPerSecond = 25): void {
  for (const { seconds, pixels } of frames) {
    expect(isUpright(pixels)).toBe(true);
    expect(Math.abs(frameNumberOf(pixels) - seconds * framesPerSecond)).toBeLessThan(1);
  }
  const times = frames.map(({ seconds }) => seconds);
  expect(times).toEqual([...new Set(times)].sort((one, other) => one - other));
}

/** The longest part of the video without a picture, in seconds. */
function longestGap({ frames }: SeenPreview, duration: number): number {
  const times = [0, ...frames.map(({ seconds }) => seconds), duration];
  return Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
}

const FAST_H264 = '-c:v libx264 -preset ultrafast';

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
    ['MPEG-1', 'clip.mpg', '-c:v mpeg1video -q:v 4'],
    ['Windows Media', 'clip.wmv', '-c:v wmv2 -q:v 4'],
    ['Theora', 'clip.ogv', '-c:v libtheora -q:v 8'],
    ['Flash', 'clip.flv', '-c:v flv -q:v 4'],
  ])('shows the frames of its times: %s', async (_, name, codecs) => {
    const seen = await previewOf(await codedClip(name, codecs));
    expect(seen.frames.length).toBeGreaterThanOrEqual(13);
    expect(seen.frames.length).toBeLessThanOrEqual(25);
    expectRightTimes(seen);
    expect(longestGap(seen, 10)).toBeLessThan(1.3);
    const { atSeconds } = seen.preview.poster;
    expect(Math.abs(frameNumberOf(seen.poster) - atSeconds * 25)).toBeLessThan(1);
  });
});
