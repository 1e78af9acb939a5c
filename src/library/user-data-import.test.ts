import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EditCommand } from '../shared/edit';
import type { UserDataEntry } from '../shared/user-data-file';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import { type Disk, detail, ROOT, scanDisk } from './testing/scan-fixture';

const { openLibrary, temporaryFolder } = libraryFixture();

const DISK: Disk = {
  'a.mp4': { content: 'one', sizeBytes: 1 },
  'sea/b.mp4': { content: 'two', sizeBytes: 2 },
  'c.mp4': { content: 'three', sizeBytes: 3 },
};

let requests = 0;
const nextRequest = () => `request ${++requests}`;

async function scanned(disk = DISK, path = ROOT) {
  const library = await openLibrary();
  await scanDisk(library, disk, { path });
  return library;
}

function edit({ library }: TestLibrary, command: EditCommand) {
  return library.call('editUserData', { request: nextRequest(), command });
}

/** A library in which something was said of two of three videos. */
async function said() {
  const library = await scanned();
  const { id: a } = await detail(library, 'a.mp4');
  const { id: b } = await detail(library, 'sea/b.mp4');
  const selection = { ids: [a] };
  await edit(library, { type: 'createTag', name: 'Été', colour: 'red' });
  await edit(library, { type: 'createTag', name: 'of none', colour: null });
  await edit(library, { type: 'addTags', selection: { ids: [a, b] }, tags: ['été'] });
  await edit(library, { type: 'rate', selection, rating: 0 });
  await edit(library, { type: 'label', selection, label: 'blue' });
  await edit(library, { type: 'favourite', selection, favourite: true });
  await edit(library, { type: 'note', selection, note: 'at dawn\n“here”' });
  await edit(library, { type: 'createCollection', name: 'Best of', selection: { ids: [b, a] } });
  return library;
}

/** What the command line and the window make a file of. */
async function exported({ library }: TestLibrary) {
  const entries: UserDataEntry[] = [];
  let after: number | null = null;
  do {
    const page: { entries: UserDataEntry[]; next: number | null } = await library.call(
      'pageUserData',
      { after, limit: 1 },
    );
    entries.push(...page.entries);
    after = page.next;
  } while (after !== null);
  const tags = await library.call('listTags', null);
  const collections = await library.call('listCollections', null);
  return {
    format: 'vitrine-user-data',
    version: 1,
    exportedAt: '2026-01-01T00:00:00.000Z',
    tags: tags.map(({ name, colour }) => ({ name, colour })),
    collections: collections.map(({ name }) => ({ name })),
    videos: entries,
  };
}

function fileOf(content: unknown): string {
  const path = join(temporaryFolder(), 'user data.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

function importFile({ library }: TestLibrary, content: unknown) {
  return library.call('importUserData', { request: nextRequest(), path: fileOf(content) });
}

async function undo({ library }: TestLibrary) {
  const { undo: next } = await library.call('editHistory', null);
  return library.call('undoEdit', { editId: next?.editId ?? 0 });
}

describe('user data', () => {
  it('that was exported comes back whole in another library of the same files', async () => {
    const file = await exported(await said());
    expect(file.videos).toHaveLength(2);
    const other = await scanned();
    expect(await importFile(other, file)).toMatchObject({
      ...{ matched: 2, matchedByContent: 0, unmatched: 0, kept: 0 },
    });
    expect(await exported(other)).toEqual(file);
  });

  it('finds videos by their content where they are at other places', async () => {
    const file = await exported(await said());
    const { 'a.mp4': a = {}, 'sea/b.mp4': b = {} } = DISK;
    const other = await scanned({ 'x.mp4': b, 'y/z.mp4': a }, '/elsewhere');
    expect(await importFile(other, file)).toMatchObject({ matched: 2, matchedByContent: 2 });
    const video = await other.library.call('getVideo', { path: '/elsewhere/y/z.mp4' });
    expect(video).toMatchObject({ rating: 0, tags: ['Été'], note: 'at dawn\n“here”' });
  });

  it('gives each of several equal files what was said of one of them', async () => {
    const same = { content: 'same', sizeBytes: 9 };
    const library = await scanned({ 'a.mp4': same, 'b.mp4': same });
    const { id } = await detail(library, 'b.mp4');
    await edit(library, { type: 'rate', selection: { ids: [id] }, rating: 5 });
    const file = await exported(library);
    const [entry] = file.videos;
    const videos = [{ ...entry, rating: 1, path: 'gone.mp4' }, entry];
    const other = await scanned({ 'a.mp4': same, 'b.mp4': same });
    await importFile(other, { ...file, videos });
    expect(await detail(other, 'a.mp4')).toMatchObject({ rating: 1 });
    expect(await detail(other, 'b.mp4')).toMatchObject({ rating: 5 });
  });

  it('of the library stays where a file says something else, and what is missing is added', async () => {
    const file = await exported(await said());
    const other = await scanned();
    const { id } = await detail(other, 'a.mp4');
    await edit(other, { type: 'rate', selection: { ids: [id] }, rating: 4 });
    await edit(other, { type: 'addTags', selection: { ids: [id] }, tags: ['mine', 'ETE'] });
    expect(await importFile(other, file)).toMatchObject({ kept: 1 });
    const video = await detail(other, 'a.mp4');
    expect(video).toMatchObject({ rating: 4, tags: ['ETE', 'mine'], note: 'at dawn\n“here”' });
  });

  it('is imported in one step of undo, and a second time in none', async () => {
    const file = await exported(await said());
    const other = await scanned();
    const before = await exported(other);
    await importFile(other, file);
    const history = await other.library.call('editHistory', null);
    expect(history.undo?.description).toEqual({
      ...{ type: 'import', videos: 2, tags: 2, collections: 1 },
    });
    expect(await importFile(other, file)).toMatchObject({ editId: null, kept: 0 });
    await undo(other);
    expect(await exported(other)).toEqual(before);
  });

  it('counts what it finds no video for', async () => {
    const file = await exported(await said());
    const other = await scanned({ 'c.mp4': {} }, '/elsewhere');
    expect(await importFile(other, file)).toMatchObject({ matched: 0, unmatched: 2 });
  });

  it.each([
    ['text', 'no JSON'],
    ['nothing', 'null'],
    ['another format', { format: 'other', version: 1 }],
    ['a newer version', { format: 'vitrine-user-data', version: 2 }],
    ['something impossible', { rating: 6 }],
    ['a name without letters', { tags: [' '] }],
  ])('refuses %s, and changes nothing', async (_, content) => {
    const file = await exported(await said());
    const videos = file.videos.map((entry) => Object.assign({ ...entry }, content));
    const isWhole = typeof content === 'string' || 'format' in content;
    const other = await scanned();
    const imported = importFile(other, isWhole ? content : { ...file, videos });
    await expect(imported).rejects.toMatchObject({ code: 'IMPORT_INVALID' });
    expect((await exported(other)).videos).toEqual([]);
  });

  it('is not imported from a file that is not there', async () => {
    const { library } = await scanned();
    const imported = library.call('importUserData', { request: nextRequest(), path: '/none.json' });
    await expect(imported).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
  });
});
