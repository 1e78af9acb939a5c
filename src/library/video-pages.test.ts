import { describe, expect, it } from 'vitest';
import { EVERYTHING, type VideoQuery } from '../shared/video-query';
import { libraryFixture } from './testing/library-fixture';
import { type Disk, scanDisk } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

describe('a page', () => {
  it('shows what was just added, taken away or changed', async () => {
    const library = await openLibrary();
    const page = () =>
      library.library.call('pageVideos', { query: EVERYTHING, index: 0, limit: 9 });
    expect((await page()).total).toBe(0);
    await scanDisk(library, { 'a.mp4': {} });
    expect((await page()).videos).toMatchObject([
      { name: 'a.mp4', probeLevel: 'full', state: 'ok' },
    ]);
    await scanDisk(library, { 'b.mp4': {} });
    expect((await page()).videos.map(({ state }) => state)).toEqual(['missing', 'ok']);
  });

  it('is scoped to a root, to recent, broken and missing videos', async () => {
    const today = Date.now();
    let now = today - 31 * 24 * 60 * 60 * 1000;
    const library = await openLibrary({ now: () => now });
    await scanDisk(library, { 'old.mp4': {}, 'gone.mp4': {} });
    now = today;
    await scanDisk(library, { 'old.mp4': {}, 'new.mp4': {}, 'broken.mp4': {} });
    await scanDisk(library, { 'other.mp4': {} }, { path: '/elsewhere' });
    const other = await library.library.call('getVideo', { path: '/elsewhere/other.mp4' });
    const names = async (scope: VideoQuery['scope']) => {
      const query: VideoQuery = { ...EVERYTHING, scope };
      const request = { query, index: 0, limit: 50 };
      const page = await library.library.call('pageVideos', request);
      const keyset = await library.library.call('scanVideos', { query, after: null, limit: 50 });
      expect(keyset.videos).toEqual(page.videos);
      return page.videos.map(({ name }) => name);
    };
    expect(await names({ type: 'all' })).toHaveLength(5);
    expect(await names({ type: 'recent' })).toEqual(['broken.mp4', 'new.mp4', 'other.mp4']);
    expect(await names({ type: 'problems' })).toEqual(['broken.mp4']);
    expect(await names({ type: 'missing' })).toEqual(['gone.mp4']);
    expect(await names({ type: 'root', rootId: other.rootId })).toEqual(['other.mp4']);
    expect(await names({ type: 'root', rootId: 99 })).toEqual([]);
    const { counts, roots } = await library.library.call('summary', null);
    expect(counts).toEqual({ all: 5, recent: 3, problems: 1, missing: 1 });
    expect(
      roots.map(({ name, videoCount, problemCount, missingCount }) => [
        name,
        videoCount,
        problemCount,
        missingCount,
      ]),
    ).toEqual([
      ['films', 4, 1, 1],
      ['elsewhere', 1, 0, 0],
    ]);
  });

  it('refuses a cursor of another order or of nobody', async () => {
    const library = await openLibrary();
    await scanDisk(library, { 'a.mp4': {}, 'b.mp4': {} });
    const { next } = await library.library.call('scanVideos', {
      query: EVERYTHING,
      after: null,
      limit: 1,
    });
    const refused = { code: 'INVALID_REQUEST' };
    const bySize: VideoQuery = { ...EVERYTHING, sort: 'size' };
    for (const [query, after] of [
      [bySize, next],
      [EVERYTHING, 'nonsense'],
      [EVERYTHING, ''],
    ] as const) {
      await expect(
        library.library.call('scanVideos', { query, after, limit: 1 }),
      ).rejects.toMatchObject(refused);
    }
  });
});

describe('a search', () => {
  const DISK: Disk = {
    'École d’été.mp4': {},
    'Straße nach Łódź.mov': {},
    'Wedding/Anna & Bob 01.mkv': {},
    'Wedding/speech.mkv': {},
    'Holidays/100% "fun" (1).mp4': {},
    'Holidays/AND OR NOT.mp4': {},
    'e\u0301tude.mp4': {},
    '東京.mp4': {},
  };

  const CASES: [search: string, found: string[]][] = [
    ['ecole', ['École d’été.mp4']],
    ['ÉCOLE', ['École d’été.mp4']],
    ['étude', ['étude.mp4']],
    ['strasse lodz', ['Straße nach Łódź.mov']],
    ['colé', ['École d’été.mp4']],
    ['wedding', ['Anna & Bob 01.mkv', 'speech.mkv']],
    ['wedding bob', ['Anna & Bob 01.mkv']],
    ['bob holidays', []],
    ['ob', ['Anna & Bob 01.mkv']],
    ['&', ['Anna & Bob 01.mkv']],
    ['01', ['Anna & Bob 01.mkv']],
    ['%', ['100% "fun" (1).mp4']],
    ['_', []],
    ['"fun"', ['100% "fun" (1).mp4']],
    ['"(1)"', ['100% "fun" (1).mp4']],
    ['AND', ['AND OR NOT.mp4']],
    ['"and" "or" "not"', ['AND OR NOT.mp4']],
    ['"and or not"', ['AND OR NOT.mp4']],
    ['name:speech', ['speech.mkv']],
    ['name:wedding', []],
    ['folder:wedding', ['Anna & Bob 01.mkv', 'speech.mkv']],
    ['wedding -bob', ['speech.mkv']],
    ['bob or holidays', ['100% "fun" (1).mp4', 'AND OR NOT.mp4', 'Anna & Bob 01.mkv']],
    ['spee*', ['speech.mkv']],
    ['peech*', []],
    ['container:none', []],
    ['fun"', ['100% "fun" (1).mp4']],
    ['東', ['東京.mp4']],
    ['東京', ['東京.mp4']],
    ['nothing', []],
    ['-\u0301', []],
    ['speech \u0301', ['speech.mkv']],
  ];

  it('finds words in names and folders, whatever their case, accents and punctuation', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    for (const [search, names] of CASES) {
      const query: VideoQuery = { ...EVERYTHING, search };
      const page = await library.library.call('pageVideos', { query, index: 0, limit: 50 });
      const found = page.videos.map(({ name }) => name.normalize('NFC'));
      expect([search, found]).toEqual([search, names]);
      const keyset = await library.library.call('scanVideos', { query, after: null, limit: 50 });
      expect(keyset.videos).toEqual(page.videos);
    }
  });

  it('of nothing but spaces finds everything', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const query: VideoQuery = { ...EVERYTHING, search: ' \t ' };
    const { total } = await library.library.call('pageVideos', { query, index: 0, limit: 1 });
    expect(total).toBe(Object.keys(DISK).length);
  });
});
