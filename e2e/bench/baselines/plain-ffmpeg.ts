import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { toolEnvironment } from '../../../src/media/children/tool-input';
import { type Effort, effortOf } from './ffprobe';

const run = promisify(execFile);

/** What {@link framesOneByOne} runs, in short. */
export const PLAIN_FFMPEG_WORDS =
  'ffmpeg -ss <time> -i <file> -frames:v 1 -vf scale <picture>.webp';

/** A clip to take pictures of. */
export interface TimedClip {
  path: string;
  seconds: number;
}

/**
 * Takes pictures as other programs of this kind do: one plain ffmpeg call a picture, one after the other, with the
 * executable that the app uses.
 * @param frames pictures of each clip, evenly over its length
 * @param box what a picture must fit into
 */
export function framesOneByOne(
  clips: readonly TimedClip[],
  {
    frames,
    box,
    folder,
  }: { frames: number; box: { width: number; height: number }; folder: string },
): Promise<Effort> {
  const { width, height } = box;
  const scale = `scale=${width}:${height}:force_original_aspect_ratio=decrease`;
  return effortOf(async () => {
    for (const { path, seconds } of clips) {
      for (let frame = 0; frame < frames; frame += 1) {
        const time = (((frame + 0.5) * seconds) / frames).toFixed(3);
        const picture = join(folder, `${frame}.webp`);
        await run(
          ffmpeg.path,
          [
            ...words('-v error -nostdin -y -ss'),
            time,
            '-i',
            path,
            '-frames:v',
            '1',
            '-vf',
            scale,
            picture,
          ],
          { env: toolEnvironment(process.env) },
        );
      }
    }
  });
}

function words(text: string): string[] {
  return text.split(' ');
}
