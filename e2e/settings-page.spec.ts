import { join } from 'node:path';
import { folderOf } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import { VitrineApp } from './fixtures/vitrine-app';

test('what is set for watching and drives is kept at once, and is there at the next start', async ({
  place,
}) => {
  const app = await VitrineApp.launch(place, { watching: true });
  await app.scanned(folderOf(join(place.folder, 'Films'), { 'a.mp4': 'mp4-h264-aac' }));
  await app.shows('Films');
  await app.page.keyboard.press('Control+,');
  await app.page.getByLabel('Jobs at a time on one drive').selectOption('3 jobs');
  await app.page.getByLabel('Check folders that cannot be watched').selectOption('Every 3 h');
  const watching = app.page.getByRole('switch', { name: 'Watch folders for changes' });
  await expect(watching).toBeChecked();
  await watching.click();
  await expect(watching).not.toBeChecked();
  const changed = { jobsPerVolume: 3, rescanMinutes: 180, watchFolders: false };
  await expect.poll(() => app.ask('settings.get', {})).toMatchObject(changed);
  await app.close();

  const again = await VitrineApp.launch(place, { watching: true });
  await expect(again.page.getByTestId('video-tile')).toHaveCount(1);
  await again.page.keyboard.press('Control+,');
  await expect(again.page.getByLabel('Jobs at a time on one drive')).toHaveValue('3');
  await expect(
    again.page.getByRole('switch', { name: 'Watch folders for changes' }),
  ).not.toBeChecked();
  await again.page.getByLabel('Jobs at a time on one drive').selectOption('Automatic');
  await expect
    .poll(() => again.ask('settings.get', {}))
    .toMatchObject({ ...changed, jobsPerVolume: null });
  await again.close();
});

test('a setting that is changed elsewhere is shown, and not put back by the next change', async ({
  app,
}) => {
  await app.ask('settings.change', { watchFolders: true });
  await app.page.keyboard.press('Control+,');
  const watching = app.page.getByRole('switch', { name: 'Watch folders for changes' });
  await expect(watching).toBeChecked();
  await app.ask('settings.change', { watchFolders: false });
  await expect(watching).not.toBeChecked();
  await app.page.getByLabel('Jobs at a time on one drive').selectOption('3 jobs');
  await expect
    .poll(() => app.ask('settings.get', {}))
    .toMatchObject({ watchFolders: false, jobsPerVolume: 3 });
});
