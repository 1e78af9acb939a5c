import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { clip } from '../../fixtures/clips';
import {
  garbageAfter,
  randomBytes,
  truncations,
  withComment,
  withTracks,
  writeSparse,
} from '../../fixtures/hostile/damaged-clips';
import { withIndexFirst } from '../../fixtures/hostile/iso-boxes';
import { referringMovies, referringScripts } from '../../fixtures/hostile/references';
import { CLIP_KINDS, type ClipKind } from '../../fixtures/media-factory';
import { age, type Corpus, linkedCorpus, padded } from './corpus';

const FILES_A_FOLDER = 25;
const HUGE_BYTES = 5 * 1024 ** 3;
/** What the referring files point to: nothing, since nobody is to follow them. */
const NOWHERE = { secret: '/nonexistent/secret', address: 'http://127.0.0.1:9' };

type Put = (name: string, content: Uint8Array | string) => void;

/** Every container that the tests know, and about as many broken and hostile files. @param place as for the typical one */
export function adversarialCorpus(place: string, count: number): Corpus {
  const sources = adversarialSources(join(place, 'adversarial sources'));
  return linkedCorpus(join(place, 'adversarial'), sources, count, (index) => {
    const folder = padded(Math.floor(index / FILES_A_FOLDER), 3);
    return `folder ${folder}/file ${padded(index, 4)}`;
  });
}

function adversarialSources(folder: string): string[] {
  mkdirSync(folder);
  const paths: string[] = [];
  const path = (name: string) => {
    const whole = join(folder, name);
    paths.push(whole);
    return whole;
  };
  const put: Put = (name, content) => writeFileSync(path(name), content);
  for (const kind of CLIP_KINDS) copyFileSync(clip(kind), path(basename(clip(kind))));
  putCut(put);
  putNoise(put);
  const mp4 = readFileSync(clip('mp4-h264-aac'));
  put('wordy.mp4', withComment(mp4, 'word '.repeat(100_000)));
  put('many streams.mp4', withTracks(mp4, 500));
  putAll(put, referringScripts(NOWHERE));
  putAll(put, referringMovies(mp4, NOWHERE));
  writeSparse(path('huge.mp4'), mp4, HUGE_BYTES);
  writeSparse(path('huge.mkv'), readFileSync(clip('mkv-h264-ac3')), HUGE_BYTES);
  writeSparse(path('zeros.mp4'), new Uint8Array(), HUGE_BYTES);
  age(folder);
  return paths;
}

function putCut(put: Put): void {
  const whole = {
    'index last.mp4': readFileSync(clip('mp4-h264-aac')),
    'index first.mp4': withIndexFirst(readFileSync(clip('mp4-h264-aac'))),
    'cut.mkv': readFileSync(clip('mkv-h264-ac3')),
    'cut.ts': readFileSync(clip('ts-h264-aac')),
    'cut.avi': readFileSync(clip('avi-mpeg4-mp3')),
  };
  for (const [name, content] of Object.entries(whole)) {
    for (const [percent, bytes] of truncations(content)) put(`${percent} ${name}`, bytes);
  }
}

function putNoise(put: Put): void {
  put('empty.mp4', '');
  for (const extension of ['mp4', 'mkv', 'avi', 'mpg']) {
    put(`noise.${extension}`, randomBytes(40_000));
  }
  const kinds: ClipKind[] = ['mp4-h264-aac', 'mkv-h264-ac3', 'ts-h264-aac', 'avi-mpeg4-mp3'];
  for (const kind of kinds) {
    for (const bytes of [1100, 4000]) {
      put(
        `noise after ${bytes} ${basename(clip(kind))}`,
        garbageAfter(readFileSync(clip(kind)), bytes),
      );
    }
  }
}

function putAll(put: Put, files: Record<string, Uint8Array | string>): void {
  for (const [name, content] of Object.entries(files)) put(name, content);
}
