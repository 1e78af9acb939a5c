import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './fixtures/axe';
import { folderOf } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import { VitrineApp, type Workplace } from './fixtures/vitrine-app';

/** A library with two videos that was closed in order, and so has a backup. */
async function makeLibrary(place: Workplace): Promise<string> {
  const folder = folderOf(join(place.folder, 'Films'), {
    'a.mp4': 'mp4-h264-aac',
    'b.mkv': 'mkv-h264-ac3',
  });
  const app = await VitrineApp.launch(place);
  await app.scanned(folder);
  await app.close();
  return folder;
}

/** Writes over everything behind the first page, as a failing drive may. */
function damage(place: Workplace): void {
  const path = join(place.library, 'library.sqlite');
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(statSync(path).size - 4096, 0xaa), 0, undefined, 4096);
  closeSync(file);
}

test('a damaged library says what happened, and a backup is restored after a question', async ({
  place,
}) => {
  await makeLibrary(place);
  damage(place);
  const app = await VitrineApp.launch(place);
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  const page = app.page.getByTestId('library-failed');
  await expect(page).toContainText('The library is damaged');
  await expect(page).toContainText('Nothing was deleted');
  const backup = page.getByTestId('backup-row');
  await expect(backup).toHaveCount(1);
  await expect(backup).toContainText('2 videos');
  expect(await violations(app)).toEqual([]);

  const restore = backup.getByRole('button', { name: /^Restore the backup of Today/ });
  await restore.click();
  const question = app.page.getByRole('alertdialog');
  await expect(question).toContainText('The present library is not deleted');
  expect(await violations(app)).toEqual([]);
  await app.page.keyboard.press('Escape');
  await expect(restore).toBeFocused();
  await restore.click();
  await question.getByRole('button', { name: 'Restore' }).click();
  await expect(app.page.getByTestId('video-tile')).toHaveCount(2);
  await app.close();
});

test('a backup is restored from the settings while the app runs', async ({ place }) => {
  await makeLibrary(place);
  const app = await VitrineApp.launch(place);
  await app.scanned(folderOf(join(place.folder, 'More'), { 'c.webm': 'webm-vp9-opus' }));
  await app.shows('More');
  await app.page.keyboard.press('Control+,');
  await app.page.getByTestId('backup-row').last().getByRole('button').click();
  await app.page.getByRole('alertdialog').getByRole('button', { name: 'Restore' }).click();
  await expect(app.page.getByText(/^The library is as it was on/)).toBeVisible();
  await expect
    .poll(async () => (await app.videos()).map(({ name }) => name))
    .toEqual(['a.mp4', 'b.mkv']);
  const navigation = app.page.getByRole('navigation');
  await expect(navigation.getByRole('button', { name: /^More/ })).toBeHidden();
  await expect(app.page.getByLabel('Jobs at a time on one drive')).toBeEnabled();
  await app.close();
});
