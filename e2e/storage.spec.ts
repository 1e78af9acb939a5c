import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Faults, injectFaults, whyNoFaults } from '../src/library/testing/faults';
import { mountSmallDisk, type SmallDisk } from '../src/library/testing/small-disk';
import type { JobStatus } from '../src/shared/job';
import { largeFolder } from './fixtures/clips';
import { runCli } from './fixtures/command-line';
import { expect, test } from './fixtures/test';
import { VitrineApp, type Workplace } from './fixtures/vitrine-app';

const COUNT = 400;
const UNDISTURBED = {
  discovered: COUNT,
  added: COUNT,
  changed: 0,
  unchanged: 0,
  missing: 0,
  unreadable: 0,
};

function inTheMiddle(app: VitrineApp, jobId: string): Promise<true> {
  return app.waitFor(async () => {
    const { done, state } = await app.ask('jobs.get', { jobId });
    if (state === 'succeeded') throw new Error('The scan was over before it could be disturbed.');
    return done > 30 ? true : undefined;
  });
}

function waiting(app: VitrineApp, jobId: string): Promise<JobStatus> {
  return app.waitFor(async () => {
    const job = await app.ask('jobs.get', { jobId });
    if (job.finishedAt !== null)
      throw new Error(`The job ended as ${job.state} instead of waiting.`);
    return job.state === 'waiting' ? job : undefined;
  });
}

async function expectWhole(app: VitrineApp, jobId: string, place: Workplace): Promise<void> {
  const job = await app.jobEnd(jobId);
  expect(job).toMatchObject({ jobId, state: 'succeeded', result: UNDISTURBED });
  const videos = await app.videos();
  expect(new Set(videos.map(({ path }) => path)).size).toBe(COUNT);
  expect(videos.every(({ state, videoCodec }) => state === 'ok' && videoCodec === 'h264')).toBe(
    true,
  );
  await app.close();
  const database = new Database(join(place.library, 'library.sqlite'), { readonly: true });
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(database.pragma('foreign_key_check')).toEqual([]);
  expect(database.prepare('SELECT count(*) FROM videos').pluck().get()).toBe(COUNT);
  database.close();
}

test.describe('a full disk', () => {
  let disk: SmallDisk;

  test.beforeEach(({ place }) => {
    mkdirSync(place.library);
    const mounted = mountSmallDisk(place.library, 64);
    test.skip(!mounted, 'mounting a volume is not allowed here');
    if (mounted) disk = mounted;
  });
  test.afterEach(() => disk?.unmount());

  test('makes a scan wait with the reason, and go on by itself when there is room', async ({
    place,
  }) => {
    const folder = largeFolder(join(place.folder, 'clips'), COUNT);
    const app = await VitrineApp.launch(place);
    const jobId = await app.addFolder(folder);
    await inTheMiddle(app, jobId);
    disk.fill();
    expect(await waiting(app, jobId)).toMatchObject({
      waitingFor: 'storage',
      reason: expect.stringMatching(/full/i),
      error: { code: 'DISK_FULL' },
    });
    // The library can be read all the time.
    expect((await app.videos()).length).toBeGreaterThan(0);
    expect(await app.ask('library.status', {})).toEqual({ state: 'open' });
    disk.free();
    await expectWhole(app, jobId, place);
  });

  test('that is still full after a restart lets the library be browsed', async ({ place }) => {
    const folder = largeFolder(join(place.folder, 'clips'), COUNT);
    const first = await VitrineApp.launch(place);
    const jobId = await first.addFolder(folder);
    await inTheMiddle(first, jobId);
    disk.fill();
    await waiting(first, jobId);
    await first.close();

    disk.free();
    disk.fill(40 * 1024);
    const second = await VitrineApp.launch(place);
    expect((await second.videos()).length).toBeGreaterThan(0);
    expect(await second.ask('library.status', {})).toEqual({ state: 'open' });
    const list = await runCli(['list', '--library', place.library, '--json']);
    expect(list.code).toBe(0);
    expect(list.objects.length).toBeGreaterThan(0);
    disk.free();
    await expectWhole(second, jobId, place);
  });

  test('without a byte left is a clear error in the window and on the command line', async ({
    place,
  }) => {
    disk.fill();
    const app = await VitrineApp.launch(place);
    await expect
      .poll(() => app.ask('library.status', {}))
      .toMatchObject({ state: 'failed', error: { code: 'DISK_FULL' } });
    const folder = largeFolder(join(place.folder, 'clips'), 1);
    const cli = await runCli(['scan', folder, '--library', place.library, '--json']);
    expect(cli).toMatchObject({ code: 3, objects: [{ type: 'error', code: 'DISK_FULL' }] });
    disk.free();
    await app.ask('library.retry', {});
    await expect.poll(() => app.ask('library.status', {})).toEqual({ state: 'open' });
    await app.close();
  });
});

test('a disk that fails to sync makes a scan wait with the reason, and go on when it works', async ({
  app,
  place,
}) => {
  const reason = whyNoFaults();
  test.skip(reason !== null, reason ?? '');
  const folder = largeFolder(join(place.folder, 'clips'), COUNT);
  const jobId = await app.addFolder(folder);
  await inTheMiddle(app, jobId);
  const library = await app.processId('library');
  let faults: Faults | null = await injectFaults(library, 'fsync,fdatasync:error=EIO');
  try {
    expect(await waiting(app, jobId)).toMatchObject({
      waitingFor: 'storage',
      reason: expect.stringMatching(/disk/i),
      error: { code: 'LIBRARY_IO' },
    });
    expect((await app.videos()).length).toBeGreaterThan(0);
    await faults.heal();
    faults = null;
    await expectWhole(app, jobId, place);
    // It was never given up: the same process went on.
  } finally {
    await faults?.heal();
  }
});
