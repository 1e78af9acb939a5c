import { join } from 'node:path';
import { largeFolder } from './fixtures/clips';
import { probesOf } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import { VitrineApp } from './fixtures/vitrine-app';

const COUNT = 600;
const UNDISTURBED = {
  discovered: COUNT,
  added: COUNT,
  changed: 0,
  unchanged: 0,
  moved: 0,
  missing: 0,
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

async function expectWhole(app: VitrineApp, jobId: string): Promise<void> {
  const job = await app.jobEnd(jobId);
  expect(job).toMatchObject({ jobId, state: 'succeeded', result: UNDISTURBED });
  const videos = await app.videos();
  expect(videos).toHaveLength(COUNT);
  expect(new Set(videos.map(({ path }) => path)).size).toBe(COUNT);
  expect(videos.every(({ state, videoCodec }) => state === 'ok' && videoCodec === 'h264')).toBe(
    true,
  );
}

for (const name of ['media', 'library'] as const) {
  test(`a scan survives the death of the ${name} process`, async ({ app, place }) => {
    const folder = largeFolder(join(place.folder, 'clips'), COUNT);
    const jobId = await app.addFolder(folder);
    await inTheMiddle(app, jobId);
    const before = await app.processId(name);
    process.kill(before, 'SIGKILL');
    await expectWhole(app, jobId);
    expect(await app.processId(name)).not.toBe(before);
    await app.waitFor(async () => (probesOf(folder).length === 0 ? true : undefined));
  });
}

test('a scan goes on after the whole app was killed in the middle', async ({ place }) => {
  const folder = largeFolder(join(place.folder, 'clips'), COUNT);
  const first = await VitrineApp.launch(place);
  const jobId = await first.addFolder(folder);
  await inTheMiddle(first, jobId);
  await first.kill();

  const second = await VitrineApp.launch(place);
  await expectWhole(second, jobId);
  await second.close();
  expect(probesOf(folder)).toEqual([]);
});

test('a scan goes on after the app was closed in the middle', async ({ place }) => {
  const folder = largeFolder(join(place.folder, 'clips'), COUNT);
  const first = await VitrineApp.launch(place);
  const jobId = await first.addFolder(folder);
  await inTheMiddle(first, jobId);
  await first.close();
  expect(probesOf(folder)).toEqual([]);

  const second = await VitrineApp.launch(place);
  await expectWhole(second, jobId);
  await second.close();
});
