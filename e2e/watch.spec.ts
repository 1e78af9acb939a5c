import { copyFileSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Response } from '../src/shared/contract';
import { isScanResult } from '../src/shared/job';
import { clip, folderOf, largeFolder } from './fixtures/clips';
import { canLimitWatches, electronWithWatches } from './fixtures/limited-watches';
import { createClip } from './fixtures/media-factory';
import { startRecording, writeSlowly } from './fixtures/slow-writer';
import { expect, test } from './fixtures/test';
import { VitrineApp, type Workplace } from './fixtures/vitrine-app';

test.use({ watching: true });

type Video = Response<'videos.page'>['videos'][number];
type Folder = Response<'watch.status'>['folders'][number];

/** How the only folder is watched. */
async function folderState(app: VitrineApp): Promise<Folder | undefined> {
  return (await app.ask('watch.status', {})).folders[0];
}

const watched = (app: VitrineApp, state: Folder['state'] = 'watching') =>
  expect.poll(async () => (await folderState(app))?.state).toBe(state);

/** Adds a folder with one clip and waits until it is scanned and watched. */
async function watchedFolder(app: VitrineApp, place: Workplace): Promise<string> {
  const folder = folderOf(join(place.folder, 'clips'), { 'first.mp4': 'mp4-h264-aac' });
  await app.scanned(folder);
  await watched(app);
  return folder;
}

/** Copies a clip as a person does. */
function copyClip(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  copyFileSync(clip('mp4-h264-aac'), file);
}

/** The videos that are there and read, by folder and name. */
async function readVideos(app: VitrineApp): Promise<Map<string, Video>> {
  const videos = await app.videos();
  const there = videos.filter(({ state, probeLevel }) => state === 'ok' && probeLevel === 'full');
  return new Map(there.map((video) => [join(video.folder, video.name), video]));
}

const expectVideos = (app: VitrineApp, paths: string[]) =>
  expect.poll(async () => [...(await readVideos(app)).keys()].sort()).toEqual(paths.sort());

const jobCount = async (app: VitrineApp) =>
  (await app.ask('jobs.list', { limit: 500 })).jobs.length;

test('a file that is added, renamed and removed is noticed by itself', async ({ app, place }) => {
  const folder = await watchedFolder(app, place);
  expect(await jobCount(app)).toBe(1);
  copyClip(join(folder, 'second.mp4'));
  await expectVideos(app, ['first.mp4', 'second.mp4']);
  await expect(app.page.getByTestId('video-tile')).toHaveCount(2);
  renameSync(join(folder, 'second.mp4'), join(folder, 'renamed.mp4'));
  await expectVideos(app, ['first.mp4', 'renamed.mp4']);
  rmSync(join(folder, 'first.mp4'));
  await expectVideos(app, ['renamed.mp4']);
  const missing = (await app.videos()).filter(({ state }) => state === 'missing');
  expect(missing.map(({ name }) => name)).toContain('first.mp4');
});

test('folders that come with files, are renamed and go are noticed by themselves', async ({
  app,
  place,
}) => {
  const folder = await watchedFolder(app, place);
  const card = join(place.folder, 'card');
  copyClip(join(card, 'DCIM/100/a.mp4'));
  renameSync(card, join(folder, 'card'));
  await expectVideos(app, ['first.mp4', 'card/DCIM/100/a.mp4']);
  copyClip(join(folder, 'card/DCIM/100/b.mp4'));
  await expectVideos(app, ['first.mp4', 'card/DCIM/100/a.mp4', 'card/DCIM/100/b.mp4']);
  renameSync(join(folder, 'card'), join(folder, 'Holiday'));
  await expectVideos(app, ['first.mp4', 'Holiday/DCIM/100/a.mp4', 'Holiday/DCIM/100/b.mp4']);
  rmSync(join(folder, 'Holiday'), { recursive: true });
  await expectVideos(app, ['first.mp4']);
});

test('a burst of 300 files makes few scans, and none is left out', async ({ app, place }) => {
  const folder = await watchedFolder(app, place);
  const paths = Array.from({ length: 300 }, (_value, index) => `burst/clip ${index}.mp4`);
  mkdirSync(join(folder, 'burst'));
  for (const path of paths) linkSync(clip('mp4-h264-aac'), join(folder, path));
  await expectVideos(app, ['first.mp4', ...paths]);
  // One, where the machine does not pause for seconds in between.
  expect((await jobCount(app)) - 1).toBeLessThanOrEqual(5);
});

test('files that are copied in slowly end with the right facts and no problem', async ({
  app,
  place,
}) => {
  const folder = await watchedFolder(app, place);
  // Without its end the first cannot be read; the second can, but seems shorter.
  const kinds = { 'slow.mp4': 'mp4-silent', 'slow.mkv': 'mkv-vp9-opus' } as const;
  const copies = Object.entries(kinds).map(async ([name, kind]) => {
    const whole = join(place.folder, name);
    await createClip(whole, kind, { seconds: 4 });
    await writeSlowly(join(folder, name), readFileSync(whole), { pieces: 8, intervalMs: 1_000 });
  });
  await Promise.all(copies);
  const durations = async () => {
    const videos = await readVideos(app);
    return Object.keys(kinds).map((name) => Math.round(videos.get(name)?.durationSeconds ?? 0));
  };
  await expect.poll(durations).toEqual([4, 4]);
  const { problems } = await app.ask('problems.list', { after: null, limit: 10 });
  expect(problems).toEqual([]);
});

