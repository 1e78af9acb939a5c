import fc from 'fast-check';
import { parseQuery } from '../../shared/query/parse';
import {
  FACETS,
  type Facet,
  type SortKey,
  type VideoQuery,
  type VideoScope,
} from '../../shared/video-query';
import { nameKey, pathKey } from '../name-key';
import { RECENT_MS } from '../video-filter';
import { matchesQuery } from './query-model';
import { type KnownVideo, VALUES_OF } from './values-of';

export const NOW = 1_800_000_000_000;
export const ROOTS = ['/films', '/more'] as const;
export const FOLDERS = ['', 'Été', 'b 10/deep', 'b 9'] as const;

export const VOLUMES = ['Archive', null] as const;
export const TAGS = ['beach', 'b 1', 'Été'] as const;
export const COLLECTIONS = ['Best of', 'best of', 'Rest'] as const;

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
  variableFrameRate: boolean | null;
  recordedAt: number | null;
  /** Null and empty both mean that the file does not say which. */
  languages: readonly (string | null)[];
  subtitles: readonly (string | null)[];
  camera: { make: string | null; model: string | null } | null;
  /** Numbers of {@link TAGS} and {@link COLLECTIONS}. */
  tags: readonly number[];
  collections: readonly number[];
  rating: number | null;
  label: string | null;
  favourite: boolean;
  note: string | null;
  /** Equal for equal contents; null: not known. */
  content: number | null;
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
  variableFrameRate: maybe(true, false),
  recordedAt: maybe(new Date(2023, 4, 17).getTime(), new Date(2024, 0, 1).getTime(), -1),
  languages: fc.subarray(['eng', 'en-GB', 'ger', null, 'qqq']),
  subtitles: fc.subarray(['fre', null]),
  camera: maybe(
    { make: 'Canon', model: 'Canon R5' },
    { make: 'Sony', model: 'A7' },
    { make: null, model: 'X-1' },
  ),
  tags: fc.subarray([...TAGS.keys()]),
  collections: fc.subarray([...COLLECTIONS.keys()]),
  rating: maybe(0, 3, 5),
  label: maybe('Red', 'green'),
  favourite: fc.boolean(),
  note: maybe('At dawn, on the beach', 'Clip of the café', ''),
  content: maybe(1, 2),
});

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
  readonly offlineRoots: Set<number>;
  readonly tagNames: string[];

  constructor(from?: LibraryModel) {
    this.videos = new Map(from?.videos);
    this.removedRoots = new Set(from?.removedRoots);
    this.offlineRoots = new Set(from?.offlineRoots);
    this.tagNames = [...(from?.tagNames ?? TAGS)];
  }

  copy(): LibraryModel {
    return new LibraryModel(this);
  }

  /** Scope, search and filters, without what chooses values of one facet. */
  matching(query: VideoQuery, without?: Facet): KnownVideo[] {
    const search = parseQuery(query.search).node;
    return this.#known().filter(
      (one) =>
        !this.removedRoots.has(one.root) &&
        inScope(one, query.scope) &&
        matchesQuery(search, one, without) &&
        matchesFilters(query.filters, one, without),
    );
  }

  sortedIds(query: VideoQuery): number[] {
    const key = SORT_BY[query.sort];
    const sign = query.descending ? -1 : 1;
    const compare = (left: KnownVideo, right: KnownVideo) => {
      const [lefts, rights] = [key(left), key(right)];
      if ((lefts[0] === null) !== (rights[0] === null)) return lefts[0] === null ? 1 : -1;
      for (const [index, value] of lefts.entries()) {
        const other = rights[index] ?? null;
        if (value !== other && value !== null && other !== null)
          return value < other ? -sign : sign;
      }
      return (left.id - right.id) * sign;
    };
    return this.matching(query)
      .toSorted(compare)
      .map(({ id }) => id);
  }

  /** With what follows from the rest of the library. */
  #known(): KnownVideo[] {
    const there = [...this.videos].filter(
      ([, { root, state }]) => !this.removedRoots.has(root) && state !== 'missing',
    );
    return [...this.videos].map(([id, one]) => ({
      ...one,
      id,
      tagNames: one.tags.map((tag) => this.tagNames[tag] ?? ''),
      isOffline: this.offlineRoots.has(one.root),
      hasDuplicate:
        one.content !== null &&
        there.some(
          ([otherId, other]) =>
            otherId !== id && other.content === one.content && other.sizeBytes === one.sizeBytes,
        ),
    }));
  }
}

function matchesFilters(
  filters: VideoQuery['filters'] = {},
  one: KnownVideo,
  without: Facet | undefined,
): boolean {
  return FACETS.every((facet) => {
    const wanted = filters[facet];
    return (
      facet === without || !wanted || VALUES_OF[facet](one).some((value) => wanted.includes(value))
    );
  });
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
