import { describe, expect, it } from 'vitest';
import { libraryFixture } from '../testing/library-fixture';
import {
  claimPreviews,
  complete,
  madeOf,
  makePreviews,
  previewSteps,
  reportOf,
  scanFilms,
  VIDEO_STREAM,
} from '../testing/preview-fixture';
import { NOT_MEDIA, placeOnVolume, probed, ROOT, scanDisk, without } from '../testing/scan-fixture';
import { idsByPath } from '../testing/verify-fixture';

const { openLibrary } = libraryFixture();
const OTHER = '/media/other';

const FILMS = { 'a.mp4': {}, 'b.mp4': {}, 'c.mp4': {} };

async function begun(library: Awaited<ReturnType<typeof openLibrary>>) {
  const steps = previewSteps(library, await claimPreviews(library));
  return { ...steps, roots: (await steps.begin()).roots };
}

describe('what is due', () => {
  it('is what can be read and shows something', async () => {
    const library = await openLibrary();
    const picture = { ...VIDEO_STREAM, type: 'picture' as const, fileName: null };
    const sound = { ...VIDEO_STREAM, type: 'picture' as const, fileName: null };
    const disk = { 'film.mp4': {}, 'gone.mp4': {}, 'broken.mp4': {}, 'cover.m4a': {} };
    await scanDisk(library, disk, {
      prober: ({ path }) =>
        path.startsWith('broken')
          ? { kind: 'unreadable', problem: NOT_MEDIA }
          : probed({ streams: path === 'cover.m4a' ? [picture, sound] : [VIDEO_STREAM] }),
    });
    await scanFilms(library, without(disk, 'gone.mp4'), { acceptMissing: true });
    expect(await library.library.call('previewCache', null)).toMatchObject({ count: 0, due: 1 });
    const { paths, result } = await makePreviews(library);
    expect(paths).toEqual(['film.mp4']);
    expect(result).toMatchObject({ made: 1, shared: 0, failed: 0, skipped: 0 });
    expect(await library.library.call('previewCache', null)).toMatchObject({ count: 1, due: 0 });
  });

  it('is nothing in a root that is away or was removed', async () => {
    const library = await openLibrary();
    await scanFilms(library, { 'a.mp4': {} });
    await scanFilms(library, { 'b.mp4': {} }, { path: OTHER });
    await library.library.call('setRootOnline', { rootId: 2, online: false });
    const steps = await begun(library);
    expect(steps.roots).toMatchObject([{ rootId: 1, place: { rootPath: ROOT } }]);
    const { tasks, waiting, share } = await steps.take();
    expect(tasks).toMatchObject([{ path: 'a.mp4', rootId: 1, work: { kind: 'poster' } }]);
    expect({ waiting, share }).toEqual({ waiting: false, share: 'medium' });
    expect(tasks[0]).toMatchObject({ durationSeconds: 12.5, stream: VIDEO_STREAM });
    await library.library.call('removeRoot', { rootId: 1 });
    await library.library.call('removeRoot', { rootId: 2 });
    expect(await library.library.call('submitPreviews', {})).not.toBeNull();
    expect(await steps.finish()).toMatchObject({ made: 0 });
    expect(await library.library.call('submitPreviews', {})).toBeNull();
  });
});

describe('the order', () => {
  it('is the newest file first, then files that had a preview before', async () => {
    const library = await openLibrary();
    await scanFilms(library, FILMS);
    await makePreviews(library);
    await library.library.call('clearPreviews', null);
    await scanFilms(library, { ...FILMS, 'd.mp4': {}, 'e.mp4': {} });
    const { paths } = await makePreviews(library);
    expect(paths).toEqual(['e.mp4', 'd.mp4', 'c.mp4', 'b.mp4', 'a.mp4']);
  });

  it('begins with what is on screen, at every moment', async () => {
    const library = await openLibrary();
    await scanFilms(library, { ...FILMS, 'd.mp4': {} });
    const ids = await idsByPath(library);
    const see = (...paths: string[]) =>
      library.library.call('readFirst', { videoIds: paths.map((path) => ids[path] ?? 0) });
    await see('b.mp4');
    const steps = await begun(library);
    const taken: string[] = [];
    const takeOne = async () => {
      for (const { path } of (await steps.take(1)).tasks) taken.push(path);
    };
    await takeOne();
    await takeOne();
    await see('a.mp4', 'b.mp4');
    await takeOne();
    await takeOne();
    expect(taken).toEqual(['b.mp4', 'd.mp4', 'a.mp4', 'c.mp4']);
  });

  it('is posters before filmstrips, on screen and behind it', async () => {
    const library = await openLibrary();
    await scanFilms(library, FILMS);
    const { 'a.mp4': a = 0, 'b.mp4': b = 0 } = await idsByPath(library);
    await library.library.call('readFirst', { videoIds: [a, b] });
    const { taken } = await complete(library, await begun(library));
    const order = taken.map(({ path, work }) => `${work.kind} of ${path}`);
    expect(order).toEqual([
      ...['poster of a.mp4', 'poster of b.mp4', 'filmstrip of a.mp4', 'filmstrip of b.mp4'],
      ...['poster of c.mp4', 'filmstrip of c.mp4'],
    ]);
    expect(await library.library.call('submitPreviews', {})).toBeNull();
  });

  it('takes up files that are probed while the job runs', async () => {
    let now = 1_700_000_000_000;
    const library = await openLibrary({ now: () => now });
    await scanFilms(library, { 'a.mp4': {} });
    const steps = await begun(library);
    const [a] = (await steps.take()).tasks;
    if (!a) throw new Error('There was no task.');
    await scanFilms(library, { 'a.mp4': {}, 'b.mp4': {} });
    now += 5000;
    const [b] = (await steps.take(1)).tasks;
    expect(b).toMatchObject({ path: 'b.mp4' });
    if (!b) throw new Error('There was no task.');
    expect(await steps.write(madeOf(library, a))).toMatchObject({ done: 1, total: 2 });
    await scanFilms(library, { 'a.mp4': {}, 'b.mp4': {}, 'c.mp4': {} });
    expect(await steps.finish()).toBeNull();
    const [c] = (await steps.take(1)).tasks;
    if (!c) throw new Error('There was no task.');
    await steps.write(madeOf(library, b), madeOf(library, c));
    expect((await complete(library, steps)).result).toMatchObject({ made: 3 });
  });
});

