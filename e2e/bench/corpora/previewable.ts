import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { appendFile, copyFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { promisify } from 'node:util';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import type { TimedClip } from '../baselines/plain-ffmpeg';
import { age } from './corpus';

const run = promisify(execFile);

interface Shape {
  name: string;
  seconds: number;
  width: number;
  height: number;
  codecs: string;
}

const H264 = '-c:v libx264 -preset ultrafast';

/** Clips as people have them, with key frames as cameras, phones and web sites set them. */
const SHAPES: readonly Shape[] = [
  { name: 'phone.mp4', seconds: 12, width: 1920, height: 1080, codecs: `${H264} -g 30` },
  { name: 'phone long.mov', seconds: 45, width: 1920, height: 1080, codecs: `${H264} -g 30` },
  { name: 'camera 4K.mp4', seconds: 8, width: 3840, height: 2160, codecs: `${H264} -g 12` },
  {
    name: 'phone hevc.mov',
    seconds: 20,
    width: 1920,
    height: 1080,
    codecs: '-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=30 -tag:v hvc1',
  },
  { name: 'web.mp4', seconds: 90, width: 1280, height: 720, codecs: `${H264} -g 250` },
  { name: 'film.mkv', seconds: 400, width: 640, height: 360, codecs: `${H264} -g 250` },
  { name: 'camcorder.mts', seconds: 40, width: 1920, height: 1080, codecs: `${H264} -g 15` },
  { name: 'old.avi', seconds: 60, width: 640, height: 480, codecs: '-c:v mpeg4 -q:v 4 -g 300' },
  { name: 'edit.mov', seconds: 10, width: 1280, height: 720, codecs: '-c:v prores_ks' },
  {
    name: 'web.webm',
    seconds: 30,
    width: 1280,
    height: 720,
    codecs: '-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 1M -g 128',
  },
];

/** Something moves everywhere, and grain as a sensor has it: so that decoders have as much to do as with real films. */
const picture = ({ width, height, seconds }: Shape) =>
  `testsrc2=size=${width}x${height}:rate=25:duration=${seconds},noise=alls=5:allf=t,format=yuv420p`;

/**
 * @param mostKinds of the kinds of clips, so many at most
 * @returns a folder of clips, all different, and what is in it
 */
export async function previewableClips(
  place: string,
  mostKinds: number,
): Promise<{ folder: string; clips: TimedClip[] }> {
  const folder = join(place, 'previewable');
  mkdirSync(folder);
  const clips: TimedClip[] = [];
  const step = Math.ceil(SHAPES.length / mostKinds);
  for (const shape of SHAPES.filter((_shape, index) => index % step === 0)) {
    const path = join(folder, shape.name);
    const muxer = extname(path) === '.mts' ? ['-f', 'mpegts'] : [];
    const input = ['-f', 'lavfi', '-i', picture(shape)];
    const output = [...shape.codecs.split(' '), ...muxer, `file:${path}`];
    await run(ffmpeg.path, ['-v', 'error', '-nostdin', '-y', ...input, ...output]);
    clips.push({ path, seconds: shape.seconds });
  }
  age(folder);
  return { folder, clips };
}

/** Fills a new folder with copies of clips, so many of each, that differ in what stands behind their end. */
export async function copiesOf(
  clips: readonly TimedClip[],
  count: number,
  folder: string,
): Promise<string> {
  mkdirSync(folder);
  for (const { path } of clips) {
    for (let copy = 0; copy < count; copy++) {
      const target = join(folder, `${copy} ${basename(path)}`);
      await copyFile(path, target);
      await appendFile(target, Buffer.from([0, 0, 0, 9, ...Buffer.from('free'), copy]));
    }
  }
  age(folder);
  return folder;
}
