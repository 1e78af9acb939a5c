import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, largeFolder } from './fixtures/clips';
import { Drive, mountMemory, whyNoDrives } from './fixtures/drives';
import { listVideos, scanFolder, showVideo } from './fixtures/library-commands';
import { test as base, expect } from './fixtures/test';
import { RATED, rate } from './fixtures/user-data';
import type { VitrineApp } from './fixtures/vitrine-app';

const CLIPS = { 'clips/a.mp4': 'mp4-h264-aac', 'clips/trip/b.webm': 'webm-vp9-opus' } as const;

/** Drives and mounts of a test, taken out when it ends. */
const test = base.extend<{ drives: { make(name: string): Drive; memory(path: string): void } }>({
  drives: async ({ place }, use) => {
    const made: Drive[] = [];
    const mounts: { unmount(): void }[] = [];
    await use({
      make: (name) => {
        const drive = new Drive(place.folder, name);
        made.push(drive);
        return drive;
      },
      memory: (path) => void mounts.push(mountMemory(path)),
    });
    for (const drive of made) drive.pullOut();
    for (const { unmount } of mounts) unmount();
  },
});

const noDrives = whyNoDrives();

async function rootOf(app: VitrineApp) {
  const { roots } = await app.ask('library.summary', {});
  return roots[0];
}

/** Starts a scan of the only root; answers its job's ID. */
async function rescan(app: VitrineApp, acceptMissing = false): Promise<string> {
  const rootId = (await rootOf(app))?.rootId ?? 0;
  const confirmed = acceptMissing ? { acceptMissing } : {};
  return (await app.ask('scan.start', { rootId, ...confirmed })).jobId;
}

const statesOf = async (app: VitrineApp) => (await app.videos()).map(({ state }) => state);

