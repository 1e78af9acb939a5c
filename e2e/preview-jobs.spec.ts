import type { JobStatus } from '../src/shared/job';
import { differentClips } from './fixtures/different-clips';
import { allPreviewed } from './fixtures/preview-cache';
import { processTree, survivors } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import type { VitrineApp } from './fixtures/vitrine-app';

test.use({ previews: true });

async function previewJob(app: VitrineApp): Promise<JobStatus | undefined> {
  const { jobs } = await app.ask('jobs.list', { limit: 20 });
  return jobs.find(({ kind }) => kind === 'preview');
}

test('previews follow a scan by themselves, say how far they are, and can be paused', async ({
  app,
  place,
}) => {
  const folder = await differentClips(place, 40);
  const scanId = await app.addFolder(folder);
  const running = await app.waitFor(async () => {
    const { jobs } = await app.ask('jobs.list', { limit: 20 });
    const scan = jobs.find(({ jobId }) => jobId === scanId);
    const previews = jobs.find(({ kind }) => kind === 'preview');
    const isReading = scan?.state === 'running' && scan.phase !== 'finishing';
    // It may be waiting for the scan already, and that is all.
    if (isReading) expect(previews?.done ?? 0).toBe(0);
    return previews?.state === 'running' && previews.done > 0 ? previews : undefined;
  });
  await expect(app.page.getByTestId('job-tray-status')).toContainText(
    /Making (posters|filmstrips)/,
  );
  await app.page
    .getByTestId('job-tray')
    .getByRole('button', { name: /^Pause/ })
    .first()
    .click();
  await expect.poll(async () => (await previewJob(app))?.state).toBe('paused');
  const withPictures = async () =>
    (await app.videos()).filter(({ preview }) => preview?.filmstrip).length;
  const some = await withPictures();
  expect(some).toBeLessThan(40);
  await app.ask('jobs.resume', { jobId: running.jobId });
  await allPreviewed(app);
  await expect
    .poll(() => previewJob(app))
    .toMatchObject({ state: 'succeeded', result: { made: 40, failed: 0 } });
});

test('on battery they wait, unless they may go on', async ({ app, place }) => {
  const folder = await differentClips(place, 30);
  const power = (event: 'on-battery' | 'on-ac') =>
    app.electron.evaluate(({ powerMonitor }, name) => void powerMonitor.emit(name), event);
  await power('on-battery');
  await app.scanned(folder);
  await expect.poll(() => previewJob(app)).toMatchObject({ state: 'waiting', waitingFor: 'power' });
  await expect(app.page.getByTestId('job-tray-status')).toContainText('battery');
  await app.ask('settings.change', { previewsOnBattery: true });
  await expect.poll(async () => (await previewJob(app))?.state).not.toBe('waiting');
  await app.ask('settings.change', { previewsOnBattery: false });
  await expect.poll(async () => (await previewJob(app))?.state).not.toBe('running');
  await power('on-ac');
  await allPreviewed(app);
});

test('they go on after the media process died, and leave no program behind', async ({
  app,
  place,
}) => {
  test.skip(process.platform !== 'linux', 'processes are looked up in /proc');
  const folder = await differentClips(place, 40);
  await app.scanned(folder);
  await app.waitFor(async () => ((await previewJob(app))?.done ?? 0) > 0 || undefined);
  const media = await app.processId('media');
  const children = processTree(media);
  process.kill(media, 'SIGKILL');
  expect(await survivors(() => children, 10_000)).toEqual([]);
  const videos = await allPreviewed(app);
  expect(videos.size).toBe(40);
  await expect.poll(async () => (await previewJob(app))?.state).toBe('succeeded');
});

test('posters come before filmstrips, but for what is on screen', async ({ app, place }) => {
  const folder = await differentClips(place, 150);
  await app.ask('settings.change', { previewShare: 'low' });
  await app.scanned(folder);
  await app.page.getByRole('listbox', { name: 'Videos' }).waitFor();
  const videos = await app.waitFor(async () => {
    const found = await app.videos();
    return found.some(({ preview }) => preview?.filmstrip) ? found : undefined;
  });
  // The first to have a filmstrip is one that is on screen, and by then all of those have posters.
  const onScreen = await app.page
    .getByTestId('video-tile')
    .evaluateAll((tiles) =>
      tiles
        .filter((tile) => tile.getBoundingClientRect().bottom < window.innerHeight)
        .map((tile) => Number(tile.getAttribute('data-video-id'))),
    );
  const shown = videos.filter(({ id }) => onScreen.includes(id));
  expect(shown.length).toBeGreaterThan(3);
  expect(shown.every(({ preview }) => preview)).toBe(true);
  expect(shown.some(({ preview }) => preview?.filmstrip)).toBe(true);
  await app.waitFor(async () => (await previewJob(app))?.phase === 'filmstrips' || undefined);
  const later = await app.videos();
  expect(later.every(({ preview }) => preview)).toBe(true);
  expect(later.some(({ preview }) => !preview?.filmstrip)).toBe(true);
});

test('what is on screen comes first, also when the person scrolls on', async ({ app, place }) => {
  const folder = await differentClips(place, 150);
  await app.ask('settings.change', { previewShare: 'low' });
  await app.scanned(folder);
  await app.waitFor(async () => ((await previewJob(app))?.done ?? 0) > 0 || undefined);
  await app.page.getByRole('listbox', { name: 'Videos' }).focus();
  await app.page.keyboard.press('End');
  const last = app.page.getByRole('option', { name: 'clip 149.mp4' });
  await expect(last).toBeVisible();
  await expect(
    app.page.getByTestId('video-tile').filter({ has: last }).getByTestId('poster'),
  ).toHaveCount(1);
  // Most others have to wait.
  const job = await previewJob(app);
  expect(job).toMatchObject({ state: 'running' });
  expect(job?.done).toBeLessThan(150);
});
