import { copyFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { JobStatus, VerifyResult } from '../src/shared/job';
import type { VideoDetail } from '../src/shared/media';
import { clip, folderOf } from './fixtures/clips';
import { decodersOf } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import {
  LONG_COUNT,
  LONG_SECONDS,
  LongClip,
  leaveFew,
  mixedFolder,
} from './fixtures/verify-folders';
import { VitrineApp } from './fixtures/vitrine-app';

const long = new LongClip();
test.beforeAll(() => long.make());
test.afterAll(() => long.dispose());

async function rootIdOf(app: VitrineApp): Promise<number> {
  const { roots } = await app.ask('library.summary', {});
  return roots[0]?.rootId ?? 0;
}

async function detailOf(app: VitrineApp, name: string): Promise<VideoDetail> {
  const video = (await app.videos()).find((one) => one.name === name);
  return app.ask('videos.get', { id: video?.id ?? 0 });
}

/** When each file was verified, by its name; files that were not are left out. */
async function verifiedAt(app: VitrineApp): Promise<Map<string, number>> {
  const times = new Map<string, number>();
  for (const { id, name } of await app.videos()) {
    const { verification } = await app.ask('videos.get', { id });
    if (verification) times.set(name, verification.verifiedAtMs);
  }
  return times;
}

/** Resolves when some files are verified and others are not. */
function inTheMiddle(app: VitrineApp, jobId: string): Promise<JobStatus> {
  return app.waitFor(async () => {
    const job = await app.ask('jobs.get', { jobId });
    if (job.state === 'succeeded') throw new Error('It was over before it could be disturbed.');
    return job.done > 2 * LONG_SECONDS ? job : undefined;
  });
}

async function startVerify(app: VitrineApp): Promise<string> {
  const rootId = await rootIdOf(app);
  return (await app.ask('verify.start', { rootId, folder: '' })).jobId;
}

test('verifying a folder tells which of its videos are damaged, and where', async ({
  app,
  place,
}) => {
  const folder = join(place.folder, 'clips');
  const at = await mixedFolder(folder);
  await app.scanned(folder);
  const job = await app.jobEnd(await startVerify(app));
  expect(job).toMatchObject({
    ...{ state: 'succeeded', kind: 'verify', target: folder, phase: 'decoding', priority: 'low' },
    ...{ progress: 1, problems: 2, error: null },
    result: { verified: 2, damaged: 1, unreadable: 1, skipped: 0 },
  });
  expect((await detailOf(app, 'good.mp4')).verification).toMatchObject({
    ...{ outcome: 'intact', damage: [], damageCount: 0 },
  });
  const damaged = (await detailOf(app, 'damaged.mp4')).verification;
  expect(damaged).toMatchObject({ outcome: 'damaged', damageCount: 1 });
  expect(Math.abs((damaged?.damage[0]?.atSeconds ?? 0) - at)).toBeLessThan(1);
  expect(damaged?.damage[0]?.message).toMatch(/^h264: /);
  const letter = (await detailOf(app, 'letter.avi')).verification;
  expect(letter?.outcome).toBe('unreadable');
  expect(JSON.stringify([damaged, letter])).not.toContain(place.folder);
});

test('selected videos only are verified, and what is not there is passed over', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), {
    'a.mp4': 'mp4-h264-aac',
    'b.mkv': 'mkv-h264-ac3',
    'c.webm': 'webm-vp9-opus',
  });
  await app.scanned(folder);
  rmSync(join(folder, 'b.mkv'));
  const videoIds = (await app.videos()).slice(0, 2).map(({ id }) => id);
  const { jobId } = await app.ask('verify.start', { videoIds });
  expect(await app.jobEnd(jobId)).toMatchObject({
    state: 'succeeded',
    result: { verified: 1, damaged: 0, unreadable: 0, skipped: 1 },
  });
  expect([...(await verifiedAt(app)).keys()]).toEqual(['a.mp4']);
});

