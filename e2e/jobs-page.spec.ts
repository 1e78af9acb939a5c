import { basename, join } from 'node:path';
import { largeFolder } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import type { VitrineApp } from './fixtures/vitrine-app';

const tray = (app: VitrineApp) => app.page.getByTestId('job-tray');
const trayStatus = (app: VitrineApp) => app.page.getByTestId('job-tray-status');

/** Starts a scan that takes a while, and waits until it is at work. */
async function longScan(app: VitrineApp, folder: string): Promise<string> {
  const jobId = await app.addFolder(largeFolder(folder, 3_000));
  await app.shows(basename(folder));
  await app.waitFor(async () =>
    (await app.ask('jobs.get', { jobId })).done > 20 ? true : undefined,
  );
  return jobId;
}

test('a scan is paused and resumed in the tray, and says so', async ({ app, place }) => {
  const jobId = await longScan(app, join(place.folder, 'clips'));
  await tray(app).getByRole('button', { name: 'Pause' }).click();
  await expect(trayStatus(app)).toContainText('Scan of clips is paused');
  expect((await app.ask('jobs.get', { jobId })).state).toBe('paused');
  await tray(app).getByRole('button', { name: 'Resume' }).click();
  await expect(trayStatus(app)).toHaveAttribute('data-job-state', 'running');
  await tray(app).getByRole('button', { name: 'Cancel' }).click();
  expect((await app.jobEnd(jobId)).state).toBe('cancelled');
});

test('the jobs page is worked by the keyboard alone', async ({ app, place }) => {
  const jobId = await longScan(app, join(place.folder, 'clips'));
  await app.page.keyboard.press('Control+j');
  const row = app.page.getByTestId('job-row');
  await expect(row.getByRole('button', { name: 'Scan of clips' })).toBeFocused();
  await app.page.keyboard.press('p');
  await expect(row).toHaveAttribute('data-job-state', 'paused');
  await app.page.keyboard.press('p');
  await expect(row).toHaveAttribute('data-job-state', /queued|running/);
  await app.page.keyboard.press('Enter');
  await expect(row).toContainText(join(place.folder, 'clips'));
  await app.page.keyboard.press('Delete');
  await expect(row).toHaveAttribute('data-job-state', 'cancelled');
  await expect(row.getByRole('button', { name: 'Scan of clips' })).toBeFocused();
  await app.page.keyboard.press('r');
  await expect(row).toHaveAttribute('data-job-state', /queued|running/);
  await app.page.keyboard.press('Delete');
  expect((await app.jobEnd(jobId)).state).toBe('cancelled');
});

test('the priority is chosen on the context menu and shown in words', async ({ app, place }) => {
  const jobId = await longScan(app, join(place.folder, 'clips'));
  await app.page.keyboard.press('Control+j');
  const row = app.page.getByTestId('job-row');
  await row.click({ button: 'right', position: { x: 200, y: 10 } });
  await app.page.getByRole('menuitemradio', { name: 'High' }).click();
  await expect(row).toContainText('high priority');
  expect((await app.ask('jobs.get', { jobId })).priority).toBe('high');
  await row.getByRole('button', { name: 'More actions' }).click();
  await expect(app.page.getByRole('menuitemradio', { name: 'High' })).toBeChecked();
  await app.page.getByRole('menuitem', { name: /Cancel/ }).click();
  expect((await app.jobEnd(jobId)).state).toBe('cancelled');
});

test('a job is paused and cancelled from the palette', async ({ app, place }) => {
  const jobId = await longScan(app, join(place.folder, 'clips'));
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('pause scan of clips');
  await app.page.keyboard.press('Enter');
  await expect(trayStatus(app)).toHaveAttribute('data-job-state', 'paused');
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('cancel scan of clips');
  await app.page.keyboard.press('Enter');
  expect((await app.jobEnd(jobId)).state).toBe('cancelled');
});

test('everything is paused and resumed at once', async ({ app, place }) => {
  const first = await longScan(app, join(place.folder, 'clips'));
  const second = await app.addFolder(largeFolder(join(place.folder, 'more clips'), 3_000));
  await app.shows('more clips');
  await app.page.keyboard.press('Control+j');
  await expect(app.page.getByTestId('job-row')).toHaveCount(2);
  await app.page.getByRole('button', { name: 'Pause all' }).click();
  const states = async () =>
    Promise.all([first, second].map(async (jobId) => (await app.ask('jobs.get', { jobId })).state));
  await expect.poll(states).toEqual(['paused', 'paused']);
  await expect(app.page.getByRole('button', { name: 'Pause all' })).toBeHidden();
  await app.page.getByRole('button', { name: 'Resume all' }).click();
  await expect.poll(async () => (await states()).includes('paused')).toBe(false);
  await Promise.all([first, second].map((jobId) => app.ask('jobs.cancel', { jobId })));
});
