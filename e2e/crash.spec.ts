import { join } from 'node:path';
import { folderOf, largeFolder } from './fixtures/clips';
import { type ProcessRef, probesOf, stopProcess, survivors } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import type { VitrineApp } from './fixtures/vitrine-app';

// What is meant to come to an end after crashes: after one, or after three. What has to survive crashes is in kill.spec.ts.

const COUNT = 600;
/** Read long before a stopped ffprobe has run out of its time. */
const FEW = 100;
/** Well below the 30 s after which a stopped ffprobe is killed whatever happens. */
const PROBE_END_MS = 10_000;

/** Kills a utility process and waits, where one is due, for the next. */
async function kill(
  app: VitrineApp,
  name: 'library' | 'media',
  { last }: { last: boolean },
): Promise<void> {
  const before = await app.processId(name);
  process.kill(before, 'SIGKILL');
  if (last) return;
  await app.waitFor(async () => ((await app.processId(name)) === before ? undefined : true));
}

/** Resolves when so many files of the scan are done; it must not be over by then. */
async function reached(app: VitrineApp, jobId: string, count: number): Promise<void> {
  await app.waitFor(async () => {
    const { done, state } = await app.ask('jobs.get', { jobId });
    if (!['queued', 'running', 'waiting'].includes(state)) throw new Error(`The scan ${state}.`);
    return state === 'running' && done >= count ? true : undefined;
  });
}

/** Stops one of the folder's ffprobe children in the middle of its work. */
function stoppedProbe(app: VitrineApp, folder: string): Promise<ProcessRef> {
  return app.waitFor(async () => {
    const [probe] = probesOf(folder);
    return probe && (await stopProcess(probe)) ? probe : undefined;
  });
}

test('a scan under which the media process died three times fails and says why, and the next one finishes', async ({
  app,
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'clips'), COUNT);
  const jobId = await app.addFolder(folder);
  for (const count of [50, 150, 250]) {
    await reached(app, jobId, count);
    await kill(app, 'media', { last: count === 250 });
  }
  expect(await app.jobEnd(jobId)).toMatchObject({
    state: 'failed',
    reason: expect.any(String),
    error: { code: 'WORKER_CRASHED' },
  });
  expect(await app.ask('library.status', {})).toEqual({ state: 'open' });

  const next = await app.ask('scan.start', { path: folder });
  expect(next.jobId).not.toBe(jobId);
  expect(await app.jobEnd(next.jobId)).toMatchObject({
    state: 'succeeded',
    result: { discovered: COUNT, missing: 0, unreadable: 0 },
  });
  const videos = await app.videos();
  expect(new Set(videos.map(({ path }) => path)).size).toBe(COUNT);
  expect(videos.every(({ state, probeLevel }) => state === 'ok' && probeLevel === 'full')).toBe(
    true,
  );
});

test('a library process that died three times is given up until the person tries again', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  const { jobId } = await app.scanned(folder);
  for (const last of [false, false, true]) await kill(app, 'library', { last });
  await expect(app.page.getByTestId('library-failed')).toBeVisible();
  expect(await app.ask('library.status', {})).toMatchObject({
    state: 'failed',
    error: { code: 'WORKER_CRASHED' },
  });

  await app.page.getByRole('button', { name: 'Try again' }).click();
  await expect(app.page.getByTestId('video-tile')).toHaveCount(1);
  expect(await app.ask('library.status', {})).toEqual({ state: 'open' });
  expect(await app.ask('jobs.get', { jobId })).toMatchObject({ state: 'succeeded' });
});

test('a scan that only waits for an ffprobe notices that the library process died, and is run again', async ({
  app,
  place,
}) => {
  test.skip(process.platform !== 'linux', 'processes are looked up in /proc');
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  // As on a drive with a moving head, known from an earlier scan: the next run cannot begin, which would abort this one.
  await app.ask('settings.change', { jobsPerVolume: 1 });
  await app.scanned(folder);
  largeFolder(folder, FEW);
  const { jobId } = await app.ask('scan.start', { path: folder });
  const probe = await stoppedProbe(app, folder);
  // With all the others written nothing is asked of the library any more.
  await reached(app, jobId, FEW);
  await kill(app, 'library', { last: false });
  expect(await survivors(() => [probe], PROBE_END_MS)).toEqual([]);
  expect(await app.jobEnd(jobId)).toMatchObject({
    state: 'succeeded',
    result: { discovered: FEW + 1, missing: 0, unreadable: 0 },
  });
});
