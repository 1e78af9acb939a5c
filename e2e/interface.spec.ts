import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, largeFolder, notAVideo } from './fixtures/clips';
import { electronPath } from './fixtures/command-line';
import { expect, test } from './fixtures/test';
import { PROJECT, ROOT_SWITCHES, type VitrineApp } from './fixtures/vitrine-app';

const MIXED = {
  'Holiday/beach day 2.mp4': 'mp4-h264-aac',
  'Holiday/beach day 10.mp4': 'mp4-h264-aac',
  'Holiday/Été à Nice.mkv': 'mkv-h264-ac3',
  'Work/interview.mov': 'mov-h264-rotated',
} as const;

/** Names in the order in which they are shown. */
const shownNames = (app: VitrineApp) =>
  app.page
    .getByRole('option')
    .evaluateAll((options) => options.map((option) => option.getAttribute('aria-label')));

test('the first start invites to add a folder, and the added folder is browsed at once', async ({
  app,
  place,
}) => {
  await expect(app.page.getByTestId('welcome')).toBeVisible();
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await expect(app.page.getByTestId('welcome')).toBeHidden();
  await expect(
    app.page.getByRole('navigation').getByRole('button', { name: /^Films/ }),
  ).toHaveAttribute('aria-current', 'page');
  await expect(app.page.getByTestId('job-tray-status')).toContainText('4 added');
  await expect
    .poll(() => shownNames(app))
    .toEqual(['beach day 2.mp4', 'beach day 10.mp4', 'Été à Nice.mkv', 'interview.mov']);
});

test('starting the app again with a folder adds it to the one that runs', async ({
  app,
  place,
}) => {
  await expect(app.page.getByTestId('welcome')).toBeVisible();
  folderOf(join(place.folder, 'Films'), MIXED);
  const again = spawn(
    electronPath,
    [...ROOT_SWITCHES, `--user-data-dir=${place.profile}`, PROJECT, 'Films'],
    { cwd: place.folder, stdio: 'ignore' },
  );
  await once(again, 'exit');
  await expect(app.page.getByTestId('video-tile')).toHaveCount(4);
  expect((await app.ask('library.summary', {})).roots.map(({ path }) => path)).toEqual([
    join(place.folder, 'Films'),
  ]);
});

test('a folder dragged onto the window is added', async ({ app, place }) => {
  const folder = folderOf(join(place.folder, 'Dropped'), MIXED);
  await expect(app.page.getByTestId('welcome')).toBeVisible();
  const devTools = await app.page.context().newCDPSession(app.page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 | 2 };
  for (const type of ['dragEnter', 'dragOver'] as const) {
    await devTools.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  }
  await expect(app.page.getByTestId('drop-overlay')).toBeVisible();
  await devTools.send('Input.dispatchDragEvent', { type: 'drop', x: 640, y: 400, data });
  await expect(app.page.getByTestId('video-tile')).toHaveCount(4);
  expect((await app.ask('library.summary', {})).roots.map(({ path }) => path)).toEqual([folder]);
});

test('a file dragged onto the window is refused in words', async ({ app, place }) => {
  const folder = folderOf(join(place.folder, 'Dropped'), { 'a.mp4': 'mp4-h264-aac' });
  await expect(app.page.getByTestId('welcome')).toBeVisible();
  const devTools = await app.page.context().newCDPSession(app.page);
  const data = { items: [], files: [join(folder, 'a.mp4')], dragOperationsMask: 1 | 2 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devTools.send('Input.dispatchDragEvent', { type, x: 640, y: 400, data });
  }
  await expect(app.page.locator('[data-sonner-toast]')).toContainText(/folder/i);
  expect((await app.ask('library.summary', {})).roots).toEqual([]);
});

test('search finds names and folders, whatever case and accents, and Escape goes back', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await expect(app.page.getByTestId('video-tile')).toHaveCount(4);

  await app.page.keyboard.press('Control+f');
  await app.page.keyboard.type('HOLIDAY ete');
  await expect(app.page.getByTestId('video-tile')).toHaveCount(1);
  await expect.poll(() => shownNames(app)).toEqual(['Été à Nice.mkv']);
  await app.page.getByLabel('Search videos').fill('nothing like it');
  await expect(app.page.getByTestId('empty-search')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByTestId('video-tile')).toHaveCount(4);
});

test('the keyboard moves through grid and table, and the inspector shows every stream', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await expect(app.page.getByTestId('video-tile')).toHaveCount(4);
  await app.page.getByRole('option', { name: 'beach day 2.mp4' }).click();
  const inspector = app.page.getByTestId('inspector');
  await expect(inspector).toContainText('beach day 2.mp4');
  await expect(inspector).toContainText('H.264');
  await expect(inspector).toContainText('AAC');

  await app.page.keyboard.press('End');
  await expect(inspector).toContainText('interview.mov');
  await expect(inspector).toContainText('120 × 160');
  await app.page.keyboard.press('Control+2');
  await expect(app.page.getByTestId('video-row')).toHaveCount(4);
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('ArrowDown');
  await expect(inspector).toContainText('Été à Nice.mkv');
  await expect(inspector).toContainText('AC-3');
  await app.page.keyboard.press('Control+i');
  await expect(inspector).toBeHidden();
});

