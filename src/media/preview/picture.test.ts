import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createCodedClip, frameNumberOf, isUpright } from '../../../e2e/fixtures/coded-clip';
import type { Pixels } from '../../../e2e/fixtures/pixels';
import { previewOf, requestFor } from '../testing/preview-setup';
import { temporaryFolder } from '../testing/temporary-folder';
import { ffmpegPath } from '../tools';

const run = promisify(execFile);

type Colour = [red: number, green: number, blue: number];

/** At a place given in parts of width and height. */
function colourAt({ width, height, rgb }: Pixels, x: number, y: number): Colour {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 3;
  return [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0];
}

async function ffmpeg(words: string): Promise<void> {
  await run(ffmpegPath, ['-v', 'error', '-nostdin', '-y', ...words.split(' ')]);
}

async function clipPath(name: string): Promise<string> {
  return join(await temporaryFolder(), name);
}

const H264 = '-c:v libx264 -preset ultrafast -crf 8';

describe('the picture', () => {
  it.each([
    { metadata: 270, rotation: 90, blueAt: [0.2, 0.5], otherAt: [0.8, 0.5] },
    { metadata: 180, rotation: 180, blueAt: [0.5, 0.2], otherAt: [0.5, 0.8] },
    { metadata: 90, rotation: 270, blueAt: [0.8, 0.5], otherAt: [0.2, 0.5] },
  ])('is turned by $rotation degrees', async ({ metadata, rotation, blueAt, otherAt }) => {
    const upright = await clipPath('upright.mp4');
    await createCodedClip(upright, { seconds: 2, codecs: H264 });
    const path = `${upright}.turned.mp4`;
    await ffmpeg(`-i ${upright} -c copy -metadata:s:v:0 rotate=${metadata} ${path}`);
    expect((await requestFor(path)).stream.rotation).toBe(rotation);
    const { poster, frames } = await previewOf(path);
    const sideways = rotation !== 180;
    expect([poster.width, poster.height]).toEqual(sideways ? [270, 480] : [480, 270]);
    for (const pixels of [poster, ...frames.map((frame) => frame.pixels)]) {
      const [x = 0, y = 0] = blueAt;
      const [red, green, blue] = colourAt(pixels, x, y);
      expect(blue).toBeGreaterThan(Math.max(red, green) + 60);
      const [otherX = 0, otherY = 0] = otherAt;
      const [otherRed, , otherBlue] = colourAt(pixels, otherX, otherY);
      expect(Math.abs(otherBlue - otherRed)).toBeLessThan(60);
    }
  });

  it.each([
    { size: { width: 1280, height: 720 }, aspect: '16:9', poster: [640, 360], frame: [320, 180] },
    { size: { width: 720, height: 576 }, aspect: '16:9', poster: [640, 360], frame: [320, 180] },
    { size: { width: 720, height: 576 }, aspect: '4:3', poster: [640, 480], frame: [320, 240] },
    { size: { width: 540, height: 960 }, aspect: '9:16', poster: [360, 640], frame: [180, 320] },
    { size: { width: 160, height: 90 }, aspect: '16:9', poster: [160, 90], frame: [160, 90] },
    { size: { width: 1280, height: 16 }, aspect: '80:1', poster: [640, 8], frame: [320, 4] },
  ])(
    'has the shape that a viewer sees: $size, $aspect',
    async ({ size, aspect, poster, frame }) => {
      const path = await clipPath('clip.mp4');
      const codecs = `${H264} -aspect ${aspect}`;
      await createCodedClip(path, { seconds: 2, framesPerSecond: 5, size, codecs });
      const seen = await previewOf(path);
      expect([seen.poster.width, seen.poster.height]).toEqual(poster);
      const { frameWidth, frameHeight } = seen.preview.filmstrip ?? {};
      expect([frameWidth, frameHeight]).toEqual(frame);
      if (size.height < 100) return;
      expect(isUpright(seen.poster)).toBe(true);
      expect(frameNumberOf(seen.poster)).toBe(Math.round(seen.preview.poster.atSeconds * 5));
    },
  );

  it('has no comb where the video is interlaced', async () => {
    // White even lines and black odd lines: what one sees when something moved between the two fields.
    const lines = "geq=lum='if(mod(Y,2),16,235)':cb=128:cr=128,format=yuv420p";
    const source = `color=size=640x480:rate=25:duration=2,format=yuv444p,${lines}`;
    const encoder = '-c:v libx264 -preset ultrafast -qp 0';
    const interlaced = await clipPath('interlaced.mkv');
    const flags = '-flags +ildct+ilme -top 1 -x264-params tff=1';
    await ffmpeg(`-f lavfi -i ${source} ${encoder} ${flags} -field_order tt ${interlaced}`);
    expect((await requestFor(interlaced)).stream.fieldOrder).toBe('tt');
    const [red] = colourAt((await previewOf(interlaced)).poster, 0.5, 0.5);
    expect(red).toBeGreaterThan(240);
  });
});

