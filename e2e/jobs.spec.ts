import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, largeFolder } from './fixtures/clips';
import { ended, runCli, startCli } from './fixtures/command-line';
import { probesOf } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import { VitrineApp } from './fixtures/vitrine-app';

const COUNT = 600;
const UNDISTURBED = {
  ...{ discovered: COUNT, added: COUNT, changed: 0, unchanged: 0, moved: 0, missing: 0 },
  unreadable: 0,
};

/** Resolves in the middle of a scan: some files are read, others are not. */
function inTheMiddle(app: VitrineApp, jobId: string): Promise<true> {
  return app.waitFor(async () => {
    const { done, state } = await app.ask('jobs.get', { jobId });
    if (state === 'succeeded') throw new Error('The scan was over before it could be disturbed.');
    return done > 50 ? true : undefined;
  });
}

const noProbes = (app: VitrineApp, folder: string) =>
  app.waitFor(async () => (probesOf(folder).length === 0 ? true : undefined));

test('a job that is paused in the middle stays paused over a restart, and goes on when it is resumed', async ({
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'clips'), COUNT);
  const first = await VitrineApp.launch(place);
  const jobId = await first.addFolder(folder);
  await inTheMiddle(first, jobId);
  expect(await first.ask('jobs.pause', { jobId })).toMatchObject({ jobId, state: 'paused' });
  await noProbes(first, folder);
  await first.close();

  const second = await VitrineApp.launch(place);
  // Whatever can be claimed is: another scan comes and goes.
  await second.scanned(folderOf(join(place.folder, 'others'), { 'a.mp4': 'mp4-h264-aac' }));
  const paused = await second.ask('jobs.get', { jobId });
  expect(paused).toMatchObject({ state: 'paused', attempt: 1, phase: 'probing' });
  expect(paused.done).toBeGreaterThan(0);

  await second.ask('jobs.resume', { jobId });
  expect(await second.jobEnd(jobId)).toMatchObject({ state: 'succeeded', result: UNDISTURBED });
  const videos = await second.videos();
  expect(new Set(videos.map(({ path }) => path)).size).toBe(COUNT + 1);
  await second.close();
});

test('a failed job runs again when it is retried', async ({ app, place }) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  await app.scanned(folder);
  renameSync(folder, `${folder} away`);
  writeFileSync(folder, 'A file stands where the folder was.');
  const { jobId } = await app.ask('scan.start', { path: folder });
  expect(await app.jobEnd(jobId)).toMatchObject({
    state: 'failed',
    error: { code: 'PATH_NOT_A_FOLDER' },
  });
  rmSync(folder);
  renameSync(`${folder} away`, folder);
  const retried = await app.ask('jobs.retry', { jobId });
  expect(retried).toMatchObject({ state: 'queued', attempt: 0, error: null, finishedAt: null });
  expect(await app.jobEnd(jobId)).toMatchObject({
    ...{ state: 'succeeded', attempt: 1 },
    result: { discovered: 1, unchanged: 1 },
  });
  expect(await app.ask('jobs.retry', { jobId })).toMatchObject({ state: 'succeeded' });
});

test('cancel ends the children also when the media process hangs, and the other scan goes on', async ({
  app,
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'clips'), 3_000);
  const other = largeFolder(join(place.folder, 'others'), COUNT);
  const jobId = await app.addFolder(folder);
  await app.ask('settings.change', { jobsPerVolume: 2 });
  const otherId = await app.addFolder(other);
  await Promise.all([inTheMiddle(app, jobId), inTheMiddle(app, otherId)]);
  const media = await app.processId('media');
  process.kill(media, 'SIGSTOP');
  expect(await app.ask('jobs.cancel', { jobId })).toMatchObject({ jobId, state: 'cancelled' });
  await app.waitFor(async () => ((await app.processId('media')) !== media ? true : undefined));
  await noProbes(app, folder);
  expect(await app.jobEnd(otherId)).toMatchObject({ state: 'succeeded', result: UNDISTURBED });
  expect(await app.ask('jobs.get', { jobId })).toMatchObject({ state: 'cancelled' });
});

