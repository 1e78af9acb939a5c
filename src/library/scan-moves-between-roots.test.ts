import { describe, expect, it } from 'vitest';
import type { VideoDetail } from '../shared/media';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import {
  claimScan,
  type Disk,
  type Surroundings,
  scanDisk,
  scanSteps,
} from './testing/scan-fixture';
import { say } from './testing/user-data-fixture';

const { openLibrary } = libraryFixture();

const CARD = '/media/card';
const ARCHIVE = '/media/archive';
const CLIP = { content: 'clip', sizeBytes: 5000 };
const REST: Disk = { 'rest.mp4': {} };

const video = ({ library }: TestLibrary, path: string): Promise<VideoDetail> =>
  library.call('getVideo', { path });

/** Two roots, a clip on the card of which something was said, and time that goes on with every look at the clock. */
async function twoRoots(archive: Disk = REST) {
  let now = 1_700_000_000_000;
  const library = await openLibrary({ now: () => now++ });
  const scan = async (path: string, disk: Disk, roots: Surroundings['roots'] = {}) =>
    (await scanDisk(library, disk, { path, roots })).result;
  await scan(CARD, { 'clip.mp4': CLIP, ...REST });
  await scan(ARCHIVE, archive);
  const { id } = await video(library, `${CARD}/clip.mp4`);
  say(library, id, { rating: 5, tags: ['keep'] });
  return { library, scan, before: await video(library, `${CARD}/clip.mp4`) };
}

/** The clip is the row from before, in the archive, and nothing is left on the card. */
async function expectMoved(library: TestLibrary, before: VideoDetail, name = 'clip.mp4') {
  const { id, addedAtMs, durationSeconds } = before;
  const moved = {
    id,
    addedAtMs,
    durationSeconds,
    rating: 5,
    tags: ['keep'],
    state: 'ok',
    copies: [],
  };
  expect(await video(library, `${ARCHIVE}/${name}`)).toMatchObject(moved);
  await expect(video(library, `${CARD}/clip.mp4`)).rejects.toMatchObject({
    code: 'VIDEO_NOT_FOUND',
  });
}

describe('a file that was moved to another root', () => {
  const archive: Disk = { 'clip.mp4': CLIP, ...REST };

  it('keeps its row when the root that it left is scanned first', async () => {
    const { library, scan, before } = await twoRoots();
    expect(await scan(CARD, REST)).toMatchObject({ missing: 1, moved: 0 });
    expect((await video(library, `${CARD}/clip.mp4`)).state).toBe('missing');
    expect(await scan(ARCHIVE, archive)).toMatchObject({ discovered: 2, moved: 1, added: 0 });
    await expectMoved(library, before);
  });

  it('keeps its row when the root that it came to is scanned first', async () => {
    const { library, scan, before } = await twoRoots();
    const result = await scan(ARCHIVE, archive, { [CARD]: REST });
    expect(result).toMatchObject({ discovered: 2, moved: 1, added: 0, unchanged: 1 });
    await expectMoved(library, before);
    expect(await scan(CARD, REST)).toMatchObject({ missing: 0, unchanged: 1 });
  });

  it('under another name keeps its row as well', async () => {
    const { library, scan, before } = await twoRoots();
    const renamed = { '2019/a.mp4': CLIP, ...REST };
    expect(await scan(ARCHIVE, renamed, { [CARD]: REST })).toMatchObject({ moved: 1 });
    await expectMoved(library, before, '2019/a.mp4');
  });

  it('keeps its row when it was copied first, seen in both, and only then deleted', async () => {
    const { library, scan, before } = await twoRoots();
    const both = { [CARD]: { 'clip.mp4': CLIP, ...REST } };
    expect(await scan(ARCHIVE, archive, both)).toMatchObject({ added: 1, moved: 0 });
    expect((await video(library, `${ARCHIVE}/clip.mp4`)).copies).toHaveLength(1);
    const result = await scan(CARD, REST, { [ARCHIVE]: archive });
    expect(result).toMatchObject({ discovered: 1, missing: 0, unchanged: 1 });
    await expectMoved(library, before);
    expect(await scan(ARCHIVE, archive)).toMatchObject({ unchanged: 2, added: 0, missing: 0 });
  });

  it('keeps its row when it had been seen there while its old root was unplugged', async () => {
    const { library, scan, before } = await twoRoots();
    expect(await scan(ARCHIVE, archive)).toMatchObject({ added: 1, moved: 0 });
    expect(await scan(CARD, REST, { [ARCHIVE]: archive })).toMatchObject({ missing: 0 });
    await expectMoved(library, before);
  });

  it('keeps its row when both roots are scanned at the same time', async () => {
    const { library, before } = await twoRoots();
    const steps = async (path: string, disk: Disk, roots: Surroundings['roots'] = {}) => {
      const started = scanSteps(library, await claimScan(library, path), { roots });
      await started.begin();
      await started.reconcile(disk);
      return started;
    };
    const card = await steps(CARD, REST, { [ARCHIVE]: archive });
    const target = await steps(ARCHIVE, archive, { [CARD]: REST });
    await card.finishListing();
    await target.compareListing();
    await target.settleListing();
    for (const scan of [target, card]) await scan.probeAll();
    expect(await target.finish()).toMatchObject({ moved: 1, added: 0, discovered: 2 });
    await card.finish();
    await expectMoved(library, before);
  });

  it('is taken over from a scan that runs there and has seen it already', async () => {
    const { library, scan, before } = await twoRoots();
    await scan(ARCHIVE, archive, { [CARD]: { 'clip.mp4': CLIP, ...REST } });
    const there = scanSteps(library, await claimScan(library, ARCHIVE));
    await there.begin();
    await there.reconcile(archive);
    await scan(CARD, REST, { [ARCHIVE]: archive });
    await there.finishListing();
    await there.probeAll();
    expect(await there.finish()).toMatchObject({ discovered: 2, missing: 0, added: 0 });
    await expectMoved(library, before);
  });

  it('stays where it was when it was found there again before the other scan came to its end', async () => {
    const { library, scan, before } = await twoRoots();
    await scan(CARD, REST);
    const there = scanSteps(library, await claimScan(library, ARCHIVE));
    await there.begin();
    await there.reconcile(archive);
    await there.compareListing();
    expect(await scan(CARD, { 'clip.mp4': CLIP, ...REST })).toMatchObject({ unchanged: 2 });
    await there.settleListing();
    await there.probeAll();
    expect(await there.finish()).toMatchObject({ discovered: 2, added: 1, moved: 0 });
    const back = await video(library, `${CARD}/clip.mp4`);
    expect(back).toMatchObject({ id: before.id, rating: 5, state: 'ok' });
    expect(await video(library, `${ARCHIVE}/clip.mp4`)).toMatchObject({
      rating: null,
      state: 'ok',
    });
  });

  it('is not taken away again by the scan of the root that it left, which saw another file in its place', async () => {
    const { library, scan, before } = await twoRoots();
    await scan(CARD, REST);
    const here = scanSteps(library, await claimScan(library, CARD));
    await here.begin();
    await here.reconcile({ 'clip.mp4': { content: 'next' }, 'copy.mp4': CLIP, ...REST });
    expect(await scan(ARCHIVE, archive)).toMatchObject({ moved: 1 });
    await here.finishListing();
    await here.probeAll();
    expect(await here.finish()).toMatchObject({ discovered: 3, added: 2, missing: 0 });
    const places = [`${ARCHIVE}/clip.mp4`, `${CARD}/clip.mp4`, `${CARD}/copy.mp4`];
    const [moved, next, copy] = await Promise.all(places.map((place) => video(library, place)));
    expect(moved).toMatchObject({ id: before.id, rating: 5, state: 'ok' });
    expect(next).toMatchObject({ rating: null, state: 'ok', copies: [] });
    expect(copy).toMatchObject({ rating: null, state: 'ok', copies: [{ id: before.id }] });
  });
});

