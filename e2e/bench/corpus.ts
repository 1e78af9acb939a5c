import { linkSync, mkdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { clip } from '../fixtures/clips';
import type { ClipKind } from '../fixtures/media-factory';

/** What a mixed private library looks like: mostly phones and cameras, some old and some downloaded files. */
const MIX: ClipKind[] = [
  'mp4-h264-aac',
  'mp4-h264-aac',
  'mp4-h264-aac',
  'mp4-hevc-aac',
  'mov-h264-rotated',
  'mkv-h264-ac3',
  'mkv-vp9-opus',
  'mts-h264-ac3',
  'avi-mpeg4-mp3',
  'webm-vp9-opus',
];
const FILES_A_FOLDER = 40;

/** `count` hard links to real clips, 40 to a folder: the disk holds each clip once, the scan sees every file. */
export function makeCorpus(folder: string, count: number): string[] {
  const files: string[] = [];
  for (let index = 0; index < count; index++) {
    const source = clip(MIX[index % MIX.length] as ClipKind);
    const parent = join(
      folder,
      `folder ${String(Math.floor(index / FILES_A_FOLDER)).padStart(5, '0')}`,
    );
    if (index % FILES_A_FOLDER === 0) mkdirSync(parent, { recursive: true });
    const file = join(parent, `clip ${String(index).padStart(6, '0')}${extname(source)}`);
    linkSync(source, file);
    files.push(file);
  }
  return files;
}