test.describe('a drive', () => {
  test.skip(noDrives !== null, noDrives ?? '');

  test('that is unplugged makes its videos offline, and mounted elsewhere it is the same', async ({
    app,
    place,
    drives,
  }) => {
    const [first, second] = [join(place.folder, 'usb'), join(place.folder, 'usb1')];
    const drive = drives.make('FILMS');
    drive.plugIn(first);
    folderOf(first, CLIPS);
    const added = await app.scanned(join(first, 'clips'));
    expect(added.result).toMatchObject({ added: 2 });
    const before = await app.videos();
    const root = await rootOf(app);
    expect(root).toMatchObject({ online: true, volume: { label: 'FILMS' } });

    drive.pullOut();
    const jobId = await rescan(app);
    await app.waitFor(async () => {
      const { state, waitingFor } = await app.ask('jobs.get', { jobId });
      return state === 'waiting' && waitingFor === 'volume' ? true : undefined;
    });
    expect(await rootOf(app)).toMatchObject({ online: false, missingCount: 0, videoCount: 2 });
    expect(await statesOf(app)).toEqual(['offline', 'offline']);

    drive.plugIn(second);
    expect((await app.jobEnd(jobId)).result).toMatchObject({
      ...{ discovered: 2, unchanged: 2, added: 0, moved: 0, missing: 0 },
    });
    const path = join(second, 'clips');
    expect(await rootOf(app)).toMatchObject({ rootId: root?.rootId, path, online: true });
    const after = await app.videos();
    expect(after.map(({ id, state }) => [id, state])).toEqual(before.map(({ id }) => [id, 'ok']));
    expect(after.map((video) => video.path)).toEqual([
      join(path, 'a.mp4'),
      join(path, 'trip/b.webm'),
    ]);
  });

  test('mounted elsewhere is not added a second time', async ({ app, place, drives }) => {
    const [first, second] = [join(place.folder, 'usb'), join(place.folder, 'usb1')];
    const drive = drives.make('FILMS');
    drive.plugIn(first);
    folderOf(first, CLIPS);
    await app.scanned(join(first, 'clips'));
    const before = await app.videos();
    drive.pullOut();
    drive.plugIn(second);
    const path = join(second, 'clips');
    expect((await app.scanned(path)).result).toMatchObject({ unchanged: 2, added: 0 });
    const { roots } = await app.ask('library.summary', {});
    expect(roots.map((root) => root.path)).toEqual([path]);
    expect((await app.videos()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  test('that takes the mount point of another does not take its videos', async ({
    app,
    place,
    drives,
  }) => {
    const mountPoint = join(place.folder, 'NO NAME');
    const [mine, other] = [drives.make('MINE'), drives.make('OTHER')];
    mine.plugIn(mountPoint);
    folderOf(mountPoint, CLIPS);
    await app.scanned(join(mountPoint, 'clips'));
    mine.pullOut();
    other.plugIn(mountPoint);
    folderOf(mountPoint, { 'clips/else.mp4': 'mp4-h264-aac' });
    const jobId = await rescan(app);
    await app.waitFor(async () =>
      (await app.ask('jobs.get', { jobId })).state === 'waiting' ? true : undefined,
    );
    expect(await statesOf(app)).toEqual(['offline', 'offline']);
    await app.ask('jobs.cancel', { jobId });

    const elsewhere = join(place.folder, 'NO NAME1');
    mine.plugIn(elsewhere);
    expect((await app.jobEnd(await rescan(app))).result).toMatchObject({ unchanged: 2, added: 0 });
    expect(await rootOf(app)).toMatchObject({ path: join(elsewhere, 'clips'), online: true });
  });

  test('leaves an empty mount point behind without losing a video', async ({
    app,
    place,
    drives,
  }) => {
    const mountPoint = join(place.folder, 'usb');
    const drive = drives.make('FILMS');
    drive.plugIn(mountPoint);
    folderOf(mountPoint, CLIPS);
    await app.scanned(mountPoint);
    drive.pullOut({ keepMountPoint: true });
    const jobId = await rescan(app);
    await app.waitFor(async () =>
      (await app.ask('jobs.get', { jobId })).state === 'waiting' ? true : undefined,
    );
    expect(await statesOf(app)).toEqual(['offline', 'offline']);
    drive.plugIn(mountPoint);
    expect((await app.jobEnd(jobId)).result).toMatchObject({ unchanged: 2, missing: 0 });
  });

  test('mounted inside of a folder takes nothing away when it is unplugged', async ({
    app,
    place,
    drives,
  }) => {
    const media = folderOf(join(place.folder, 'media'), { 'own.mkv': 'mkv-h264-ac3' });
    const drive = drives.make('CARD');
    drive.plugIn(join(media, 'card'));
    folderOf(join(media, 'card'), CLIPS);
    await app.scanned(media);
    drive.pullOut();
    expect((await app.jobEnd(await rescan(app))).result).toMatchObject({
      ...{ discovered: 1, missing: 0, unconfirmedMissing: 2 },
    });
    expect(await rootOf(app)).toMatchObject({ missingCount: 0, unconfirmedMissing: 2 });
    drive.plugIn(join(media, 'card'));
    expect((await app.jobEnd(await rescan(app))).result).toMatchObject({
      unchanged: 3,
      missing: 0,
    });
    expect(await rootOf(app)).toMatchObject({ unconfirmedMissing: 0 });
  });

  test('without a UUID is offline while something empty is in its place', async ({
    app,
    place,
    drives,
  }) => {
    const mountPoint = join(place.folder, 'memory');
    drives.memory(mountPoint);
    folderOf(mountPoint, CLIPS);
    await app.scanned(mountPoint);
    drives.memory(mountPoint);
    const jobId = await rescan(app);
    await app.waitFor(async () =>
      (await app.ask('jobs.get', { jobId })).state === 'waiting' ? true : undefined,
    );
    expect(await statesOf(app)).toEqual(['offline', 'offline']);
  });

  test('to which a file was moved from another has its row, and a copy to it has its own', async ({
    place,
    drives,
  }) => {
    const { library } = place;
    const own = folderOf(join(place.folder, 'own'), { ...CLIPS, 'rest.mkv': 'mkv-h264-ac3' });
    const mountPoint = join(place.folder, 'usb');
    const drive = drives.make('ARCHIVE');
    drive.plugIn(mountPoint);
    folderOf(mountPoint, { 'old.avi': 'avi-mpeg4-mp3' });
    await scanFolder(library, own);
    await scanFolder(library, mountPoint);
    const { id } = await showVideo(library, join(own, 'clips/a.mp4'));
    rate(library, id);

    folderOf(mountPoint, { 'copied.webm': 'webm-vp9-opus', 'moved.mp4': 'mp4-h264-aac' });
    rmSync(join(own, 'clips/a.mp4'));
    expect(await scanFolder(library, mountPoint)).toMatchObject({ moved: 1, added: 1 });
    expect(await showVideo(library, join(mountPoint, 'moved.mp4'))).toMatchObject({ id, ...RATED });

    drive.pullOut();
    folderOf(own, { 'back.mp4': 'mp4-h264-aac' });
    expect(await scanFolder(library, own)).toMatchObject({ added: 1, moved: 0 });
    expect(await showVideo(library, id)).toMatchObject({
      ...RATED,
      path: join(mountPoint, 'moved.mp4'),
    });
  });
});

test('many videos that are gone at once are asked about, then accepted', async ({ place }) => {
  const { library } = place;
  const folder = largeFolder(join(place.folder, 'clips'), 100);
  await scanFolder(library, folder);
  for (let index = 0; index < 60; index++) {
    rmSync(join(folder, 'card 000', `clip ${String(index).padStart(5, '0')}.mp4`));
  }
  const states = async () => (await listVideos(library)).map(([, state]) => state);
  expect(await scanFolder(library, folder)).toMatchObject({
    ...{ discovered: 40, unchanged: 40, missing: 0, unconfirmedMissing: 60 },
  });
  expect(new Set(await states())).toEqual(new Set(['ok']));
  expect(await scanFolder(library, folder, ['--accept-missing'])).toMatchObject({
    ...{ unchanged: 40, missing: 60, unconfirmedMissing: 0 },
  });
  expect((await states()).filter((state) => state === 'missing')).toHaveLength(60);
});

test('a folder that was emptied keeps its videos until the person confirms it in the window', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), CLIPS);
  await app.scanned(folder);
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  expect((await app.jobEnd(await rescan(app))).result).toMatchObject({
    ...{ discovered: 0, missing: 0, unconfirmedMissing: 2 },
  });
  expect(await rootOf(app)).toMatchObject({ unconfirmedMissing: 2, missingCount: 0 });
  expect(await statesOf(app)).toEqual(['ok', 'ok']);
  expect((await app.jobEnd(await rescan(app, true))).result).toMatchObject({ missing: 2 });
  expect(await rootOf(app)).toMatchObject({ unconfirmedMissing: 0, missingCount: 2 });
});
