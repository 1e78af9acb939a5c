import { describe, expect, it } from 'vitest';
import type { EditCommand, Selection } from '../shared/edit';
import type { CommonUserData } from '../shared/user-data';
import { EVERYTHING } from '../shared/video-query';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import { addManyVideos } from './testing/many-videos';
import {
  claimScan,
  type Disk,
  detail,
  NOT_MEDIA,
  scanDisk,
  scanSteps,
  without,
} from './testing/scan-fixture';

const { openLibrary, copyOfCrash, startService } = libraryFixture();

const DISK: Disk = { 'a.mp4': {}, 'b.mp4': {}, 'sea/c.mp4': {}, 'sea/d.mp4': {} };
/** Too many to be looked up one by one. */
const MANY = 6000;

let requests = 0;

async function scanned(disk = DISK) {
  const library = await openLibrary();
  await scanDisk(library, disk);
  return { library, ...callsOf(library) };
}

async function withMany() {
  const library = await openLibrary();
  addManyVideos(library, MANY);
  return { library, ...callsOf(library) };
}

/** What a window would call. */
function callsOf({ library }: TestLibrary) {
  const history = () => library.call('editHistory', null);
  return {
    history,
    edit: (command: EditCommand, request = `request ${++requests}`) =>
      library.call('editUserData', { request, command }),
    undo: async () => library.call('undoEdit', { editId: (await history()).undo?.editId ?? 0 }),
    redo: async () => library.call('redoEdit', { editId: (await history()).redo?.editId ?? 0 }),
    common: (selection = everything()) => library.call('commonUserData', { selection }),
    tags: () => library.call('listTags', null),
  };
}

function everything(search = '', except: number[] = []): Selection {
  return { query: { ...EVERYTHING, search }, except };
}

const tagAll: EditCommand = { type: 'addTags', selection: everything(), tags: ['holiday'] };

/** Tags with how many of the videos have them. */
function tagCounts({ tags }: CommonUserData): Record<string, number> {
  return Object.fromEntries(tags.map(({ name, videos }) => [name, videos]));
}

describe('an edit of everything that a query finds', () => {
  it('reaches what the query finds at that moment, but for the exceptions', async () => {
    const { library, edit, common } = await scanned();
    const { id } = await detail(library, 'sea/d.mp4');
    await edit({ type: 'addTags', selection: everything('sea', [id]), tags: ['Water'] });
    expect(tagCounts(await common())).toEqual({ Water: 1 });
    await scanDisk(library, { ...DISK, 'sea/e.mp4': {} });
    await edit({ type: 'addTags', selection: everything('sea'), tags: ['WATER'] });
    expect(tagCounts(await common())).toEqual({ Water: 3 });
    expect((await detail(library, 'sea/e.mp4')).tags).toEqual(['Water']);
  });

  it('is undone and redone exactly, and is called by what it was', async () => {
    const { library, edit, undo, redo, common, history } = await scanned();
    const { id } = await detail(library, 'a.mp4');
    await edit({ type: 'addTags', selection: { ids: [id] }, tags: ['holiday'] });
    await edit(tagAll);
    const description = { type: 'addTags', videos: 4, tags: ['holiday'] };
    expect((await history()).undo).toMatchObject({ description });
    expect(await undo()).toMatchObject({ redo: { description } });
    expect(tagCounts(await common())).toEqual({ holiday: 1 });
    expect(await redo()).toMatchObject({ undo: { description }, redo: null });
    expect(tagCounts(await common())).toEqual({ holiday: 4 });
  });

  it('that changes nothing is no step of undo', async () => {
    const { edit, history } = await scanned();
    await edit(tagAll);
    const before = await history();
    expect(await edit(tagAll)).toMatchObject({ editId: null, history: before });
  });
});