describe('a root', () => {
  it('that is away unknown to the library is left at the first of its videos until it is back', async () => {
    const library = await openLibrary();
    await scanFilms(library, FILMS);
    await scanFilms(library, { 'd.mp4': {} }, { path: OTHER });
    const steps = await begun(library);
    const [d, c] = (await steps.take(2)).tasks;
    if (!d || !c) throw new Error('There were no tasks.');
    const away = reportOf(c, { kind: 'skipped', rootAway: true });
    await steps.write(away, madeOf(library, d));
    const [filmstrip] = (await steps.take()).tasks;
    expect(filmstrip).toMatchObject({ path: 'd.mp4', work: { kind: 'filmstrip' } });
    if (filmstrip) await steps.write(madeOf(library, filmstrip));
    await library.library.call('readFirst', { videoIds: [c.videoId] });
    expect((await steps.take()).tasks).toEqual([]);
    await library.library.call('setRootOnline', { rootId: 1, online: false });
    expect((await steps.take()).tasks).toEqual([]);
    await library.library.call('setRootOnline', { rootId: 1, online: true });
    const back = (await steps.take()).tasks;
    expect(back.map(({ path }) => path).sort()).toEqual(Object.keys(FILMS));
    await steps.write(...back.map((task) => reportOf(task, { kind: 'skipped', rootAway: true })));
    expect(await steps.finish()).toMatchObject({ made: 1, skipped: 3 });
  });

  it('that is added or comes back while the job runs is told of, and what was skipped in it is tried again', async () => {
    const library = await openLibrary();
    await scanFilms(library, { 'a.mp4': {} });
    const steps = await begun(library);
    const [a] = (await steps.take()).tasks;
    if (!a) throw new Error('There was no task.');
    await steps.write(reportOf(a, { kind: 'skipped' }));
    await library.library.call('setRootOnline', { rootId: 1, online: false });
    await scanFilms(library, { 'b.mp4': {} }, { path: OTHER });
    const added = await steps.take();
    expect(added.tasks).toMatchObject([{ path: 'b.mp4', rootId: 2 }]);
    expect(added.roots).toMatchObject([{ rootId: 2, place: { rootPath: OTHER } }]);
    await library.library.call('setRootOnline', { rootId: 1, online: true });
    const back = await steps.take();
    expect(back.tasks).toMatchObject([{ path: 'a.mp4', rootId: 1 }]);
    expect(back.roots).toMatchObject([{ rootId: 1 }]);
    expect(await steps.take()).toEqual({ tasks: [], waiting: false, share: 'medium' });
    for (const task of [...added.tasks, ...back.tasks]) await steps.write(madeOf(library, task));
    expect((await complete(library, steps)).result).toMatchObject({ made: 2, skipped: 0 });
  });
});

describe('a slow drive', () => {
  it.each(['rotational', 'network'] as const)(
    'that is %s gets one file at a time',
    async (kind) => {
      const library = await openLibrary();
      const place = placeOnVolume('slow', '/films');
      const onSlow = { place: { ...place, volume: { ...place.volume, kind } } };
      await scanFilms(library, { 'a.mp4': {}, 'b.mp4': {} }, onSlow);
      await scanFilms(
        library,
        { 'c.mp4': {}, 'd.mp4': {} },
        { path: OTHER, place: placeOnVolume('quick', '/other') },
      );
      const steps = await begun(library);
      const first = await steps.take();
      expect(first.tasks.map(({ path }) => path)).toEqual(['d.mp4', 'c.mp4', 'b.mp4']);
      expect(first.waiting).toBe(true);
      expect(await steps.take()).toMatchObject({ tasks: [], waiting: true });
      for (const task of first.tasks) await steps.write(madeOf(library, task));
      const second = await steps.take();
      expect(second.tasks).toMatchObject([
        { path: 'a.mp4', work: { kind: 'poster' } },
        { path: 'd.mp4', work: { kind: 'filmstrip' } },
        { path: 'c.mp4', work: { kind: 'filmstrip' } },
      ]);
      for (const task of second.tasks) await steps.write(madeOf(library, task));
      expect((await complete(library, steps)).result).toMatchObject({ made: 4 });
    },
  );
});
