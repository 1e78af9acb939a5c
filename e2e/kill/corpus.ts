import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { clip } from '../fixtures/clips';
import type { ClipKind } from '../fixtures/media-factory';

/** Real clips whose container takes a piece of padding at its end. */
const KINDS = [
  ['mp4-h264-aac', 'mp4'],
  ['mkv-h264-ac3', 'mkv'],
  ['mov-h264-rotated', 'mov'],
  ['webm-vp8-vorbis', 'webm'],
  ['mp4-mpeg4-mp3', 'mp4'],
] as const satisfies readonly (readonly [ClipKind, string])[];

const FILES = 200;
const FILES_A_CARD = 20;
/** Every so many files, one that is no video, and one without a byte. */
const BROKEN_EVERY = 27;
const EMPTY_EVERY = 37;
const NEW_FILES = 30;
const FIRST_MTIME_S = 1_600_000_000;
const LATER_MTIME_S = FIRST_MTIME_S + 86_400;

/**
 * Fills a folder with small files. Folders that are made with different keys look alike to a scan, but no two of their
 * files have the same content.
 */
export function fillFolder(folder: string, key: string): void {
  for (let index = 0; index < FILES; index++) {
    write(join(folder, nameOf(index)), contentOf(index, `${key}/${index}`), FIRST_MTIME_S + index);
  }
}

/**
 * What happens to it before it is scanned again: files change, break, get mended, move, go and come. Fewer than 50 are
 * not where they were, so that nobody is asked whether they are gone.
 */
export function changeFolder(folder: string, key: string): void {
  for (let index = 0; index < FILES; index++) {
    const path = join(folder, nameOf(index));
    const later = LATER_MTIME_S + index;
    switch (index % 20) {
      case 0:
      case 10:
        write(path, contentOf(index, `${key}/${index}/edited`), later);
        break;
      case 1:
      case 2:
      case 11:
      case 12:
        utimesSync(path, later, later);
        break;
      case 3:
        rmSync(path);
        break;
      case 4:
        write(path, noVideo(`${key}/${index}`), later);
        break;
      case 5:
        renameSync(path, join(dirname(path), `renamed ${index}.${kindOf(index)[1]}`));
        break;
      case 6:
        write(path, video(index, `${key}/${index}/mended`), later);
        break;
      case 7:
        mkdirSync(join(folder, 'sorted'), { recursive: true });
        renameSync(path, join(folder, 'sorted', `clip ${index}.${kindOf(index)[1]}`));
        break;
    }
  }
  renameSync(join(folder, cardOf(FILES - 1)), join(folder, 'card of the trip'));
  for (let index = FILES; index < FILES + NEW_FILES; index++) {
    write(join(folder, nameOf(index)), contentOf(index, `${key}/${index}`), LATER_MTIME_S + index);
  }
}

function cardOf(index: number): string {
  return `card ${Math.floor(index / FILES_A_CARD)}`;
}

function nameOf(index: number): string {
  return `${cardOf(index)}/clip ${String(index).padStart(3, '0')}.${kindOf(index)[1]}`;
}

function kindOf(index: number): (typeof KINDS)[number] {
  return KINDS[index % KINDS.length] ?? KINDS[0];
}

function contentOf(index: number, key: string): Buffer {
  if (index % BROKEN_EVERY === BROKEN_EVERY - 1) return noVideo(key);
  if (index % EMPTY_EVERY === EMPTY_EVERY - 1) return Buffer.alloc(0);
  return video(index, key);
}

const noVideo = (key: string) =>
  Buffer.alloc(4_000, `No video at all: ${digest(key).toString('hex')}\n`);

/** A clip with padding that makes it the only one of its content: a `free` box, or an EBML `Void` element. */
function video(index: number, key: string): Buffer {
  const [kind, extension] = kindOf(index);
  const mark = digest(key);
  const head = ['mkv', 'webm'].includes(extension)
    ? Buffer.from([0xec, 0x80 | mark.length])
    : Buffer.concat([Buffer.from([0, 0, 0, 8 + mark.length]), Buffer.from('free')]);
  return Buffer.concat([clipBytes(kind), head, mark]);
}

const bytesOfClips = new Map<ClipKind, Buffer>();

function clipBytes(kind: ClipKind): Buffer {
  const bytes = bytesOfClips.get(kind) ?? readFileSync(clip(kind));
  bytesOfClips.set(kind, bytes);
  return bytes;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function write(path: string, content: Buffer, mtimeSeconds: number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  utimesSync(path, mtimeSeconds, mtimeSeconds);
}
