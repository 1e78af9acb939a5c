import { describe, expect, it } from 'vitest';
import type { VideoDetail } from '../shared/media';
import { EVERYTHING } from '../shared/video-query';
import { tamper } from './testing/job-fixture';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import { type Disk, detail, ROOT, scanDisk, states, without } from './testing/scan-fixture';
import { say } from './testing/user-data-fixture';

const { openLibrary } = libraryFixture();

const HARBOUR = { content: 'harbour', sizeBytes: 5000 };
const BEACH = { content: 'beach', sizeBytes: 6000 };
const DISK: Disk = { 'trip/harbour.mp4': HARBOUR, 'trip/beach.mp4': BEACH, 'other.mp4': {} };

/** A library with one disk scanned, and something said of the harbour. */
async function scanned(disk: Disk = DISK) {
  const library = await openLibrary();
  await scanDisk(library, disk);
  const before = await detail(library, Object.keys(disk)[0] ?? '');
  say(library, before.id, { rating: 4, note: 'at dawn', tags: ['sea'] });
  return { library, before: await detail(library, Object.keys(disk)[0] ?? '') };
}

/** The row is the one from before, with all that belongs to it, at another place. */
function expectSameVideo(video: VideoDetail, before: VideoDetail): void {
  const { id, rating, note, tags, addedAtMs, probedAtMs, durationSeconds } = before;
  expect(video).toMatchObject({ id, rating, note, tags, addedAtMs, probedAtMs, durationSeconds });
  expect(video).toMatchObject({ state: 'ok', missingSinceMs: null });
}

async function countOf({ library }: TestLibrary): Promise<number> {
  return (await library.call('summary', null)).counts.all;
}

describe('a file that was moved', () => {
  const places = [
    ['was renamed', 'trip/port.mp4'],
    ['was renamed but for case', 'trip/Harbour.MP4'],
    ['is in a folder above', 'harbour.mp4'],
    ['is in another folder under another name', 'new/deep/port.mp4'],
  ];

  it.each(places)('and %s keeps its row without being read again', async (_, path) => {
    const { library, before } = await scanned();
    const disk = { ...without(DISK, 'trip/harbour.mp4'), [path]: HARBOUR };
    const { result, probedPaths } = await scanDisk(library, disk);
    expect(probedPaths).toEqual([]);
    expect(result).toMatchObject({ discovered: 3, added: 0, unchanged: 2, moved: 1, missing: 0 });
    expectSameVideo(await detail(library, path), before);
    expect(await countOf(library)).toBe(3);
  });

  it('is found under its new name and not under the old one', async () => {
    const { library } = await scanned();
    await scanDisk(library, { ...without(DISK, 'trip/harbour.mp4'), 'trip/port.mp4': HARBOUR });
    const find = async (search: string) => {
      const query = { ...EVERYTHING, search };
      const page = await library.library.call('scanVideos', { query, after: null, limit: 9 });
      return page.videos.map(({ name }) => name);
    };
    expect(await find('port')).toEqual(['port.mp4']);
    expect(await find('harbour')).toEqual([]);
  });

  it('with its whole folder keeps its row, like all others in it', async () => {
    const { library, before } = await scanned();
    const { result, probedPaths } = await scanDisk(library, {
      'Trip 2019/harbour.mp4': HARBOUR,
      'Trip 2019/beach.mp4': BEACH,
      'other.mp4': {},
    });
    expect(probedPaths).toEqual([]);
    expect(result).toMatchObject({ moved: 2, added: 0, missing: 0, unchanged: 1 });
    expectSameVideo(await detail(library, 'Trip 2019/harbour.mp4'), before);
  });

  it('and written from its NFD name to its NFC name keeps its row', async () => {
    const name = 'Café.mp4';
    const { library, before } = await scanned({ [name.normalize('NFD')]: HARBOUR });
    const { result } = await scanDisk(library, { [name.normalize('NFC')]: HARBOUR });
    expect(result).toMatchObject({ moved: 1, added: 0, missing: 0 });
    expectSameVideo(await detail(library, name.normalize('NFC')), before);
  });

  it('with another time, as some copying programs leave it, keeps its row', async () => {
    const { library, before } = await scanned();
    const moved = { ...HARBOUR, mtimeMs: 77 };
    const { result } = await scanDisk(library, {
      ...without(DISK, 'trip/harbour.mp4'),
      'b.mp4': moved,
    });
    expect(result.moved).toBe(1);
    expectSameVideo(await detail(library, 'b.mp4'), before);
    expect(await detail(library, 'b.mp4')).toMatchObject({ mtimeMs: 77 });
    const again = await scanDisk(library, { ...without(DISK, 'trip/harbour.mp4'), 'b.mp4': moved });
    expect(again.result).toMatchObject({ unchanged: 3, moved: 0 });
  });

  it('long after it went missing keeps its row', async () => {
    const { library, before } = await scanned();
    await scanDisk(library, without(DISK, 'trip/harbour.mp4'));
    expect((await states(library))['trip/harbour.mp4']).toBe('missing');
    const disk = { ...without(DISK, 'trip/harbour.mp4'), 'restored/port.mp4': HARBOUR };
    expect((await scanDisk(library, disk)).result).toMatchObject({ moved: 1, added: 0 });
    expectSameVideo(await detail(library, 'restored/port.mp4'), before);
  });

  it('and cannot be read keeps its row and its problem', async () => {
    const { library, before } = await scanned({ 'broken.mp4': { content: 'x' } });
    const { result, probedPaths } = await scanDisk(library, { 'broken too.mp4': { content: 'x' } });
    expect(probedPaths).toEqual([]);
    expect(result).toMatchObject({ moved: 1, unreadable: 1 });
    expect(await detail(library, 'broken too.mp4')).toMatchObject({
      id: before.id,
      state: 'unreadable',
      problem: before.problem,
      note: 'at dawn',
    });
  });

  it('before its content was known is recognised by its inode', async () => {
    const { library, before } = await scanned({ 'a.mp4': { ...HARBOUR, inode: 4711 } });
    tamper(library, 'UPDATE videos SET content_hash = NULL');
    const { result } = await scanDisk(library, { 'b.mp4': { ...HARBOUR, inode: 4711 } });
    expect(result).toMatchObject({ moved: 1, added: 0, missing: 0 });
    expectSameVideo(await detail(library, 'b.mp4'), before);
  });

  it('and another file with the same inode but other content is not taken for it', async () => {
    const { library } = await scanned({ 'a.mp4': { ...HARBOUR, inode: 4711 } });
    const other = { ...HARBOUR, content: 'other', inode: 4711 };
    const { result } = await scanDisk(library, { 'b.mp4': other });
    expect(result).toMatchObject({ moved: 0, added: 1, missing: 1 });
  });

  it('is read if it had not been read at its old place', async () => {
    const { library, before } = await scanned();
    tamper(library, 'UPDATE videos SET needs_probe = 1 WHERE id = ?', before.id);
    const disk = { ...without(DISK, 'trip/harbour.mp4'), 'b.mp4': HARBOUR };
    const { result, probedPaths } = await scanDisk(library, disk);
    expect(result.moved).toBe(1);
    expect(probedPaths).toEqual(['b.mp4']);
    expect((await detail(library, 'b.mp4')).id).toBe(before.id);
  });
});