test('what is not in the library cannot be verified', async ({ app, place }) => {
  await app.scanned(folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' }));
  const rootId = await rootIdOf(app);
  expect(await app.call('verify.start', { videoIds: [4711] })).toMatchObject({
    error: { code: 'VIDEO_NOT_FOUND' },
  });
  expect(await app.call('verify.start', { rootId: 99, folder: '' })).toMatchObject({
    error: { code: 'ROOT_NOT_FOUND' },
  });
  expect(await app.call('verify.start', { rootId, folder: '../..' })).toMatchObject({
    error: { code: 'VIDEO_NOT_FOUND' },
  });
});

test('progress is told by the time that is decoded', async ({ app, place }) => {
  await app.scanned(long.folder(join(place.folder, 'clips')));
  await app.page.evaluate(() => {
    const updates: unknown[] = [];
    Object.assign(window, { updates });
    window.vitrine.jobs.onUpdate((status) => updates.push(status));
  });
  const jobId = await startVerify(app);
  const updates = await app.waitFor(async () => {
    const seen = (await app.page.evaluate(
      () => (window as unknown as { updates: unknown[] }).updates,
    )) as JobStatus[];
    const decoding = seen.filter((job) => job.jobId === jobId && job.phase === 'decoding');
    return decoding.some(({ done }) => done > 3 * LONG_SECONDS) ? decoding : undefined;
  });
  await app.ask('jobs.cancel', { jobId });
  const done = updates.map((job) => job.done);
  expect([...done].sort((one, other) => one - other)).toEqual(done);
  expect(updates.at(-1)).toMatchObject({ state: 'running' });
  expect(updates.at(-1)?.total).toBeGreaterThanOrEqual(LONG_COUNT * LONG_SECONDS);
  expect(updates.at(-1)?.currentItem).toMatch(/^clip \d\d\.mp4$/);
  // In the middle of a file, not only at its end.
  expect(done.some((seconds) => seconds % LONG_SECONDS > 2)).toBe(true);
  await app.waitFor(async () => (decodersOf(place.folder).length === 0 ? true : undefined));
});

/** Whether every file was verified or passed over once, and those that were done before were not touched again. */
async function expectResumed(
  app: VitrineApp,
  jobId: string,
  before: ReadonlyMap<string, number>,
): Promise<void> {
  const { state, result } = await app.jobEnd(jobId);
  expect(state).toBe('succeeded');
  const { verified, damaged, unreadable, skipped } = result as VerifyResult;
  expect(verified + skipped).toBe(LONG_COUNT);
  expect({ damaged, unreadable }).toEqual({ damaged: 0, unreadable: 0 });
  const after = await verifiedAt(app);
  expect(after.size).toBe(verified);
  expect(after.size).toBeGreaterThan(before.size);
  for (const [name, time] of before) expect(after.get(name)).toBe(time);
}

test('a verification that was paused goes on with the next file', async ({ app, place }) => {
  const folder = long.folder(join(place.folder, 'clips'));
  await app.scanned(folder);
  const jobId = await startVerify(app);
  await inTheMiddle(app, jobId);
  expect((await app.ask('jobs.pause', { jobId })).state).toBe('paused');
  await app.waitFor(async () => (decodersOf(folder).length === 0 ? true : undefined));
  const before = await verifiedAt(app);
  expect(before.size).toBeGreaterThan(1);
  leaveFew(folder, before);
  await app.ask('jobs.resume', { jobId });
  await expectResumed(app, jobId, before);
});

test('a verification goes on with the next file after the whole app was killed', async ({
  place,
}) => {
  const folder = long.folder(join(place.folder, 'clips'));
  const first = await VitrineApp.launch(place);
  await first.scanned(folder);
  const jobId = await startVerify(first);
  await inTheMiddle(first, jobId);
  const before = await verifiedAt(first);
  expect(before.size).toBeGreaterThan(1);
  await first.kill();
  leaveFew(folder, before);

  const second = await VitrineApp.launch(place);
  await expectResumed(second, jobId, before);
  await second.close();
  expect(decodersOf(folder)).toEqual([]);
});

test('a verification waits while its folder is away, and says nothing about the files', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  await app.scanned(folder);
  renameSync(folder, `${folder} away`);
  const jobId = await startVerify(app);
  const waiting = await app.waitFor(async () => {
    const job = await app.ask('jobs.get', { jobId });
    return job.state === 'waiting' ? job : undefined;
  });
  expect(waiting.waitingFor).toBe('volume');
  expect((await detailOf(app, 'a.mp4')).verification).toBeNull();
  renameSync(`${folder} away`, folder);
  expect(await app.jobEnd(jobId)).toMatchObject({
    state: 'succeeded',
    result: { verified: 1, skipped: 0 },
  });
});

test('a scan does not wait for a verification of its folder', async ({ app, place }) => {
  const folder = long.folder(join(place.folder, 'clips'));
  await app.scanned(folder);
  await app.ask('settings.change', { jobsPerVolume: 1 });
  const jobId = await startVerify(app);
  await inTheMiddle(app, jobId);
  const { jobId: scan } = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(scan)).state).toBe('succeeded');
  expect((await app.ask('jobs.cancel', { jobId })).state).toBe('cancelled');
});

test('what was found belongs to the file as it was: a scan of a changed one forgets it', async ({
  app,
  place,
}) => {
  const folder = join(place.folder, 'clips');
  await mixedFolder(folder);
  await app.scanned(folder);
  await app.jobEnd(await startVerify(app));
  expect((await detailOf(app, 'damaged.mp4')).verification).not.toBeNull();
  copyFileSync(clip('mp4-h264-aac'), join(folder, 'trip', 'mended.mp4'));
  renameSync(join(folder, 'trip', 'mended.mp4'), join(folder, 'trip', 'damaged.mp4'));
  await app.jobEnd((await app.ask('scan.start', { path: folder })).jobId);
  expect((await detailOf(app, 'damaged.mp4')).verification).toBeNull();
  expect((await detailOf(app, 'good.mp4')).verification).not.toBeNull();
});
