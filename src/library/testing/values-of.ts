import type { Facet, FacetValue } from '../../shared/video-query';
import { COLLECTIONS, type ModelVideo, VOLUMES } from './library-model';

/** A video with what follows from others and from its folder. */
export interface KnownVideo extends ModelVideo {
  id: number;
  tagNames: readonly string[];
  isOffline: boolean;
  hasDuplicate: boolean;
}

function linesOf([width, height]: readonly [number, number]): number {
  return Math.max(Math.min(width, height), Math.floor((Math.max(width, height) * 9) / 16));
}

const atLeast = (classes: readonly number[], value: number) =>
  classes.findLast((least) => value >= least) ?? null;

const YEAR_OF = (time: number | null) => (time === null ? null : new Date(time).getFullYear());

/** The languages of the fixtures, in the one spelling. */
const LANGUAGE_CODES: Readonly<Record<string, string>> = {
  eng: 'en',
  'en-GB': 'en',
  ger: 'de',
  fre: 'fr',
};

const codesOf = (languages: readonly (string | null)[]) =>
  languages.map((language) => (language === null ? 'und' : (LANGUAGE_CODES[language] ?? language)));

function stateOf({ state, isOffline }: KnownVideo): string {
  return isOffline && state !== 'missing' ? 'offline' : state;
}

export function cameraOf({ camera }: ModelVideo): string | null {
  if (camera === null) return null;
  return camera.make === 'Canon'
    ? camera.model
    : [camera.make, camera.model].filter(Boolean).join(' ');
}

/** The values of each facet: one, or several, or null for none. */
export const VALUES_OF: Record<Facet, (video: KnownVideo) => FacetValue[]> = {
  state: (video) => [stateOf(video)],
  root: ({ root }) => [root + 1],
  container: ({ container }) => [container],
  videoCodec: ({ videoCodec }) => [videoCodec],
  audioCodec: ({ audioCodec }) => [audioCodec],
  resolution: ({ size }) => {
    const lines = [480, 720, 1080, 1440, 2160, 4320];
    const least = [0, 650, 1000, 1300, 2000, 4000];
    return [size && (lines[least.indexOf(atLeast(least, linesOf(size)) ?? 0)] ?? null)];
  },
  frameRate: ({ frameRate }) => [frameRate && Math.round(frameRate)],
  duration: ({ durationUs }) => [
    durationUs === null ? null : atLeast([0, 60, 600, 3600], durationUs / 1_000_000),
  ],
  hdr: ({ hdr }) => [hdr],
  bitDepth: ({ bitDepth }) => [bitDepth],
  rotation: ({ rotation }) => [rotation],
  audioChannels: ({ audioChannels }) => [audioChannels],
  variableFrameRate: ({ variableFrameRate }) => [
    variableFrameRate === null ? null : Number(variableFrameRate),
  ],
  language: ({ languages }) => distinct(codesOf(languages)),
  subtitles: ({ subtitles }) => distinct(codesOf(subtitles)),
  camera: (video) => [cameraOf(video)],
  tag: ({ tagNames }) => distinct(tagNames),
  rating: ({ rating }) => [rating],
  label: ({ label }) => [label],
  favourite: ({ favourite }) => [Number(favourite)],
  collection: ({ collections }) => distinct(collections.map((one) => COLLECTIONS[one] ?? '')),
  volume: ({ root }) => [VOLUMES[root] ?? null],
  problem: ({ state, dismissed }) => [state === 'unreadable' && !dismissed ? 'NOT_MEDIA' : null],
  duplicate: ({ hasDuplicate }) => [Number(hasDuplicate)],
  addedYear: ({ addedAt }) => [YEAR_OF(addedAt)],
  modifiedYear: ({ mtimeMs }) => [YEAR_OF(mtimeMs)],
  recordedYear: ({ recordedAt }) => [YEAR_OF(recordedAt)],
};

function distinct(values: readonly string[]): FacetValue[] {
  return values.length === 0 ? [null] : [...new Set(values)];
}