describe('files that took the places of others', () => {
  it('and changed places keep their rows', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR, 'b.mp4': BEACH });
    const { result, probedPaths } = await scanDisk(library, { 'a.mp4': BEACH, 'b.mp4': HARBOUR });
    expect(probedPaths).toEqual([]);
    expect(result).toMatchObject({ discovered: 2, moved: 2, added: 0, changed: 0, missing: 0 });
    expectSameVideo(await detail(library, 'b.mp4'), before);
    expect((await detail(library, 'a.mp4')).note).toBeNull();
  });

  it('when all were numbered anew keep their rows', async () => {
    const contents = ['one', 'two', 'three'].map((content, mtimeMs) => ({ content, mtimeMs }));
    const numbered = (first: number) =>
      Object.fromEntries(contents.map((file, index) => [`clip ${first + index}.mp4`, file]));
    const { library, before } = await scanned(numbered(1));
    const { result, probedPaths } = await scanDisk(library, numbered(2));
    expect(probedPaths).toEqual([]);
    expect(result).toMatchObject({ discovered: 3, moved: 3, added: 0, changed: 0, missing: 0 });
    expectSameVideo(await detail(library, 'clip 2.mp4'), before);
    expect(await countOf(library)).toBe(3);
  });

  it('leave a new video in the place of one that was renamed and exported again', async () => {
    const { library, before } = await scanned({ 'render.mp4': HARBOUR });
    const disk = { 'render v1.mp4': HARBOUR, 'render.mp4': { content: 'new', sizeBytes: 5100 } };
    const { result, probedPaths } = await scanDisk(library, disk);
    expect(probedPaths).toEqual(['render.mp4']);
    expect(result).toMatchObject({ discovered: 2, moved: 1, added: 1, changed: 0, missing: 0 });
    expectSameVideo(await detail(library, 'render v1.mp4'), before);
    expect(await detail(library, 'render.mp4')).toMatchObject({ rating: null, state: 'ok' });
  });

  it('over a file of which something was said leave that one missing, with what was said', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR, 'b.mp4': BEACH });
    const beach = await detail(library, 'b.mp4');
    const { result } = await scanDisk(library, { 'a.mp4': BEACH });
    expect(result).toMatchObject({ discovered: 1, moved: 1, missing: 1, changed: 0 });
    expect((await detail(library, 'a.mp4')).id).toBe(beach.id);
    const harbour = await library.library.call('getVideo', { id: before.id });
    expect(harbour).toMatchObject({ state: 'missing', rating: 4, note: 'at dawn', tags: ['sea'] });
  });

  it('over a file of which nothing was said leave nothing of it', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR, 'b.mp4': BEACH });
    const { result } = await scanDisk(library, { 'b.mp4': HARBOUR });
    expect(result).toMatchObject({ discovered: 1, moved: 1, missing: 0, changed: 0 });
    expectSameVideo(await detail(library, 'b.mp4'), before);
    expect(await countOf(library)).toBe(1);
  });

  it('come back to a place that another one has taken since, as two videos', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR, 'b.mp4': BEACH });
    await scanDisk(library, { 'a.mp4': BEACH });
    const { result } = await scanDisk(library, { 'a.mp4': HARBOUR, 'b.mp4': BEACH });
    expect(result).toMatchObject({ moved: 2, added: 0, missing: 0 });
    expectSameVideo(await detail(library, 'a.mp4'), before);
  });
});

