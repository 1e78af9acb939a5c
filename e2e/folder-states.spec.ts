import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, largeFolder } from './fixtures/clips';
import { expect, test } from './fixtures/test';

test('so many videos that are not found are missing only when the person says so', async ({
  app,
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'Films'), 160);
  await app.scanned(folder);
  await app.shows('Films');
  await expect(app.page.getByTestId('video-count')).toHaveText('160 videos');
  rmSync(join(folder, 'card 000'), { recursive: true });

  await app.ask('scan.start', { path: folder });

  const banner = app.page.getByTestId('missing-banner');
  const item = app.page.getByRole('navigation').getByRole('button', { name: /^Films/ });
  await expect(banner).toContainText('100 videos were not found in the last scan.');
  await expect(item.getByRole('img', { name: '100 videos not found' })).toBeVisible();
  expect((await app.ask('library.summary', {})).counts.missing).toBe(0);

  await banner.getByRole('button', { name: 'Mark as missing' }).click();
  await expect(banner).toBeHidden();
  await expect.poll(async () => (await app.ask('library.summary', {})).counts.missing).toBe(100);
});

test('a folder that is not connected says so, and its videos stay to be browsed', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'Drive', 'Films'), { 'a.mp4': 'mp4-h264-aac' });
  await app.scanned(folder);
  await app.shows('Films');
  renameSync(join(place.folder, 'Drive'), join(place.folder, 'Unplugged'));
  await app.ask('scan.start', { path: folder });
  await expect(app.page.getByTestId('job-tray-status')).toContainText(
    'Scan of Films is waiting · its drive or share is not connected',
  );
  const item = app.page.getByRole('navigation').getByRole('button', { name: /^Films/ });
  await expect(item).toContainText('offline');
  await expect(app.page.getByTestId('offline-banner')).toContainText('“Films” is not connected.');
  await expect(app.page.getByTestId('video-tile')).toHaveCount(1);
  expect((await app.videos()).map(({ state }) => state)).toEqual(['offline']);

  renameSync(join(place.folder, 'Unplugged'), join(place.folder, 'Drive'));
  await expect(app.page.getByTestId('offline-banner')).toBeHidden();
  await expect.poll(async () => (await app.videos()).map(({ state }) => state)).toEqual(['ok']);
});
