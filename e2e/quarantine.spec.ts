import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fakeFfprobe } from '../src/media/testing/fake-ffprobe';
import { appWithFfprobe } from './fixtures/app-copy';
import { clip, largeFolder } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import { VitrineApp, type Workplace } from './fixtures/vitrine-app';

test.skip(process.platform === 'win32', 'The stand-in for ffprobe is a shell script.');

const GOOD = 24;

/** The app with an ffprobe that kills the media process on files named `killer`; and how often it did. */
async function deadlyApp(place: Workplace) {
  const folder = join(place.folder, 'app');
  mkdirSync(folder);
  const appFolder = appWithFfprobe(folder, await fakeFfprobe(folder, 'assassinate', 'killer'));
  return {
    launch: () => VitrineApp.launch(place, { appFolder }),
    /** From now on it is harmless. */
    heal: () => fakeFfprobe(folder, 'assassinate', 'nothing-is-called-so'),
    deaths: () =>
      readFileSync(join(folder, 'killers'), 'utf8')
        .trim()
        .split('\n')
        .map((path) => basename(path))
        .sort(),
  };
}

async function problems(app: VitrineApp) {
  const { problems: listed } = await app.ask('problems.list', { after: null, limit: 100 });
  return listed.map(({ name, problem }) => `${name}: ${problem.code}`).sort();
}

test('files that kill the media process are named and left alone, and the scan succeeds', async ({
  place,
}) => {
  const clips = largeFolder(join(place.folder, 'clips'), GOOD);
  const killers = ['killer 1.mp4', 'killer 2.mp4', 'killer 3.mp4'];
  for (const name of killers) copyFileSync(clip('mp4-h264-aac'), join(clips, 'card 000', name));
  const { launch, deaths } = await deadlyApp(place);

  const app = await launch();
  const job = await app.scanned(clips);
  expect(job).toMatchObject({
    state: 'succeeded',
    result: { discovered: GOOD + 3, added: GOOD + 3, unreadable: 3 },
  });
  const quarantined = killers.map((name) => `${name}: PROCESS_CRASHED`);
  expect(await problems(app)).toEqual(quarantined);
  expect((await app.videos()).filter(({ state }) => state === 'ok')).toHaveLength(GOOD);

  const before = deaths();
  for (const name of killers) {
    expect(before.filter((dead) => dead === name).length).toBeGreaterThanOrEqual(2);
  }

  // Not read again, neither in this session nor in the next.
  const again = await app.jobEnd((await app.ask('scan.start', { path: clips })).jobId);
  expect(again).toMatchObject({
    state: 'succeeded',
    result: { unchanged: GOOD + 3, unreadable: 3 },
  });
  await app.close();
  const next = await launch();
  expect((await next.scanned(clips)).result).toMatchObject({ unreadable: 3 });
  expect(deaths()).toEqual(before);
  await next.close();
});

test('a file that killed the media process is read again when the person wants it', async ({
  place,
}) => {
  const clips = largeFolder(join(place.folder, 'clips'), GOOD);
  copyFileSync(clip('mp4-h264-aac'), join(clips, 'killer.mp4'));
  const { launch, deaths, heal } = await deadlyApp(place);
  const app = await launch();
  await app.scanned(clips);
  const before = deaths().length;
  const retried = await app.ask('problems.retry', { all: true });
  expect(await app.jobEnd(retried.jobIds[0] ?? '')).toMatchObject({ state: 'succeeded' });
  // Alone from the start: one death is enough.
  expect(deaths()).toHaveLength(before + 1);
  expect(await problems(app)).toEqual(['killer.mp4: PROCESS_CRASHED']);

  await heal();
  const after = await app.ask('problems.retry', { all: true });
  expect(await app.jobEnd(after.jobIds[0] ?? '')).toMatchObject({ result: { unreadable: 0 } });
  expect(await problems(app)).toEqual([]);
  await app.close();
});