describe('a file that changed in its place', () => {
  it('is the same video, read again', async () => {
    const { library, before } = await scanned();
    const edited = { content: 'edited', sizeBytes: 5050 };
    const { result, probedPaths } = await scanDisk(library, {
      ...DISK,
      'trip/harbour.mp4': edited,
    });
    expect(probedPaths).toEqual(['trip/harbour.mp4']);
    expect(result).toMatchObject({ changed: 1, moved: 0, added: 0, missing: 0 });
    expect(await detail(library, 'trip/harbour.mp4')).toMatchObject({ id: before.id, rating: 4 });
  });

  it('only in its inode number, as after being copied back, is not read again', async () => {
    const { library, before } = await scanned();
    const restored = { ...DISK, 'trip/harbour.mp4': { ...HARBOUR, inode: 99 } };
    const { result, probedPaths } = await scanDisk(library, restored);
    expect(probedPaths).toEqual([]);
    expect(result).toMatchObject({ unchanged: 3, changed: 0 });
    expectSameVideo(await detail(library, 'trip/harbour.mp4'), before);
    expect((await scanDisk(library, restored)).result.unchanged).toBe(3);
  });

  it('to the content of another that is still there is a changed video, not a moved one', async () => {
    const { library, before } = await scanned();
    const { result } = await scanDisk(library, { ...DISK, 'trip/harbour.mp4': BEACH });
    expect(result).toMatchObject({ changed: 1, moved: 0, missing: 0 });
    const changed = await detail(library, 'trip/harbour.mp4');
    expect(changed).toMatchObject({ id: before.id, note: 'at dawn' });
    expect(changed.copies.map(({ path }) => path)).toEqual([`${ROOT}/trip/beach.mp4`]);
  });
});

describe('copies', () => {
  it('stay videos of their own that name each other', async () => {
    const { library, before } = await scanned();
    const { result, probedPaths } = await scanDisk(library, { ...DISK, 'copy.mp4': HARBOUR });
    expect(probedPaths).toEqual(['copy.mp4']);
    expect(result).toMatchObject({ added: 1, moved: 0, unchanged: 3 });
    const copy = await detail(library, 'copy.mp4');
    expect(copy).toMatchObject({ rating: null, copies: [{ id: before.id, path: before.path }] });
    const original = await detail(library, 'trip/harbour.mp4');
    expect(original.copies).toEqual([{ id: copy.id, path: copy.path }]);
  });

  it('that were there together stay apart when one of them goes', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR, 'copy.mp4': HARBOUR });
    const copy = await detail(library, 'copy.mp4');
    const { result } = await scanDisk(library, { 'copy.mp4': HARBOUR });
    expect(result).toMatchObject({ moved: 0, missing: 1, unchanged: 1 });
    expect(await detail(library, 'copy.mp4')).toEqual({ ...copy, copies: [] });
    expect(await detail(library, 'a.mp4')).toMatchObject({ id: before.id, rating: 4 });
  });

  it('are not made of files without content', async () => {
    const empty = { content: '', sizeBytes: 0 };
    const { library } = await scanned({ 'empty.mp4': empty });
    const { result } = await scanDisk(library, { 'void.mp4': empty });
    expect(result).toMatchObject({ moved: 0, added: 1, missing: 1 });
    expect((await detail(library, 'void.mp4')).copies).toEqual([]);
    expect(await detail(library, 'empty.mp4')).toMatchObject({ state: 'missing', rating: 4 });
  });
});

