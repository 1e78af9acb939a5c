import { join } from 'node:path';
import { folderOf } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import type { VitrineApp } from './fixtures/vitrine-app';

const MIXED = {
  'Holiday/beach day 2.mp4': 'mp4-h264-aac',
  'Holiday/beach day 10.mp4': 'mp4-h264-aac',
  'Work/interview.mov': 'mov-h264-rotated',
} as const;

const palette = (app: VitrineApp) => app.page.getByRole('dialog', { name: 'Command palette' });
/** The command that Enter would run. */
const chosen = (app: VitrineApp) => palette(app).getByRole('option', { selected: true });

test('a command is found by typing and run by Enter, and the keyboard is back where it was', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await app.shows('Films');
  await expect(app.page.getByTestId('video-tile')).toHaveCount(3);
  const list = app.page.getByRole('listbox', { name: 'Videos' });
  await list.focus();

  await app.page.keyboard.press('Control+k');
  await expect(palette(app).getByRole('combobox')).toBeFocused();
  await app.page.keyboard.type('hide sidebar');
  await expect(chosen(app)).toHaveText(/Show or hide the sidebar/);
  await app.page.keyboard.press('Enter');
  await expect(palette(app)).toBeHidden();
  await expect(app.page.getByRole('navigation')).toBeHidden();
  await expect(list).toBeFocused();

  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('as a table');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByTestId('video-row')).toHaveCount(3);
});

test('a command that wants the keyboard gets it', async ({ app, place }) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await app.shows('Films');
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('find videos');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByLabel('Search videos')).toBeFocused();

  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('go to jobs');
  await app.page.keyboard.press('Enter');
  const row = app.page.getByTestId('job-row').getByRole('button', { name: /^Scan of Films/ });
  await expect(row).toBeFocused();
});

test('Escape goes one step back, and Ctrl+K closes', async ({ app, place }) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await app.shows('Films');
  await expect(app.page.getByTestId('video-tile')).toHaveCount(3);
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('scan a folder');
  await app.page.keyboard.press('Enter');
  await expect(palette(app).getByRole('option')).toHaveText([/Scan Films again/]);
  await app.page.keyboard.press('Escape');
  await expect(palette(app).getByRole('option', { name: /Add folder/ })).toBeVisible();
  await expect(palette(app).getByRole('combobox')).toBeFocused();
  await app.page.keyboard.press('Escape');
  await expect(palette(app)).toBeHidden();

  await app.page.keyboard.press('Control+k');
  await expect(palette(app)).toBeVisible();
  await app.page.keyboard.press('Control+k');
  await expect(palette(app)).toBeHidden();
});

test('a folder is scanned again from the palette', async ({ app, place }) => {
  const folder = folderOf(join(place.folder, 'Films'), MIXED);
  await app.scanned(folder);
  await app.shows('Films');
  folderOf(folder, { 'new.webm': 'webm-vp9-opus' });
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('rescan films');
  await expect(chosen(app)).toHaveText('Scan Films again');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByTestId('video-tile')).toHaveCount(4);
});

test('what is no command is searched for among the videos', async ({ app, place }) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), MIXED));
  await app.shows('Films');
  await app.page.keyboard.press('Control+j');
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('interview');
  await expect(palette(app).getByRole('option')).toHaveText([/Find videos named “interview”/]);
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('option')).toHaveCount(1);
  await expect(app.page.getByRole('option', { name: 'interview.mov' })).toBeVisible();
});

test('the application menu opens the palette', async ({ app }) => {
  await expect(app.page.getByTestId('welcome')).toBeVisible();
  await app.chooseInMenu('Command palette…');
  await expect(palette(app)).toBeVisible();
});