const PATCHES: readonly Colour[] = [
  [200, 40, 40],
  [40, 160, 60],
  [60, 80, 200],
  [128, 128, 128],
  [220, 200, 180],
];

/** A clip of one colour. */
async function plainClip(
  name: string,
  colour: Colour,
  { size, filters, codecs }: { size: string; filters: string; codecs: string },
): Promise<string> {
  const path = await clipPath(name);
  // A picture file, because colours that ffmpeg draws itself are rounded ones.
  const head = Buffer.from('P6 2 2 255\n');
  await writeFile(`${path}.ppm`, Buffer.concat([head, ...Array(4).fill(Buffer.from(colour))]));
  const scaled = `scale=${size}:flags=neighbor,${filters}`;
  await ffmpeg(`-loop 1 -r 5 -t 1 -i ${path}.ppm -vf ${scaled} ${codecs} ${path}`);
  return path;
}

function expectColour(actual: Colour, wanted: Colour, tolerance: number): void {
  actual.forEach((value, index) => {
    expect(Math.abs(value - (wanted[index] ?? 0)), `${actual} for ${wanted}`).toBeLessThanOrEqual(
      tolerance,
    );
  });
}

const tags = (primaries: string, transfer: string, matrix: string) =>
  `-color_primaries ${primaries} -color_trc ${transfer} -colorspace ${matrix}`;
const hevc = (primaries: string, transfer: string, matrix: string) => {
  const parameters = `log-level=none:colorprim=${primaries}:transfer=${transfer}:colormatrix=${matrix}`;
  return `-c:v libx265 -preset ultrafast -x265-params ${parameters}`;
};

describe('ordinary colours are right', () => {
  it.each([
    {
      name: 'high definition without a word about it',
      size: '1280:720',
      filters: 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p',
      codecs: H264,
    },
    {
      name: 'standard definition without a word about it',
      size: '640:480',
      filters: 'scale=out_color_matrix=bt601:out_range=tv,format=yuv420p',
      codecs: H264,
    },
    {
      name: 'small, and said to be BT.709',
      size: '640:480',
      filters: 'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p',
      codecs: `${H264} ${tags('bt709', 'bt709', 'bt709')}`,
    },
    {
      name: 'full range',
      size: '640:480',
      filters: 'scale=out_color_matrix=bt709:out_range=pc,format=yuv420p',
      codecs: `${H264} -color_range pc ${tags('bt709', 'bt709', 'bt709')}`,
    },
    {
      name: 'Motion JPEG',
      size: '640:480',
      filters: 'scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p',
      codecs: '-c:v mjpeg -q:v 2',
    },
    {
      name: 'ten bits',
      size: '640:480',
      filters: 'scale=out_color_matrix=bt601:out_range=tv,format=yuv422p10le',
      codecs: '-c:v prores_ks',
    },
    {
      name: 'RGB',
      size: '640:480',
      filters: 'format=bgr0',
      codecs: '-c:v ffv1',
    },
  ])('$name', async (clip) => {
    for (const colour of PATCHES) {
      const { poster } = await previewOf(await plainClip('clip.mov', colour, clip));
      expectColour(colourAt(poster, 0.5, 0.5), colour, 6);
    }
  });
});

describe('colours of other screens are brought to a usual one', () => {
  /** What a usual screen shows at 100 nits, in other words. */
  const inWords = (given: string, transfer: string) =>
    `format=gbrp,zscale=tin=${given}:pin=bt709:min=gbr:rin=full:t=${transfer}:p=bt2020:m=2020_ncl:r=tv:npl=100,format=yuv420p10le`;

  it.each([
    {
      name: 'PQ',
      size: '640:480',
      filters: inWords('iec61966-2-1', 'smpte2084'),
      codecs: hevc('bt2020', 'smpte2084', 'bt2020nc'),
      hdr: 'HDR10',
      tolerance: 26,
    },
    {
      name: 'HLG',
      size: '640:480',
      filters: inWords('iec61966-2-1', 'arib-std-b67'),
      codecs: hevc('bt2020', 'arib-std-b67', 'bt2020nc'),
      hdr: 'HLG',
      tolerance: 26,
    },
    {
      name: 'wide gamut without high dynamic range',
      size: '640:480',
      filters: inWords('2020_10', '2020_10'),
      codecs: hevc('bt2020', 'bt2020-10', 'bt2020nc'),
      hdr: null,
      tolerance: 6,
    },
  ])('$name', async ({ hdr, tolerance, ...clip }) => {
    for (const colour of PATCHES) {
      const path = await plainClip('clip.mp4', colour, clip);
      expect((await requestFor(path)).stream).toMatchObject({ hdr, bitDepth: 10 });
      const { poster } = await previewOf(path);
      expectColour(colourAt(poster, 0.5, 0.5), colour, tolerance);
    }
  });
});