describe('a move that cannot be decided', () => {
  it('between two missing twins and one new file leaves both as they are', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR, 'b.mp4': HARBOUR });
    const { result } = await scanDisk(library, { 'c.mp4': HARBOUR });
    expect(result).toMatchObject({ moved: 0, added: 1, missing: 2 });
    expect(await detail(library, 'a.mp4')).toMatchObject({ id: before.id, note: 'at dawn' });
    expect(await detail(library, 'c.mp4')).toMatchObject({ note: null, state: 'ok' });
  });

  it('between a missing file and two new ones leaves it as it is', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR });
    const { result } = await scanDisk(library, { 'b.mp4': HARBOUR, 'c.mp4': HARBOUR });
    expect(result).toMatchObject({ moved: 0, added: 2, missing: 1 });
    expect(await detail(library, 'a.mp4')).toMatchObject({ id: before.id, note: 'at dawn' });
  });

  it('but for the name goes to the file of that name', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR, 'b.mp4': HARBOUR });
    const { result } = await scanDisk(library, { 'x/a.mp4': HARBOUR });
    expect(result).toMatchObject({ moved: 1, missing: 1 });
    expectSameVideo(await detail(library, 'x/a.mp4'), before);
  });

  it('because both files carry a rating, not the same, keeps both', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR });
    await scanDisk(library, { 'z.mp4': {} });
    await scanDisk(library, { 'b.mp4': { ...HARBOUR, content: '' } });
    const other = await detail(library, 'b.mp4');
    say(library, other.id, { rating: 1, tags: ['wide'] });
    // The new file's content becomes known only now, as after a scan that was interrupted.
    tamper(
      library,
      `UPDATE videos SET content_hash = NULL, probe_level = 'none', probed_at = NULL, needs_probe = 1 WHERE id = ?`,
      other.id,
    );
    const { result } = await scanDisk(library, { 'b.mp4': HARBOUR });
    expect(result).toMatchObject({ moved: 0 });
    expect(await detail(library, 'a.mp4')).toMatchObject({
      id: before.id,
      state: 'missing',
      rating: 4,
    });
    expect(await detail(library, 'b.mp4')).toMatchObject({
      id: other.id,
      rating: 1,
      tags: ['wide'],
    });
  });
});

describe('a new file of which something was said before it was recognised', () => {
  it('gives that to the video that it is', async () => {
    const { library, before } = await scanned({ 'a.mp4': HARBOUR });
    await scanDisk(library, { 'b.mp4': { ...HARBOUR, content: '' } });
    const other = await detail(library, 'b.mp4');
    say(library, other.id, { note: 'windy', tags: ['wide', 'sea'] });
    tamper(
      library,
      `UPDATE videos SET content_hash = NULL, probe_level = 'none', probed_at = NULL, needs_probe = 1 WHERE id = ?`,
      other.id,
    );
    const { result } = await scanDisk(library, { 'b.mp4': HARBOUR });
    expect(result).toMatchObject({ moved: 1, missing: 0 });
    expect(await detail(library, 'b.mp4')).toMatchObject({
      id: before.id,
      rating: 4,
      note: 'at dawn\n\nwindy',
      tags: ['sea', 'wide'],
    });
    expect(await countOf(library)).toBe(1);
  });
});

describe('the content identity', () => {
  it('of videos that have none yet is read once, without reading their facts again', async () => {
    const { library, before } = await scanned();
    tamper(library, 'UPDATE videos SET content_hash = NULL');
    const first = await scanDisk(library, DISK);
    expect(first.probedPaths).toHaveLength(3);
    expect(first.works).toEqual(['identify', 'identify', 'identify']);
    expect(first.result).toMatchObject({ unchanged: 3, changed: 0 });
    expect(await detail(library, 'trip/harbour.mp4')).toEqual(before);
    expect((await scanDisk(library, DISK)).works).toEqual([]);
    const moved = { ...without(DISK, 'trip/harbour.mp4'), 'b.mp4': HARBOUR };
    expect((await scanDisk(library, moved)).result.moved).toBe(1);
  });
});
