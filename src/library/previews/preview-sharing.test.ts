import { describe, expect, it } from 'vitest';
import type { PreviewOutcome } from '../../shared/preview-protocol';
import { libraryFixture, type TestLibrary } from '../testing/library-fixture';
import {
  cachedTokens,
  claimPreviews,
  madeOf,
  makePreviews,
  previewSteps,
  reportOf,
  scanFilms,
} from '../testing/preview-fixture';
import { type Disk, detail, ROOT } from '../testing/scan-fixture';

const { openLibrary } = libraryFixture();
const T = 1_700_000_000_000;

const posterOf = async (library: TestLibrary, path: string) =>
  (await detail(library, path)).preview?.poster ?? null;

async function libraryWith(disk: Disk) {
  const library = await openLibrary();
  await scanFilms(library, disk);
  return library;
}

describe('videos with the same content', () => {
  it('share one preview, whatever their file times', async () => {
    const library = await libraryWith({
      'a.mp4': { content: 'same' },
      'b.mp4': { content: 'same', mtimeMs: T + 1 },
      'c.mp4': { content: 'other' },
    });
    const { paths, result } = await makePreviews(library);
    expect(paths).toEqual(['c.mp4', 'b.mp4']);
    expect(result).toMatchObject({ made: 2, shared: 1 });
    expect(await posterOf(library, 'a.mp4')).toBe(await posterOf(library, 'b.mp4'));
    expect(await posterOf(library, 'c.mp4')).not.toBe(await posterOf(library, 'b.mp4'));
    expect(cachedTokens(library)).toHaveLength(2);
  });

  it('are handed out one after the other: the later ones need not be made', async () => {
    const library = await libraryWith({
      'a.mp4': { content: 'same' },
      'b.mp4': { content: 'same' },
      'c.mp4': { content: 'same' },
    });
    const steps = previewSteps(library, await claimPreviews(library));
    await steps.begin();
    const { tasks, waiting } = await steps.take();
    expect(tasks.map(({ path }) => path)).toEqual(['c.mp4']);
    expect(waiting).toBe(true);
    const [first] = tasks;
    if (!first) throw new Error('There was no task.');
    // What cannot be seen in one may be seen in another that was copied later.
    await steps.write(reportOf(first, { kind: 'failed', message: 'Nothing but black.' }));
    const [second] = (await steps.take()).tasks;
    if (!second) throw new Error('There was no task.');
    await steps.write(madeOf(library, second));
    const filmstrip = await steps.take();
    expect(filmstrip.tasks).toMatchObject([{ work: { kind: 'filmstrip' } }]);
    expect(filmstrip.waiting).toBe(true);
    for (const task of filmstrip.tasks) await steps.write(madeOf(library, task));
    expect(await steps.take()).toMatchObject({ tasks: [], waiting: false });
    expect(await steps.finish()).toMatchObject({ made: 1, shared: 1, failed: 1 });
  });

  it('do not share where nothing can be compared', async () => {
    const library = await libraryWith({ 'a.mp4': { content: '' }, 'b.mp4': { content: '' } });
    expect((await makePreviews(library)).result).toMatchObject({ made: 2, shared: 0 });
  });

  it('keep what they share until the last of them is gone', async () => {
    const disk = { 'a.mp4': { content: 'same' }, 'b.mp4': { content: 'same' } };
    const library = await libraryWith(disk);
    await makePreviews(library);
    await scanFilms(library, { ...disk, 'a.mp4': { content: 'new', sizeBytes: 5 } });
    await makePreviews(library);
    expect(cachedTokens(library)).toHaveLength(2);
    await scanFilms(library, {
      'a.mp4': { content: 'new', sizeBytes: 5 },
      'b.mp4': { content: 'x', sizeBytes: 6 },
    });
    await expect.poll(() => cachedTokens(library)).toEqual([await posterOf(library, 'a.mp4')]);
  });
});

describe('a file that changed', () => {
  it('loses its preview, and gets a new one', async () => {
    const library = await libraryWith({ 'a.mp4': {} });
    await makePreviews(library);
    const before = await posterOf(library, 'a.mp4');
    await scanFilms(library, { 'a.mp4': { sizeBytes: 77, content: 'edited' } });
    expect(await posterOf(library, 'a.mp4')).toBeNull();
    await makePreviews(library);
    const after = await posterOf(library, 'a.mp4');
    await expect.poll(() => cachedTokens(library)).toEqual([after]);
    expect(after).not.toBe(before);
  });

  it('does not take the preview of a copy of its earlier version, however alike they look', async () => {
    const disk = { 'a.mp4': { content: 'same' }, 'copy.mp4': { content: 'same' } };
    const library = await libraryWith(disk);
    await makePreviews(library);
    const ofCopy = await posterOf(library, 'copy.mp4');
    await scanFilms(library, { ...disk, 'a.mp4': { content: 'same', mtimeMs: T + 5 } });
    expect((await makePreviews(library)).paths).toEqual(['a.mp4']);
    expect(await posterOf(library, 'a.mp4')).not.toBe(ofCopy);
    await scanFilms(library, disk);
    expect((await makePreviews(library)).result).toMatchObject({ made: 0, shared: 1 });
    expect(await posterOf(library, 'a.mp4')).toBe(ofCopy);
  });

  it('is tried again when nothing could be made of it before', async () => {
    const library = await libraryWith({ 'a.mp4': {} });
    const failed: PreviewOutcome = { kind: 'failed', message: 'Nothing but black.' };
    await makePreviews(library, (task) => reportOf(task, failed));
    expect((await detail(library, 'a.mp4')).previewProblem).toBe('Nothing but black.');
    await scanFilms(library, { 'a.mp4': {} });
    expect(await library.library.call('submitPreviews', {})).toBeNull();
    await scanFilms(library, { 'a.mp4': { sizeBytes: 77 } });
    expect((await detail(library, 'a.mp4')).previewProblem).toBeNull();
    expect((await makePreviews(library)).result).toMatchObject({ made: 1 });
  });
});

