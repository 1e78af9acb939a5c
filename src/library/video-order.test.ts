import { describe, expect, it } from 'vitest';
import type { VideoSummary } from '../shared/media';
import { EVERYTHING, SORT_KEYS, type SortKey, type VideoQuery } from '../shared/video-query';
import { nameKey, pathKey } from './name-key';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import { type Disk, probed, ROOT, scanDisk } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

const COUNT = 5000;
const CODECS = ['h264', 'hevc', 'av1', null];

/** Names, folders and facts in a fixed disorder, with many ties and unknown values. */
function disorderlyDisk(): Disk {
  return Object.fromEntries(
    Array.from({ length: COUNT }, (_, index) => {
      const number = (index * 2741) % COUNT;
      const folder = ['', 'b/', 'a/', 'a/deep/', 'B 10/', 'B 9/'][number % 6];
      const sizeBytes = 1000 + (number % 37);
      return [`${folder}Clip ${number % 900} ${index}.mp4`, { sizeBytes, mtimeMs: number % 101 }];
    }),
  );
}

async function scanDisorder(library: TestLibrary): Promise<void> {
  await scanDisk(library, disorderlyDisk(), {
    prober: ({ videoId }) =>
      probed({
        durationUs: videoId % 5 === 0 ? null : (videoId * 7919) % 61,
        width: videoId % 7 === 0 ? null : 640 + (videoId % 3) * 640,
        height: 480,
        frameRate: videoId % 4 === 0 ? null : (['24000/1001', '25/1', '50/2'][videoId % 3] ?? null),
        bitRate: videoId % 6 === 0 ? null : (videoId * 31) % 997,
        videoCodec: CODECS[videoId % 4] ?? null,
      }),
  });
}

type Key = (video: VideoSummary) => (string | number | null)[];

function rateOf({ frameRate }: VideoSummary): number | null {
  const [numerator = 0, denominator = 1] = frameRate?.split('/').map(Number) ?? [];
  return frameRate === null ? null : numerator / denominator;
}

const KEYS: Record<SortKey, Key> = {
  name: ({ name }) => [nameKey(name)],
  folder: ({ folder, name }) => [pathKey(folder ? `${ROOT}/${folder}` : ROOT), nameKey(name)],
  added: ({ addedAtMs }) => [addedAtMs],
  modified: ({ mtimeMs }) => [mtimeMs],
  duration: ({ durationSeconds }) => [durationSeconds],
  size: ({ sizeBytes }) => [sizeBytes],
  resolution: ({ width, height }) => [width === null || height === null ? null : width * height],
  frameRate: (video) => [rateOf(video)],
  bitRate: ({ bitRate }) => [bitRate],
  videoCodec: ({ videoCodec }) => [videoCodec],
};

/** Unknown last in both directions, ties by ID in the direction of the order. */
function sortedIds(videos: VideoSummary[], { sort, descending }: VideoQuery): number[] {
  const sign = descending ? -1 : 1;
  const isUnknown = (video: VideoSummary) => KEYS[sort](video)[0] === null;
  const compare = (left: VideoSummary, right: VideoSummary): number => {
    if (isUnknown(left) !== isUnknown(right)) return isUnknown(left) ? 1 : -1;
    const rights = KEYS[sort](right);
    for (const [index, value] of KEYS[sort](left).entries()) {
      const other = rights[index] ?? null;
      if (value === other || value === null || other === null) continue;
      return value < other ? -sign : sign;
    }
    return (left.id - right.id) * sign;
  };
  return videos.toSorted(compare).map(({ id }) => id);
}

async function idsByKeyset({ library }: TestLibrary, query: VideoQuery, limit: number) {
  const videos: VideoSummary[] = [];
  let after: string | null = null;
  do {
    const page: { videos: VideoSummary[]; next: string | null } = await library.call('scanVideos', {
      query,
      after,
      limit,
    });
    videos.push(...page.videos);
    after = page.next;
  } while (after !== null);
  return videos;
}

async function idsByIndex({ library }: TestLibrary, query: VideoQuery, limit: number) {
  const ids: number[] = [];
  for (let index = 0; ; index += limit) {
    const { videos, total } = await library.call('pageVideos', { query, index, limit });
    ids.push(...videos.map(({ id }) => id));
    if (index + limit >= total) return { ids, total };
  }
}

describe('5,000 videos', () => {
  it('come in the right order by every key, in both directions, by keyset and by index', async () => {
    const library = await openLibrary();
    await scanDisorder(library);
    const all = await idsByKeyset(library, EVERYTHING, 500);
    expect(new Set(all.map(({ id }) => id)).size).toBe(COUNT);
    for (const sort of SORT_KEYS) {
      for (const descending of [false, true]) {
        const query: VideoQuery = { ...EVERYTHING, sort, descending };
        const expected = sortedIds(all, query);
        const byKeyset = await idsByKeyset(library, query, 333);
        expect([sort, descending, byKeyset.map(({ id }) => id)]).toEqual([
          sort,
          descending,
          expected,
        ]);
        const { ids, total } = await idsByIndex(library, query, 500);
        expect([sort, descending, total, ids]).toEqual([sort, descending, COUNT, expected]);
      }
    }
  });

  it('can be looked at anywhere in their order', async () => {
    const library = await openLibrary();
    await scanDisorder(library);
    const query: VideoQuery = { ...EVERYTHING, sort: 'size', descending: true };
    const { ids } = await idsByIndex(library, query, 500);
    for (const index of [0, 1234, COUNT - 3, COUNT, COUNT * 2]) {
      const { videos, total } = await library.library.call('pageVideos', {
        query,
        index,
        limit: 50,
      });
      expect([total, videos.map(({ id }) => id)]).toEqual([COUNT, ids.slice(index, index + 50)]);
    }
  });
});
