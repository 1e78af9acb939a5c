import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { concurrently } from '../../fixtures/concurrently';
import { type ClipKind, clipExtension, createClip } from '../../fixtures/media-factory';
import { age, type Corpus, linkedCorpus, padded } from './corpus';

const FILES_A_FOLDER = 40;
const SECONDS = 3;
/** Folders at the top of the deep corpus, all with about as many files. */
export const DEEP_YEARS = 25;

const SD = { width: 640, height: 480 };
const HD = { width: 1280, height: 720 };
const FULL_HD = { width: 1920, height: 1080 };

/** What a private library looks like, in per cent: phones and cameras above all, some old and some downloaded files. */
const SHARES: readonly [percent: number, kind: ClipKind, size: typeof HD][] = [
  [14, 'mp4-h264-aac', SD],
  [16, 'mp4-h264-aac', HD],
  [16, 'mp4-h264-aac', FULL_HD],
  [6, 'mp4-hevc-aac', HD],
  [8, 'mp4-hevc-aac', FULL_HD],
  [4, 'm4v-h264-aac', HD],
  [3, 'mp4-silent', SD],
  [3, 'mp4-mpeg4-mp3', SD],
  [8, 'mov-h264-rotated', FULL_HD],
  [2, 'mov-prores-pcm', HD],
  [2, 'mov-mjpeg-pcm', SD],
  [3, 'mkv-h264-ac3', HD],
  [2, 'mkv-h264-ac3', FULL_HD],
  [2, 'mkv-hevc-opus', FULL_HD],
  [1, 'mkv-vp9-opus', HD],
  // The tenth that is neither MP4 nor MOV nor MKV.
  [3, 'mts-h264-ac3', FULL_HD],
  [3, 'avi-mpeg4-mp3', SD],
  [1, 'webm-vp9-opus', SD],
  [1, 'mpg-mpeg1-mp2', SD],
  [1, 'wmv-wmv2-wmav2', SD],
  [1, 'flv-h264-aac', SD],
];

/** 90 per cent MP4, MOV and MKV, 40 files to a folder. @param place where the corpus and its sources go */
export async function typicalCorpus(place: string, count: number): Promise<Corpus> {
  return linkedCorpus(join(place, 'typical'), await typicalSources(place), count, (index) => {
    const folder = padded(Math.floor(index / FILES_A_FOLDER), 3);
    return `folder ${folder}/clip ${padded(index, 4)}`;
  });
}

/** As the typical one, in folders four levels deep: a life of archives. */
export async function deepCorpus(place: string, count: number): Promise<Corpus> {
  return linkedCorpus(join(place, 'deep'), await typicalSources(place), count, (index) => {
    const card = Math.floor(index / FILES_A_FOLDER);
    const year = card % DEEP_YEARS;
    const month = Math.floor(card / DEEP_YEARS) % 12;
    return `${2000 + year}/${padded(month + 1, 2)}/card ${padded(card, 5)}/clip ${padded(index, 6)}`;
  });
}

/** A hundred paths, each clip as often as its share. */
async function typicalSources(place: string): Promise<string[]> {
  const folder = join(place, 'typical sources');
  mkdirSync(folder);
  const clips = SHARES.map(([percent, kind, size], index) => {
    const path = join(folder, `${index}.${clipExtension(kind)}`);
    return { percent, kind, size, path };
  });
  await concurrently(clips, ({ path, kind, size }) =>
    createClip(path, kind, { seconds: SECONDS, size }),
  );
  age(folder);
  return clips.flatMap(({ percent, path }) => Array.from({ length: percent }, () => path));
}
