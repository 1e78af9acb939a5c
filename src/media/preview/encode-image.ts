import { VitrineError } from '../../shared/errors';
import { MAX_FILMSTRIP_FRAMES, type PreviewImage } from '../../shared/preview';
import { runTool } from '../children/run-tool';
import { type RunEnd, wasInterrupted } from '../children/supervise';
import type { DecodedFrame } from './decoded-frame';
import type { ImageFile } from './image-file';
import type { Size } from './picture-size';
import { PREVIEW_PRIORITY, type PreviewTool } from './preview-tool';

/** Pictures beside each other in a sprite image. */
export const COLUMNS = Math.sqrt(MAX_FILMSTRIP_FRAMES);

/** Level 2 of 6 is twice as fast as the usual 4 and makes files 3 % larger. */
const WEBP = ['-c:v', 'libwebp', '-compression_level', '2'];
const QUALITY: Readonly<Record<PreviewImage, string>> = { poster: '80', filmstrip: '72' };

/** The last words of an encoder, in characters. */
const MOST_WORDS = 500;

/** Options of an ffmpeg output that writes the first picture which it gets as an image of the cache. */
export function imageOutput({ image, unfinishedPath }: ImageFile): string[] {
  return [
    ...['-frames:v', '1', ...WEBP, '-quality', QUALITY[image]],
    ...['-f', 'webp', `file:${unfinishedPath}`],
  ];
}

/**
 * Writes pictures of one size as an image, beside each other where there are several, with one child.
 * @throws VitrineError PROBE_TOOL_MISSING, SYSTEM_BUSY, CANCELLED; DISK_FULL, INTERNAL where it cannot be written
 */
export async function encodeImage(
  frames: readonly DecodedFrame[],
  { width, height }: Size,
  file: ImageFile,
  { ffmpegPath, limits, guard, signal }: PreviewTool,
): Promise<void> {
  const rows = Math.ceil(frames.length / COLUMNS);
  const tiles = `tile=${Math.min(COLUMNS, frames.length)}x${rows}`;
  let words = '';
  const end = await runTool(
    {
      toolPath: ffmpegPath,
      arguments: [
        // What a first try left is written over.
        ...['-hide_banner', '-nostats', '-v', 'error', '-threads', '1', '-y'],
        ...['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-i', 'pipe:0'],
        ...(frames.length > 1 ? ['-vf', tiles] : []),
        ...imageOutput(file),
      ],
      descriptor: null,
      input: frames.map(({ pixels }) => pixels),
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

function notWritten(end: RunEnd, words: string): VitrineError {
  if (words.includes('No space left')) {
    return new VitrineError('DISK_FULL', 'There is no room left for previews.');
  }
  return new VitrineError(
    wasInterrupted(end) ? 'SYSTEM_BUSY' : 'INTERNAL',
    `The preview could not be written (${end.kind}). ${words}`,
  );
}
