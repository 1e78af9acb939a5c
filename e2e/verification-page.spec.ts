import { join } from 'node:path';
import { folderOf } from './fixtures/clips';
import { expect, test } from './fixtures/test';

const FILMS = { 'a.mp4': 'mp4-h264-aac', 'b.mkv': 'mkv-h264-ac3' } as const;

test('a video is verified from the inspector, which then says what was found', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), FILMS));
  await app.shows('Films');
  await app.page.getByRole('option', { name: 'a.mp4' }).click();
  const inspector = app.page.getByTestId('inspector');
  await expect(inspector).toContainText('Not verified yet');
  await inspector.getByRole('button', { name: 'Verify' }).click();
  await expect(inspector).toContainText('Intact from beginning to end');
  await expect(inspector.getByRole('button', { name: 'Verify again' })).toBeVisible();
  await expect(app.page.getByTestId('job-tray-status')).toContainText('a.mp4 finished · intact');
});

test('a folder is verified from its menu, and its videos one by one from the palette', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), FILMS));
  await app.shows('Films');
  const item = app.page.getByRole('navigation').getByRole('button', { name: /^Films/ });
  await item.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Verify videos' }).click();
  const status = app.page.getByTestId('job-tray-status');
  await expect(status).toContainText('Verification of Films finished · all 2 intact');

  await app.page.getByRole('option', { name: 'b.mkv' }).click();
  await app.page.keyboard.press('Control+k');
  await app.page.keyboard.type('verify the selected');
  await app.page.keyboard.press('Enter');
  await expect(status).toContainText('b.mkv finished · intact');
});