test('a folder that is away makes its scan wait, and the scan goes on when it is back', async ({
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  const away = join(place.folder, 'unplugged');
  const first = await VitrineApp.launch(place);
  await first.scanned(folder);
  renameSync(folder, away);
  const { jobId } = await first.ask('scan.start', { path: folder });
  const waiting = await first.waitFor(async () => {
    const job = await first.ask('jobs.get', { jobId });
    return job.state === 'waiting' ? job : undefined;
  });
  expect(waiting).toMatchObject({ waitingFor: 'volume', notBefore: null });
  expect(waiting.reason).toMatch(/cannot be reached/);
  expect((await first.videos()).map(({ state }) => state)).toEqual(['offline']);
  await first.close();

  const second = await VitrineApp.launch(place);
  expect(await second.ask('jobs.get', { jobId })).toMatchObject({ state: 'waiting' });
  renameSync(away, folder);
  expect(await second.jobEnd(jobId)).toMatchObject({
    ...{ state: 'succeeded', waitingFor: null, reason: null },
    result: { unchanged: 1, missing: 0 },
  });
  expect((await second.videos()).map(({ state }) => state)).toEqual(['ok']);
  await second.close();
});

test('on one drive the job of the highest priority is next', async ({ app, place }) => {
  const folders = ['large', 'normal', 'high'].map((name) => join(place.folder, name));
  const [large = '', normal = '', high = ''] = folders;
  for (const folder of folders) {
    mkdirSync(folder);
    // Which drive a folder is on is known from its first scan on.
    await app.scanned(folder);
  }
  await app.ask('settings.change', { jobsPerVolume: 1 });
  largeFolder(large, 3_000);
  const start = async (path: string) => (await app.ask('scan.start', { path })).jobId;
  const first = await start(large);
  await inTheMiddle(app, first);
  const normalId = await start(normal);
  const highId = await start(high);
  expect(await app.ask('jobs.setPriority', { jobId: highId, priority: 'high' })).toMatchObject({
    ...{ state: 'queued', priority: 'high' },
  });
  expect(await app.ask('jobs.get', { jobId: normalId })).toMatchObject({ state: 'queued' });
  await app.ask('jobs.cancel', { jobId: first });
  const [normalEnd, highEnd] = [await app.jobEnd(normalId), await app.jobEnd(highId)];
  expect(highEnd.finishedAt).toBeLessThanOrEqual(normalEnd.startedAt ?? 0);
});

test('a scan on the command line does not wait for a drive: it fails, and the next one goes on', async ({
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'clips'), COUNT);
  const away = join(place.folder, 'unplugged');
  const library = ['--library', place.library, '--json'];
  const child = startCli(['scan', folder, ...library]);
  const whole = ended(child);
  await new Promise<void>((resolve) => {
    let seen = '';
    child.stdout?.on('data', (chunk: string) => {
      seen += chunk;
      if (/"done":[1-9]/.test(seen)) resolve();
    });
  });
  renameSync(folder, away);
  const broken = await whole;
  expect(broken.code).toBe(1);
  const { jobId } = broken.objects[0] as { jobId: string };
  expect(broken.objects.at(-1)).toMatchObject({
    ...{ type: 'finished', jobId, state: 'waiting', waitingFor: 'volume' },
    error: { code: 'ROOT_OFFLINE' },
  });
  const jobs = await runCli(['jobs', '--library', place.library]);
  expect(jobs.stdout).toMatch(/\twaiting\t.*\twaits for volume\t.*cannot be reached/);

  renameSync(away, folder);
  const again = await runCli(['scan', folder, ...library]);
  expect(again.code).toBe(0);
  expect(again.objects.at(-1)).toMatchObject({ jobId, state: 'succeeded', result: UNDISTURBED });
});