describe('the history', () => {
  it('has no redo any more after another edit', async () => {
    const { edit, undo, redo, history } = await scanned();
    await edit(tagAll);
    const { redo: undone } = await undo();
    await edit({ type: 'rate', selection: everything(), rating: 4 });
    expect((await history()).redo).toBeNull();
    await expect(redo()).rejects.toMatchObject({ code: 'EDIT_NOT_FOUND' });
    expect(undone).not.toBeNull();
  });

  it('knows a call that is made again, because its answer was lost', async () => {
    const { library, edit, tags } = await scanned();
    const first = await edit(tagAll, 'the same');
    expect(await edit(tagAll, 'the same')).toMatchObject({ editId: first.editId });
    const editId = first.editId ?? 0;
    await library.library.call('undoEdit', { editId });
    expect(await library.library.call('undoEdit', { editId })).toMatchObject({ undo: null });
    expect(await tags()).toEqual([]);
  });

  it('undoes only what the person was shown', async () => {
    const { library, edit } = await scanned();
    const { editId } = await edit(tagAll);
    await edit({ type: 'rate', selection: everything(), rating: 4 });
    const call = library.library.call('undoEdit', { editId: editId ?? 0 });
    await expect(call).rejects.toMatchObject({ code: 'EDIT_NOT_FOUND' });
  });

  it('is still there when the library is opened again', async () => {
    const { library, edit } = await scanned();
    await edit(tagAll);
    await library.library.call('close', null);
    const again = await openLibrary({ directory: library.directory });
    const { undo, tags } = callsOf(again);
    await undo();
    expect(await tags()).toEqual([]);
  });

  it('gives no ID again that undo may bring back', async () => {
    const { edit, undo, tags } = await scanned();
    const { createdId: gone } = await edit({ type: 'createTag', name: 'gone', colour: 'red' });
    await edit({ type: 'removeTag', tagId: gone ?? 0 });
    const { createdId } = await edit({ type: 'createTag', name: 'new', colour: null });
    expect(createdId).not.toBe(gone);
    await undo();
    await undo();
    expect(await tags()).toMatchObject([{ id: gone, name: 'gone', colour: 'red' }]);
  });
});

