import fc from 'fast-check';
import {
  FACETS,
  type Facet,
  type FacetValue,
  type SortKey,
  type VideoQuery,
  type VideoScope,
} from '../../shared/video-query';
import { fold } from '../fold';
import { nameKey, pathKey } from '../name-key';
import { RECENT_MS } from '../video-filter';

export const NOW = 1_800_000_000_000;
export const ROOTS = ['/films', '/more'] as const;
export const FOLDERS = ['', 'Été', 'b 10/deep', 'b 9'] as const;

/** A video as a person would describe it; the model sorts and filters these by plain JavaScript. */
export interface ModelVideo {
  root: number;
  folder: number;
  name: string;
  sizeBytes: number;
  mtimeMs: number;
  addedAt: number;
  state: 'ok' | 'unreadable' | 'missing';
  dismissed: boolean;
  container: string | null;
  videoCodec: string | null;
  audioCodec: string | null;
  size: readonly [number, number] | null;
  frameRate: number | null;
  durationUs: number | null;
  bitRate: number | null;
  hdr: string | null;
  bitDepth: number | null;
  rotation: number | null;
  audioChannels: number | null;
}

const maybe = <T>(...values: T[]) => fc.constantFrom<T | null>(null, null, ...values);

export const modelVideo: fc.Arbitrary<ModelVideo> = fc.record({
  root: fc.constantFrom(0, 1),
  folder: fc.nat(FOLDERS.length - 1),
  name: fc
    .tuple(fc.constantFrom('Clip', 'École', 'straße', '東京'), fc.nat(12))
    .map(([word, number]) => `${word} ${number}.mp4`),
  sizeBytes: fc.nat(3),
  mtimeMs: fc.nat(3),
  addedAt: fc.constantFrom(NOW, NOW - RECENT_MS, NOW - RECENT_MS - 1),
  state: fc.constantFrom('ok', 'ok', 'unreadable', 'missing'),
  dismissed: fc.boolean(),
  container: maybe('mp4', 'matroska'),
  videoCodec: maybe('h264', 'hevc'),
  audioCodec: maybe('aac'),
  size: maybe([1920, 1080], [800, 1920], [3840, 1600], [640, 480], [1440, 1080]),
  frameRate: maybe(24000 / 1001, 25, 59.94),
  durationUs: maybe(0, 59_999_999, 60_000_000, 4_000_000_000),
  bitRate: maybe(1, 2),
  hdr: maybe('hdr10'),
  bitDepth: maybe(8, 10),
  rotation: maybe(0, 90),
  audioChannels: maybe(2),
});

function linesOf([width, height]: readonly [number, number]): number {
  return Math.max(Math.min(width, height), Math.floor((Math.max(width, height) * 9) / 16));
}

const atLeast = (classes: readonly number[], value: number) =>
  classes.findLast((least) => value >= least) ?? null;

export const FACET_OF: Record<Facet, (video: ModelVideo) => FacetValue> = {
  state: ({ state }) => state,
  root: ({ root }) => root + 1,
  container: ({ container }) => container,
  videoCodec: ({ videoCodec }) => videoCodec,
  audioCodec: ({ audioCodec }) => audioCodec,
  resolution: ({ size }) => {
    const lines = [480, 720, 1080, 1440, 2160, 4320];
    const least = [0, 650, 1000, 1300, 2000, 4000];
    return size && (lines[least.indexOf(atLeast(least, linesOf(size)) ?? 0)] ?? null);
  },
  frameRate: ({ frameRate }) => frameRate && Math.round(frameRate),
  duration: ({ durationUs }) =>
    durationUs === null ? null : atLeast([0, 60, 600, 3600], durationUs / 1_000_000),
  hdr: ({ hdr }) => hdr,
  bitDepth: ({ bitDepth }) => bitDepth,
  rotation: ({ rotation }) => rotation,
  audioChannels: ({ audioChannels }) => audioChannels,
};

type Key = (video: ModelVideo) => (string | number | null)[];
const SORT_BY: Record<SortKey, Key> = {
  name: ({ name }) => [nameKey(name)],
  folder: ({ root, folder, name }) => [
    pathKey(`${ROOTS[root]}/${FOLDERS[folder]}`.replace(/\/$/, '')),
    nameKey(name),
  ],
  added: ({ addedAt }) => [addedAt],
  modified: ({ mtimeMs }) => [mtimeMs],
  duration: ({ durationUs }) => [durationUs],
  size: ({ sizeBytes }) => [sizeBytes],
  resolution: ({ size }) => [size && size[0] * size[1]],
  frameRate: ({ frameRate }) => [frameRate],
  bitRate: ({ bitRate }) => [bitRate],
  videoCodec: ({ videoCodec }) => [videoCodec],
};

/** The library as plain objects by ID. */
export class LibraryModel {
  readonly videos: Map<number, ModelVideo>;
  readonly removedRoots: Set<number>;

  constructor(videos: Iterable<[number, ModelVideo]> = [], removedRoots: Iterable<number> = []) {
    this.videos = new Map(videos);
    this.removedRoots = new Set(removedRoots);
  }

  copy(): LibraryModel {
    return new LibraryModel(this.videos, this.removedRoots);
  }

  /** Scope, search and filters but one. */
  matching(query: VideoQuery, without?: Facet): [number, ModelVideo][] {
    return [...this.videos].filter(([, one]) => this.#matches(one, query, without));
  }

  sortedIds(query: VideoQuery): number[] {
    const key = SORT_BY[query.sort];
    const sign = query.descending ? -1 : 1;
    const compare = (
      [leftId, left]: [number, ModelVideo],
      [rightId, right]: [number, ModelVideo],
    ) => {
      const [lefts, rights] = [key(left), key(right)];
      if ((lefts[0] === null) !== (rights[0] === null)) return lefts[0] === null ? 1 : -1;
      for (const [index, value] of lefts.entries()) {
        const other = rights[index] ?? null;
        if (value !== other && value !== null && other !== null)
          return value < other ? -sign : sign;
      }
      return (leftId - rightId) * sign;
    };
    return this.matching(query)
      .toSorted(compare)
      .map(([id]) => id);
  }

  #matches(one: ModelVideo, { scope, search, filters = {} }: VideoQuery, without?: Facet): boolean {
    if (this.removedRoots.has(one.root)) return false;
    const text = [fold(one.name), fold(FOLDERS[one.folder] ?? '')];
    const words = fold(search).split(/\s+/).filter(Boolean);
    return (
      inScope(one, scope) &&
      words.every((word) => text.some((part) => part.includes(word))) &&
      FACETS.every(
        (facet) => facet === without || (filters[facet]?.includes(FACET_OF[facet](one)) ?? true),
      )
    );
  }
}

function inScope(one: ModelVideo, scope: VideoScope): boolean {
  switch (scope.type) {
    case 'all':
      return true;
    case 'recent':
      return one.addedAt >= NOW - RECENT_MS;
    case 'problems':
      return one.state === 'unreadable' && !one.dismissed;
    case 'missing':
      return one.state === 'missing';
    case 'root':
      return one.root + 1 === scope.rootId;
  }
}
