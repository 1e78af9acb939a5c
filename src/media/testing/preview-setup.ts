import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { createCodedClip, frameNumberOf, isUpright } from '../../../e2e/fixtures/coded-clip';
import { cut, type Pixels, pixelsOf } from '../../../e2e/fixtures/pixels';
import type { VideoStream } from '../../shared/media';
import { type Filmstrip, type Poster, type PreviewImage, previewFile } from '../../shared/preview';
import type { MadeImage } from '../../shared/preview-protocol';
import {
  createPreviewMaker,
  type PreviewAnswer,
  type PreviewMaker,
  type PreviewMakerOptions,
  type PreviewRequest,
} from '../preview/preview-maker';
import { createProber } from '../probe/prober';
import { ffmpegPath, ffprobePath } from '../tools';
import { temporaryFolder } from './temporary-folder';

/** A maker with the bundled ffmpeg, or another, that is disposed when the test ends. */
export function testMaker(options: Partial<PreviewMakerOptions> = {}): PreviewMaker {
  const maker = createPreviewMaker({ ffmpegPath, ...options });
  onTestFinished(() => maker.dispose());
  return maker;
}

/** What the app asks for one video: with the stream and the length that ffprobe finds. */
export async function requestFor(
  path: string,
  rest: Partial<PreviewRequest> = {},
): Promise<PreviewRequest> {
  const source = { path, pathBytes: null, name: basename(path) };
  const work = { kind: 'poster', atSeconds: null } as const;
  const cacheFolder = rest.cacheFolder ?? (await temporaryFolder());
  if (rest.stream) {
    return { source, stream: rest.stream, durationSeconds: null, work, cacheFolder, ...rest };
  }
  const prober = createProber({ ffprobePath, concurrency: 1 });
  onTestFinished(() => prober.dispose());
  const answer = await prober.probe(rest.source ?? source, new AbortController().signal);
  if (answer.kind === 'failed') throw new Error(answer.failure.message);
  const { durationUs, streams } = answer.media;
  const stream = streams.find((one): one is VideoStream => one.type === 'video');
  if (!stream) throw new Error(`There is no video in ${path}.`);
  const durationSeconds = durationUs === null ? null : durationUs / 1_000_000;
  return { source, stream, durationSeconds, work, cacheFolder, ...rest };
}

/** Asks a maker of its own. */
export function make(
  request: PreviewRequest,
  options: { maker?: PreviewMaker; signal?: AbortSignal } = {},
): Promise<PreviewAnswer> {
  const { maker = testMaker(), signal = new AbortController().signal } = options;
  return maker.make(request, signal);
}

/** What was made of a video, with the pixels of the images. */
export interface SeenPreview {
  preview: { token: string; poster: Poster; filmstrip: Filmstrip | null };
  poster: Pixels;
  /** Pictures of the filmstrip with the times that they are said to show. */
  frames: { seconds: number; pixels: Pixels }[];
}

/** Makes a video's poster, and its filmstrip unless another poster is asked for, and looks at them. */
export async function previewOf(
  path: string,
  rest: Partial<PreviewRequest> = {},
): Promise<SeenPreview> {
  const request = await requestFor(path, rest);
  const image = await imageOf(request);
  if (image.kind !== 'poster') throw new Error('It is no poster.');
  const { token } = image;
  const poster = await readPixels(request, token, 'poster');
  expect(image.poster).toMatchObject({ width: poster.width, height: poster.height });
  const work = { kind: 'filmstrip', token } as const;
  const strip = rest.work ? null : await imageOf({ ...request, work });
  const filmstrip = strip?.kind === 'filmstrip' ? strip.filmstrip : null;
  const preview = { token, poster: image.poster, filmstrip };
  if (!filmstrip) return { preview, poster, frames: [] };
  const sprite = await readPixels(request, token, 'filmstrip');
  const { columns, frameWidth, frameHeight, times } = filmstrip;
  expect([sprite.width, sprite.height]).toEqual([
    columns * frameWidth,
    Math.ceil(times.length / columns) * frameHeight,
  ]);
  const frames = times.map((seconds, index) => {
    const left = (index % columns) * frameWidth;
    const top = Math.floor(index / columns) * frameHeight;
    return { seconds, pixels: cut(sprite, left, top, frameWidth, frameHeight) };
  });
  return { preview, poster, frames };
}

async function imageOf(request: PreviewRequest): Promise<MadeImage> {
  const answer = await make(request);
  if (answer.kind === 'failed') throw new Error(answer.message);
  return answer.image;
}

async function readPixels(
  { cacheFolder }: PreviewRequest,
  token: string,
  image: PreviewImage,
): Promise<Pixels> {
  return pixelsOf(await readFile(join(cacheFolder, previewFile(token, image))));
}

export const FAST_H264 = '-c:v libx264 -preset ultrafast';

/** A clip whose frames show their numbers; ten seconds unless another length is given. */
export async function codedClip(
  name: string,
  codecs: string,
  options: { seconds?: number; framesPerSecond?: number } = {},
): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await createCodedClip(path, { seconds: 10, codecs, ...options });
  return path;
}

/** Each picture of the filmstrip is the frame of its time, upright, no frame twice, in order. */
export function expectRightTimes({ frames }: SeenPreview, framesPerSecond = 25): void {
  for (const { seconds, pixels } of frames) {
    expect(isUpright(pixels)).toBe(true);
    expect(Math.abs(frameNumberOf(pixels) - seconds * framesPerSecond)).toBeLessThan(1);
  }
  const times = frames.map(({ seconds }) => seconds);
  expect(times).toEqual([...new Set(times)].sort((one, other) => one - other));
}