describe('a video that was moved', () => {
  it('keeps its preview', async () => {
    const library = await libraryWith({ 'a.mp4': { content: 'film' }, 'z.mp4': {} });
    await makePreviews(library);
    const before = await posterOf(library, 'a.mp4');
    const moved = { 'new/b.mp4': { content: 'film', mtimeMs: T + 9, inode: 4711 }, 'z.mp4': {} };
    const { result } = await scanFilms(library, moved);
    expect(result).toMatchObject({ moved: 1 });
    expect(await posterOf(library, 'new/b.mp4')).toBe(before);
    expect(await library.library.call('submitPreviews', {})).toBeNull();
  });

  it('keeps what was made of its file, and said of it, while it was taken for a copy', async () => {
    let now = T;
    const library = await openLibrary({ now: () => now++ });
    const there = { 'a.mp4': { content: 'film' }, 'z.mp4': {} };
    const copy = { 'b.mp4': { content: 'film', inode: 4711 } };
    await scanFilms(library, there);
    const { id } = await detail(library, 'a.mp4');
    await scanFilms(library, copy, { path: '/media/other', roots: { [ROOT]: there } });
    await library.library.call('setRootOnline', { rootId: 1, online: false });
    expect((await makePreviews(library)).paths).toEqual(['b.mp4']);
    const path = '/media/other/b.mp4';
    const before = await library.library.call('getVideo', { path });
    await library.library.call('savePosition', { id: before.id, seconds: 3.5 });
    await library.library.call('setPoster', { id: before.id, atSeconds: 7.25 });
    await scanFilms(library, { 'z.mp4': {} }, { roots: { '/media/other': copy } });
    const { preview, positionSeconds, posterSeconds } = before;
    expect({ preview, positionSeconds, posterSeconds }).toEqual({
      ...{ preview: expect.anything(), positionSeconds: null, posterSeconds: null },
    });
    expect(await library.library.call('getVideo', { path })).toMatchObject({
      ...{ id, preview, positionSeconds: 3.5, posterSeconds: 7.25 },
    });
    expect((await makePreviews(library)).result).toMatchObject({ made: 2, shared: 0 });
    expect((await library.library.call('getVideo', { path })).preview).toMatchObject({
      filmstrip: preview?.filmstrip,
      poster: expect.not.stringMatching(preview?.poster ?? ''),
    });
  });
});

describe('a report', () => {
  it('of another version than the library knows leaves nothing behind', async () => {
    const library = await libraryWith({ 'a.mp4': {} });
    const { result } = await makePreviews(library, (task) => ({
      ...madeOf(library, task),
      mtimeMs: T + 1,
    }));
    expect(result).toMatchObject({ made: 0, skipped: 1 });
    expect(await posterOf(library, 'a.mp4')).toBeNull();
    await expect.poll(() => cachedTokens(library)).toEqual([]);
    expect((await makePreviews(library)).result).toMatchObject({ made: 1 });
  });

  it('of a file that a scan found changed meanwhile lets the new version be made', async () => {
    const library = await libraryWith({ 'a.mp4': {} });
    const steps = previewSteps(library, await claimPreviews(library));
    await steps.begin();
    const [old] = (await steps.take()).tasks;
    if (!old) throw new Error('There was no task.');
    await scanFilms(library, { 'a.mp4': { sizeBytes: 77 } });
    await steps.write(madeOf(library, old));
    expect(await steps.finish()).toBeNull();
    const [task] = (await steps.take()).tasks;
    expect(task).toMatchObject({ sizeBytes: 77 });
    if (!task) throw new Error('There was no task.');
    const report = madeOf(library, task);
    await steps.write(report);
    await expect.poll(() => cachedTokens(library)).toEqual([await posterOf(library, 'a.mp4')]);
  });

  it('that comes twice counts once', async () => {
    const library = await libraryWith({ 'a.mp4': {}, 'b.mp4': {} });
    const steps = previewSteps(library, await claimPreviews(library));
    await steps.begin();
    const [task] = (await steps.take(1)).tasks;
    if (!task) throw new Error('There was no task.');
    await steps.write(madeOf(library, task));
    expect(await steps.write(madeOf(library, task))).toMatchObject({ done: 1, total: 2 });
    await expect.poll(() => cachedTokens(library)).toHaveLength(1);
  });

  it('of a skipped file leaves it to another run', async () => {
    const library = await libraryWith({ 'a.mp4': {}, 'b.mp4': {} });
    const { paths, result } = await makePreviews(library, (task) =>
      task.path === 'a.mp4' ? reportOf(task, { kind: 'skipped' }) : madeOf(library, task),
    );
    expect(paths).toEqual(['b.mp4', 'a.mp4']);
    expect(result).toMatchObject({ made: 1, skipped: 1 });
    expect((await makePreviews(library)).paths).toEqual(['a.mp4']);
  });
});