describe('a long edit', () => {
  it('lets other writes go first, and tells how far it is', async () => {
    const { library, edit, common } = await withMany();
    const order: string[] = [];
    const long = edit(tagAll).then(() => order.push('long'));
    const short = library.library
      .call('savePosition', { id: 1, seconds: 5 })
      .then(() => order.push('short'));
    await Promise.all([long, short]);
    expect(order).toEqual(['short', 'long']);
    expect(tagCounts(await common())).toEqual({ holiday: MANY });
    const writing = library.histories.flatMap((told) => told.writing ?? []);
    expect(writing[0]).toMatchObject({ description: { videos: MANY }, backwards: false });
  });

  it('that a dead process had begun is finished at the next start, and can be undone', async () => {
    const { library, edit } = await withMany();
    const written = edit(tagAll);
    while (!library.histories.some(({ writing }) => writing)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    const directory = copyOfCrash(library);
    await written;
    const again = startService({ directory });
    await again.library.call('open', { directory, mode: 'write' });
    const { history, undo, common } = callsOf(again);
    expect((await history()).writing).not.toBeNull();
    // A call of a later edit waits until it is finished.
    await callsOf(again).edit({ type: 'rate', selection: { ids: [1] }, rating: 3 });
    expect(await common()).toMatchObject({
      videos: MANY,
      rating: {
        kind: 'mixed',
        counts: [
          { value: null, videos: MANY - 1 },
          { value: 3, videos: 1 },
        ],
      },
      tags: [{ name: 'holiday', videos: MANY }],
    });
    await undo();
    await undo();
    expect(await common()).toMatchObject({ rating: { kind: 'common', value: null }, tags: [] });
  });
});

describe('a long edit that is cut off by closing the library', () => {
  it('is finished when it is opened again', async () => {
    const { library, edit } = await withMany();
    const cutOff = expect(edit(tagAll)).rejects.toMatchObject({ code: 'CANCELLED' });
    while (!library.histories.some(({ writing }) => writing)) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await library.library.call('close', null);
    await cutOff;
    const again = callsOf(await openLibrary({ directory: library.directory }));
    await again.edit({ type: 'rate', selection: { ids: [1] }, rating: 3 });
    expect(tagCounts(await again.common())).toEqual({ holiday: MANY });
  });
});

describe('edits and scans', () => {
  it('what was said of a file before it was known to be a moved one is undone where it is now', async () => {
    const moved = { content: 'the same', sizeBytes: 7 };
    const { library, edit, undo } = await scanned({ ...DISK, 'old.mp4': moved });
    const { id } = await detail(library, 'old.mp4');
    await edit({ type: 'addTags', selection: { ids: [id] }, tags: ['kept'] });
    const scan = scanSteps(library, await claimScan(library));
    await scan.begin();
    await scan.reconcile({ ...DISK, 'new.mp4': moved });
    const { id: standIn } = await detail(library, 'new.mp4');
    expect(standIn).not.toBe(id);
    await edit({ type: 'addTags', selection: { ids: [standIn] }, tags: ['kept', 'new'] });
    await scan.finishListing();
    await scan.probeAll(() => ({ kind: 'unreadable', problem: NOT_MEDIA }));
    await scan.finish();
    expect(await detail(library, 'new.mp4')).toMatchObject({ id, tags: ['kept', 'new'] });
    await undo();
    expect(await detail(library, 'new.mp4')).toMatchObject({ id, tags: ['kept'] });
  });

  it('a video that went missing keeps what is said of it, by undo too', async () => {
    const { library, edit, undo } = await scanned();
    const { id } = await detail(library, 'a.mp4');
    await edit({ type: 'note', selection: { ids: [id] }, note: 'at dawn' });
    await edit({ type: 'note', selection: everything(), note: null });
    await scanDisk(library, without(DISK, 'a.mp4'));
    await undo();
    const video = await library.library.call('getVideo', { id });
    expect(video).toMatchObject({ state: 'missing', note: 'at dawn' });
  });
});

describe('what videos have in common', () => {
  it('is told for a few, with how many have what else', async () => {
    const { library, edit, common } = await scanned();
    const { id } = await detail(library, 'a.mp4');
    await edit({ type: 'rate', selection: everything(), rating: 3 });
    await edit({ type: 'rate', selection: { ids: [id] }, rating: 5 });
    await edit({ type: 'favourite', selection: { ids: [id] }, favourite: true });
    await edit({ type: 'note', selection: { ids: [id] }, note: ' at dawn ' });
    await edit({ type: 'createCollection', name: 'Best of', selection: { ids: [id] } });
    expect(await common()).toMatchObject({
      videos: 4,
      rating: {
        kind: 'mixed',
        counts: [
          { value: 3, videos: 3 },
          { value: 5, videos: 1 },
        ],
      },
      label: { kind: 'common', value: null },
      favourite: { kind: 'mixed' },
      note: { kind: 'mixed', withNote: 1 },
      tags: [],
      collections: [{ name: 'Best of', videos: 1 }],
    });
    expect(await detail(library, 'a.mp4')).toMatchObject({
      ...{ collections: ['Best of'], rating: 5, label: null, favourite: true },
    });
    expect(await common({ ids: [id] })).toMatchObject({
      rating: { kind: 'common', value: 5 },
      favourite: { kind: 'common', value: true },
      note: { kind: 'common', value: 'at dawn' },
    });
  });
});

describe('tags', () => {
  it('are counted without the videos of folders that were removed', async () => {
    const { library, edit, tags } = await scanned();
    await scanDisk(library, { 'x.mp4': {} }, { path: '/elsewhere' });
    await edit(tagAll);
    expect(await tags()).toMatchObject([{ name: 'holiday', videos: 5 }]);
    const root = await library.library.call('findRootByPath', { path: '/elsewhere' });
    await library.library.call('removeRoot', { rootId: root?.rootId ?? 0 });
    expect(await tags()).toMatchObject([{ name: 'holiday', videos: 4 }]);
  });

  it('cannot have the name of another one', async () => {
    const { edit } = await scanned();
    await edit({ type: 'createTag', name: 'Été', colour: null });
    const { createdId } = await edit({ type: 'createTag', name: 'winter', colour: null });
    const taken = { code: 'NAME_TAKEN' };
    const rename = edit({ type: 'renameTag', tagId: createdId ?? 0, name: 'ete' });
    await expect(rename).rejects.toMatchObject(taken);
    const create = edit({ type: 'createTag', name: ' ÉTÉ', colour: null });
    await expect(create).rejects.toMatchObject(taken);
  });
});