test('the table sorts by its header, with unknown values last both ways', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'Films'), {
    'b.mp4': 'mp4-h264-aac',
    'a.avi': 'avi-mpeg4-mp3',
    'c.mov': 'mov-prores-pcm',
  });
  notAVideo(join(folder, 'broken.mp4'), 'nothing');
  await app.scanned(folder);
  await app.page.keyboard.press('Control+2');
  const names = () =>
    app.page
      .getByTestId('video-row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label')));
  const header = app.page.getByRole('columnheader', { name: /^Video/ });
  await header.click();
  await expect.poll(names).toEqual(['b.mp4', 'a.avi', 'c.mov', 'broken.mp4']);
  await header.click();
  await expect.poll(names).toEqual(['c.mov', 'a.avi', 'b.mp4', 'broken.mp4']);
});

test('a removed folder comes back whole when it is added again', async ({ app, place }) => {
  const folder = folderOf(join(place.folder, 'Films'), MIXED);
  await app.scanned(folder);
  const before = (await app.videos()).map(({ id, name }) => [id, name]);
  const item = app.page.getByRole('navigation').getByRole('button', { name: /^Films/ });
  await item.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: /Remove from library/ }).click();
  await app.page
    .getByRole('alertdialog')
    .getByRole('button', { name: 'Remove from library' })
    .click();
  await expect(app.page.getByTestId('welcome')).toBeVisible();
  expect(await app.videos()).toEqual([]);

  const job = await app.scanned(folder);
  expect(job.result).toMatchObject({ added: 0, unchanged: 4 });
  expect((await app.videos()).map(({ id, name }) => [id, name])).toEqual(before);
});

test('the jobs page lists what was done, and the tray says what is going on', async ({
  app,
  place,
}) => {
  mkdirSync(join(place.folder, 'Empty'));
  await app.scanned(join(place.folder, 'Empty'));
  const jobId = await app.addFolder(largeFolder(join(place.folder, 'Cards'), 1_500));
  const status = app.page.getByTestId('job-tray-status');
  await expect(status).toHaveAttribute('data-job-state', 'running');
  await expect(status).toContainText(/Cards · [\d.,]+ of 1[.,\s]?500/);
  await expect(app.page.getByTestId('job-tray').getByRole('progressbar')).toBeVisible();
  await app.page.getByRole('button', { name: 'Jobs', exact: true }).click();
  await expect(app.page.getByTestId('job-row')).toHaveCount(2);
  await app.ask('jobs.cancel', { jobId });
  await expect(status).not.toHaveAttribute('data-job-state', 'running');
});

test('colours follow the system: dark and light', async ({ app }) => {
  const background = () => app.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await app.page.emulateMedia({ colorScheme: 'dark' });
  const dark = await background();
  await app.page.emulateMedia({ colorScheme: 'light' });
  expect(await background()).not.toBe(dark);
});

test('at the smallest window the inspector gives way and nothing scrolls sideways', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600),
  );
  await expect.poll(() => app.page.evaluate(() => window.innerWidth)).toBe(900);
  await expect(app.page.getByTestId('video-tile').first()).toBeVisible();
  expect(await app.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
    900,
  );
});

test('a file type that was added in the settings counts from the next scan on', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'Films'), {
    'a.mp4': 'mp4-h264-aac',
    'b.xyz': 'mkv-h264-ac3',
  });
  await app.scanned(folder);
  expect((await app.videos()).map(({ name }) => name)).toEqual(['a.mp4']);

  await app.page.keyboard.press('Control+,');
  await expect(app.page.getByTestId('settings-page')).toBeVisible();
  await app.page.getByLabel('Further extensions').fill('.XYZ');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByTestId('extension-chip')).toHaveText(/xyz/);
  await expect.poll(() => app.ask('settings.get', {})).toMatchObject({ extraExtensions: ['xyz'] });
  const { jobId } = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(jobId)).result).toMatchObject({ added: 1, unchanged: 1 });
  expect((await app.videos()).find(({ name }) => name === 'b.xyz')).toMatchObject({
    state: 'ok',
    container: 'matroska',
  });
});

test('the application menu commands the page', async ({ app, place }) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await app.chooseInMenu('Table');
  await expect(app.page.getByTestId('video-row')).toHaveCount(4);
  await app.chooseInMenu('Grid');
  await expect(app.page.getByTestId('video-tile')).toHaveCount(4);
  await app.chooseInMenu('Jobs');
  await expect(app.page.getByTestId('job-row')).toHaveCount(1);
  await app.chooseInMenu('Sidebar');
  await expect(app.page.getByRole('navigation')).toBeHidden();
});