test('a recording that goes on and on delays nothing, and is read when it pauses', async ({
  app,
  place,
}) => {
  const folder = await watchedFolder(app, place);
  const whole = join(place.folder, 'recording.mkv');
  await createClip(whole, 'mkv-vp9-opus', { seconds: 4 });
  const recording = startRecording(join(folder, 'recording.mkv'), readFileSync(whole));
  try {
    copyClip(join(folder, 'second.mp4'));
    await expectVideos(app, ['first.mp4', 'second.mp4']);
  } finally {
    recording.stop();
  }
  await expectVideos(app, ['first.mp4', 'recording.mkv', 'second.mp4']);
  const duration = (await readVideos(app)).get('recording.mkv')?.durationSeconds;
  expect(duration).toBeCloseTo(4, 0);
});

test('what changes behind a scan that is running is found by another one', async ({
  app,
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'clips'), 600);
  const jobId = await app.addFolder(folder);
  await app.waitFor(async () => {
    const { state, phase } = await app.ask('jobs.get', { jobId });
    if (state === 'succeeded') throw new Error('The scan was over before anything could change.');
    // By then every folder is listed.
    return phase === 'probing' ? true : undefined;
  });
  copyClip(join(folder, 'card 000/late.mp4'));
  expect((await app.jobEnd(jobId)).result).toMatchObject({ added: 600 });
  await expect.poll(async () => (await readVideos(app)).has('card 000/late.mp4')).toBe(true);
});

test('a folder that goes away is offline, and is watched and scanned when it is back', async ({
  app,
  place,
}) => {
  const folder = await watchedFolder(app, place);
  const away = join(place.folder, 'unplugged');
  renameSync(folder, away);
  await watched(app, 'offline');
  await expect
    .poll(async () => (await app.ask('library.summary', {})).roots[0]?.online)
    .toBe(false);
  copyClip(join(away, 'second.mp4'));
  renameSync(away, folder);
  await watched(app);
  await expectVideos(app, ['first.mp4', 'second.mp4']);
  expect((await app.ask('library.summary', {})).roots[0]).toMatchObject({
    online: true,
    missingCount: 0,
  });
});

test('watching goes on after the death of the media process', async ({ app, place }) => {
  const folder = await watchedFolder(app, place);
  const before = await app.processId('media');
  process.kill(before, 'SIGKILL');
  copyClip(join(folder, 'in between.mp4'));
  await expectVideos(app, ['first.mp4', 'in between.mp4']);
  expect(await app.processId('media')).not.toBe(before);
  copyClip(join(folder, 'afterwards.mp4'));
  await expectVideos(app, ['afterwards.mp4', 'first.mp4', 'in between.mp4']);
});

test('what changed while the app was closed, or the machine slept, is found without asking', async ({
  place,
}) => {
  const first = await VitrineApp.launch(place, { watching: true });
  const folder = await watchedFolder(first, place);
  await first.close();
  copyClip(join(folder, 'while closed.mp4'));
  const second = await VitrineApp.launch(place, { watching: true });
  await expectVideos(second, ['first.mp4', 'while closed.mp4']);
  const [startScan] = (await second.ask('jobs.list', { limit: 1 })).jobs;
  expect(startScan).toMatchObject({ kind: 'scan', priority: 'low' });

  await second.jobEnd(startScan?.jobId ?? '');
  await watched(second);
  const jobs = await jobCount(second);
  await second.electron.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect.poll(() => jobCount(second)).toBe(jobs + 1);
  await second.close();
});

test('nothing is watched once that is switched off, and again when it is switched on', async ({
  app,
  place,
}) => {
  const folder = await watchedFolder(app, place);
  await app.page.evaluate(() => {
    const states: string[] = [];
    Object.assign(window, { states });
    window.vitrine.watch.onChange(({ folders }) => states.push(folders[0]?.state ?? ''));
  });
  await app.ask('settings.change', { watchFolders: false });
  await watched(app, 'off');
  copyClip(join(folder, 'second.mp4'));
  const { jobId } = await app.ask('scan.start', { path: folder });
  const { result } = await app.jobEnd(jobId);
  // Nobody had seen it before this scan.
  expect(result && isScanResult(result) && result.added).toBe(1);

  copyClip(join(folder, 'third.mp4'));
  await app.ask('settings.change', { watchFolders: true });
  await expectVideos(app, ['first.mp4', 'second.mp4', 'third.mp4']);
  const told = await app.page.evaluate(() => (window as unknown as { states: string[] }).states);
  expect(told).toEqual(['off', 'watching']);
});

test('where the system watches no more folders they are rescanned from time to time, and say why', async ({
  place,
}) => {
  test.skip(!canLimitWatches(), 'user namespaces are not allowed here');
  test.setTimeout(300_000);
  const app = await VitrineApp.launch(place, {
    watching: true,
    executablePath: electronWithWatches(place.folder, 50),
  });
  await app.ask('settings.change', { rescanMinutes: 1 });
  const folder = folderOf(join(place.folder, 'clips'), { 'first.mp4': 'mp4-h264-aac' });
  for (let index = 0; index < 100; index++) mkdirSync(join(folder, `folder ${index}`));
  await app.scanned(folder);
  await watched(app, 'timed');
  expect((await folderState(app))?.reason).toContain('max_user_watches');
  copyClip(join(folder, 'folder 99/second.mp4'));
  await expect
    .poll(async () => [...(await readVideos(app)).keys()], { timeout: 200_000 })
    .toContain('folder 99/second.mp4');
  await app.close();
});
