import { existsSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { previewFile } from '../../shared/preview';
import type { PreviewTask } from '../../shared/preview-protocol';
import { libraryFixture, type TestLibrary } from '../testing/library-fixture';
import {
  cachedTokens,
  claimPreviews,
  FILMSTRIP,
  madeOf,
  makePreviews,
  previewSteps,
  scanFilms,
} from '../testing/preview-fixture';
import { type Disk, detail } from '../testing/scan-fixture';
import { idsByPath } from '../testing/verify-fixture';

const { openLibrary, temporaryFolder } = libraryFixture();

/** The lowest limit that can be set. */
const LIMIT = 100_000_000;
const OTHER = '/media/other';

const FILMS: Disk = Object.fromEntries(
  Array.from({ length: 6 }, (_, number) => [`${number}.mp4`, {}]),
);

const cacheOf = ({ library }: TestLibrary) => library.call('previewCache', null);

/** Paths of the videos that show something. */
async function shown(library: TestLibrary): Promise<string[]> {
  const paths = Object.keys(await idsByPath(library)).sort();
  const details = await Promise.all(paths.map((path) => detail(library, path)));
  return paths.filter((_, index) => details[index]?.preview);
}

/** Posters take a fourth of the limit, filmstrips nothing. */
const heavyPoster = (library: TestLibrary) => (task: PreviewTask) =>
  madeOf(library, task, task.work.kind === 'poster' ? LIMIT / 4 : 0);

/** Every preview takes a fourth of what there is room for, as soon as it has its poster; the clock goes on by a minute at each look. */
async function smallCache() {
  let now = 1_700_000_000_000;
  const library = await openLibrary({ now: () => (now += 60_000) });
  await library.library.call('changeSettings', { previewCacheBytes: LIMIT });
  await scanFilms(library, FILMS);
  const make = () => makePreviews(library, heavyPoster(library));
  const see = async (...paths: string[]) => {
    const ids = await idsByPath(library);
    await library.library.call('readFirst', { videoIds: paths.map((path) => ids[path] ?? 0) });
  };
  return { library, make, see };
}

describe('a cache that is full', () => {
  it('ends what nobody waits for, and nothing is made in vain', async () => {
    const { library, make } = await smallCache();
    const { paths, result } = await make();
    expect(paths).toEqual(['5.mp4', '4.mp4', '3.mp4', '2.mp4']);
    expect(result).toMatchObject({ made: 4 });
    expect(await cacheOf(library)).toMatchObject({ bytes: LIMIT, count: 4, due: 2 });
    expect(await library.library.call('submitPreviews', {})).toBeNull();
  });

  it('makes room for what is on screen: what was not looked at for longest goes', async () => {
    const { library, make, see } = await smallCache();
    await make();
    const { preview } = await detail(library, '5.mp4');
    const tokens = [preview?.poster ?? '', '0'.repeat(32)];
    await library.library.call('touchPreviews', { tokens });
    await see('4.mp4', '0.mp4', '1.mp4');
    expect((await make()).paths).toEqual(['0.mp4', '1.mp4']);
    expect(await shown(library)).toEqual(['0.mp4', '1.mp4', '4.mp4', '5.mp4']);
    expect(await cacheOf(library)).toMatchObject({ bytes: LIMIT, count: 4, due: 2 });
    await expect.poll(() => cachedTokens(library)).toHaveLength(4);
    await see('4.mp4');
    expect(await library.library.call('submitPreviews', { automatic: true })).toBeNull();
  });

  it('is emptied down to a limit that becomes lower', async () => {
    const { library } = await smallCache();
    await library.library.call('changeSettings', { previewCacheBytes: 3 * LIMIT });
    await makePreviews(library, heavyPoster(library));
    expect(await cacheOf(library)).toMatchObject({ count: 6, due: 0 });
    await library.library.call('changeSettings', { previewCacheBytes: LIMIT });
    await expect.poll(() => cacheOf(library)).toMatchObject({ bytes: LIMIT, count: 4, due: 2 });
    expect(await shown(library)).toEqual(['0.mp4', '1.mp4', '2.mp4', '3.mp4']);
  });
});

describe('clearing the cache', () => {
  it('throws all pictures away, which are made again', async () => {
    const library = await openLibrary();
    await scanFilms(library, FILMS);
    await makePreviews(library);
    await library.library.call('clearPreviews', null);
    expect(await cacheOf(library)).toEqual({ bytes: 0, count: 0, due: 6, withoutFilmstrip: 0 });
    await expect.poll(() => cachedTokens(library)).toEqual([]);
    expect((await makePreviews(library)).result).toMatchObject({ made: 6 });
  });
});

describe('removing a root', () => {
  it('throws away what no other video shows; it is made again when the root is added again', async () => {
    const library = await openLibrary();
    const disk = { 'a.mp4': {}, 'b.mp4': { content: 'shared' } };
    await scanFilms(library, disk);
    await scanFilms(library, { 'copy.mp4': { content: 'shared' } }, { path: OTHER });
    await makePreviews(library);
    const { preview } = await library.library.call('getVideo', { path: `${OTHER}/copy.mp4` });
    await library.library.call('removeRoot', { rootId: 1 });
    await expect.poll(() => cachedTokens(library)).toEqual([preview?.poster]);
    expect(await cacheOf(library)).toMatchObject({ count: 1, due: 0 });
    await scanFilms(library, disk);
    expect(await cacheOf(library)).toMatchObject({ due: 2 });
    expect((await makePreviews(library)).result).toMatchObject({ made: 1, shared: 1 });
  });
});

describe('making previews again', () => {
  it('is for the videos that are named, and for whoever shares their preview', async () => {
    const library = await openLibrary();
    const disk = { 'a.mp4': { content: 'same' }, 'b.mp4': { content: 'same' }, 'c.mp4': {} };
    await scanFilms(library, disk);
    await makePreviews(library);
    const ids = await idsByPath(library);
    await library.library.call('remakePreviews', { videoIds: [ids['a.mp4'] ?? 0, 4711] });
    expect(await shown(library)).toEqual(['c.mp4']);
    expect((await makePreviews(library)).result).toMatchObject({ made: 1, shared: 1 });
    await expect.poll(() => cachedTokens(library)).toHaveLength(2);
  });
});

describe('the folder of the cache', () => {
  it.each([
    ['that is there', ''],
    ['that is gone', 'gone'],
  ])('is never one outside of the library %s', async (_, name) => {
    const library = await openLibrary();
    const elsewhere = join(temporaryFolder(), name);
    symlinkSync(elsewhere, join(library.directory, 'previews'));
    await scanFilms(library, { 'a.mp4': {} });
    const steps = previewSteps(library, await claimPreviews(library));
    await expect(steps.begin()).rejects.toMatchObject({ code: 'LIBRARY_IO' });
  });

  it('is left alone where a link leads out of it', async () => {
    const library = await openLibrary();
    await scanFilms(library, { 'a.mp4': {}, 'b.mp4': {} });
    await makePreviews(library);
    const fileOf = async (path: string) => {
      const { preview } = await detail(library, path);
      return join(library.directory, 'previews', previewFile(preview?.poster ?? '', 'poster'));
    };
    const [linked, other] = [await fileOf('b.mp4'), await fileOf('a.mp4')];
    const outside = join(temporaryFolder(), 'outside');
    renameSync(dirname(linked), outside);
    symlinkSync(outside, dirname(linked));
    const there = readdirSync(outside);
    await library.library.call('clearPreviews', null);
    // It was made after the linked one, and goes after it.
    if (dirname(other) !== dirname(linked)) await expect.poll(() => existsSync(other)).toBe(false);
    await library.library.call('close', null);
    expect(readdirSync(outside)).toEqual(there);
    expect(there).toContain(basename(linked));
  });
});

describe('a filmstrip', () => {
  it('is told how it lies, by the video that shows it', async () => {
    const library = await openLibrary();
    await scanFilms(library, { 'a.mp4': {}, 'b.mp4': {} });
    await makePreviews(library, (task) => {
      const report = madeOf(library, task);
      const { outcome } = report;
      if (task.path !== 'b.mp4' || outcome.kind !== 'made') return report;
      if (outcome.image.kind !== 'filmstrip') return report;
      return { ...report, outcome: { kind: 'made', image: { ...outcome.image, filmstrip: null } } };
    });
    const [a, b] = [await detail(library, 'a.mp4'), await detail(library, 'b.mp4')];
    expect(a.preview).toEqual({ poster: a.preview?.poster, filmstrip: a.preview?.poster });
    expect(await library.library.call('getFilmstrip', { id: a.id })).toEqual(FILMSTRIP);
    expect(b.preview).toEqual({ poster: expect.any(String), filmstrip: null });
    const ask = (id: number) => library.library.call('getFilmstrip', { id });
    await expect(ask(b.id)).rejects.toMatchObject({ code: 'PREVIEW_NOT_FOUND' });
    await expect(ask(4711)).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
  });

  it('lies where the path of its token says', () => {
    const token = 'ab'.repeat(16);
    expect(previewFile(token, 'filmstrip')).toBe(`ab/${token}.filmstrip.webp`);
  });
});