describe('the same content in two roots', () => {
  const archive: Disk = { 'clip.mp4': CLIP, ...REST };

  it('is a copy while the other file is still there', async () => {
    const { library, scan, before } = await twoRoots();
    const roots = { [CARD]: { 'clip.mp4': CLIP, ...REST } };
    expect(await scan(ARCHIVE, archive, roots)).toMatchObject({ added: 1, moved: 0 });
    const copy = await video(library, `${ARCHIVE}/clip.mp4`);
    expect(copy).toMatchObject({ rating: null, copies: [{ id: before.id }] });
    expect((await video(library, `${CARD}/clip.mp4`)).copies).toEqual([
      { id: copy.id, path: copy.path },
    ]);
  });

  it('is a copy while the other root is unplugged', async () => {
    const { library, scan, before } = await twoRoots();
    expect(await scan(ARCHIVE, archive)).toMatchObject({ added: 1, moved: 0 });
    expect(await video(library, `${CARD}/clip.mp4`)).toMatchObject({ id: before.id, rating: 5 });
  });

  it('is a copy for good once the other root was seen with its own file', async () => {
    const { library, scan, before } = await twoRoots();
    const card: Disk = { 'clip.mp4': CLIP, ...REST };
    await scan(ARCHIVE, archive, { [CARD]: card });
    await scan(CARD, card, { [ARCHIVE]: archive });
    expect(await scan(CARD, REST, { [ARCHIVE]: archive })).toMatchObject({ missing: 1 });
    expect(await video(library, `${CARD}/clip.mp4`)).toMatchObject({
      id: before.id,
      rating: 5,
      state: 'missing',
    });
    expect((await video(library, `${ARCHIVE}/clip.mp4`)).id).not.toBe(before.id);
  });

  it('stays two videos when both carry a rating, not the same', async () => {
    const { library, scan, before } = await twoRoots();
    await scan(ARCHIVE, archive, { [CARD]: { 'clip.mp4': CLIP, ...REST } });
    const copy = await video(library, `${ARCHIVE}/clip.mp4`);
    say(library, copy.id, { rating: 1 });
    expect(await scan(CARD, REST, { [ARCHIVE]: archive })).toMatchObject({ missing: 1 });
    expect(await video(library, `${CARD}/clip.mp4`)).toMatchObject({ id: before.id, rating: 5 });
    expect(await video(library, `${ARCHIVE}/clip.mp4`)).toMatchObject({ id: copy.id, rating: 1 });
  });

  it('of a folder that was taken out of the library is not brought back by it', async () => {
    const { library, scan, before } = await twoRoots();
    await library.library.call('removeRoot', { rootId: before.rootId });
    expect(await scan(ARCHIVE, archive)).toMatchObject({ added: 1, moved: 0 });
    expect((await video(library, `${ARCHIVE}/clip.mp4`)).copies).toEqual([]);
    await scan(CARD, { 'clip.mp4': CLIP, ...REST }, { [ARCHIVE]: archive });
    expect(await video(library, `${CARD}/clip.mp4`)).toMatchObject({ id: before.id, rating: 5 });
  });
});
