import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { VitrineError } from '../../shared/errors';
import { type PreviewImage, previewFile } from '../../shared/preview';
import { runTool } from '../children/run-tool';
import { type RunEnd, wasInterrupted } from '../children/supervise';
import type { DecodedFrame } from './decoded-frame';
import type { Size } from './picture-size';
import { PREVIEW_PRIORITY, type PreviewTool } from './preview-tool';

/** Pictures beside each other in a sprite image. */
export const COLUMNS = 5;

/** What is to be written. */
export interface ImageOrder {
  /** Of all pictures that are given. */
  size: Size;
  poster: DecodedFrame;
  /** Null where there is to be none. */
  filmstrip: { frames: readonly DecodedFrame[]; size: Size } | null;
  cacheFolder: string;
}

/** Level 2 of 6 is twice as fast as the usual 4 and makes files 3 % larger. */
const WEBP = ['-c:v', 'libwebp', '-compression_level', '2'];
const QUALITY: Readonly<Record<PreviewImage, string>> = { poster: '80', filmstrip: '72' };

/** The last words of an encoder, in characters. */
const MOST_WORDS = 500;

/**
 * Writes the images under a new name, both or none, with one child.
 * @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY, CANCELLED; DISK_FULL, INTERNAL where they cannot be written;
 *   NodeJS.ErrnoException of the cache's folder
 */
export async function encodeImages(
  order: ImageOrder,
  tool: PreviewTool,
): Promise<{ token: string; bytes: number }> {
  const token = randomBytes(16).toString('hex');
  const images: PreviewImage[] = order.filmstrip ? ['poster', 'filmstrip'] : ['poster'];
  const written = images.map((image) => {
    const path = join(order.cacheFolder, previewFile(token, image));
    return { image, path, unfinished: `${path}.part` };
  });
  await mkdir(dirname(join(order.cacheFolder, previewFile(token, 'poster'))), { recursive: true });
  try {
    await encode(order, (image) => written.find((one) => one.image === image)?.unfinished, tool);
    let bytes = 0;
    for (const { path, unfinished } of written) {
      bytes += (await stat(unfinished)).size;
      await rename(unfinished, path);
    }
    return { token, bytes };
  } catch (thrown) {
    for (const { path, unfinished } of written) {
      await rm(unfinished, { force: true });
      await rm(path, { force: true });
    }
    throw thrown;
  }
}

async function encode(
  { size, poster, filmstrip }: ImageOrder,
  pathOf: (image: PreviewImage) => string | undefined,
  { ffmpegPath, limits, guard, signal }: PreviewTool,
): Promise<void> {
  const strip = filmstrip?.frames ?? [];
  const output = (image: PreviewImage, filters: readonly string[]) => [
    ...['-map', '0:v', '-vf', filters.join(','), '-frames:v', '1', ...WEBP],
    ...['-quality', QUALITY[image], '-f', 'webp', `file:${pathOf(image)}`],
  ];
  let words = '';
  const end = await runTool(
    {
      toolPath: ffmpegPath,
      arguments: [
        ...['-hide_banner', '-nostats', '-v', 'error', '-threads', '1'],
        ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${size.width}x${size.height}`],
        ...['-i', 'pipe:0'],
        ...output('poster', ['trim=end_frame=1']),
        ...(filmstrip ? output('filmstrip', spriteFilters(strip.length, filmstrip.size)) : []),
      ],
      descriptor: null,
      input: [poster, ...strip].map(({ pixels }) => pixels),
      priority: PREVIEW_PRIORITY,
      onOutput: () => undefined,
      onErrorOutput: (chunk) => {
        words = `${words}${chunk}`.slice(-MOST_WORDS);
      },
    },
    limits,
    guard,
    signal,
  );
  if (end.kind !== 'exited' || end.code !== 0) throw notWritten(end, words);
}

/** The first picture is the poster. */
function spriteFilters(count: number, { width, height }: Size): string[] {
  return [
    'trim=start_frame=1',
    `scale=${width}:${height}:flags=area`,
    `tile=${Math.min(COLUMNS, count)}x${Math.ceil(count / COLUMNS)}`,
  ];
}

function notWritten(end: RunEnd, words: string): VitrineError {
  if (words.includes('No space left')) {
    return new VitrineError('DISK_FULL', 'There is no room left for previews.');
  }
  return new VitrineError(
    wasInterrupted(end) ? 'SYSTEM_BUSY' : 'INTERNAL',
    `The preview could not be written (${end.kind}). ${words}`,
  );
}
