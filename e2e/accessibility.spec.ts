import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './fixtures/axe';
import { folderOf, notAVideo } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import { VitrineApp } from './fixtures/vitrine-app';

/** An open menu lies beside all landmarks: it is no content of the page. */
const WITH_MENU = { region: { enabled: false } };

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing on any page in the ${colorScheme} theme`, async ({ app, place }) => {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(app.page.getByTestId('welcome')).toBeVisible();
    expect(await violations(app)).toEqual([]);

    const folder = folderOf(join(place.folder, 'Films'), {
      'a.mp4': 'mp4-h264-aac',
      'b.mkv': 'mkv-h264-ac3',
    });
    notAVideo(join(folder, 'broken.mp4'), 'nothing');
    await app.scanned(folder);
    await app.shows('Films');
    await expect(app.page.getByTestId('video-tile')).toHaveCount(3);
    await app.page.getByRole('option', { name: 'a.mp4' }).click();
    await expect(app.page.getByTestId('inspector')).toContainText('AAC');
    expect(await violations(app)).toEqual([]);

    await app.page.keyboard.press('Control+2');
    await expect(app.page.getByTestId('video-row')).toHaveCount(3);
    expect(await violations(app)).toEqual([]);

    await app.page.getByRole('button', { name: /^Problems/ }).click();
    await expect(app.page.getByTestId('problem-row')).toHaveCount(1);
    await app.page.getByTestId('problem-row').getByRole('checkbox').click();
    await app.page.getByRole('button', { name: /what ffprobe said/ }).click();
    expect(await violations(app)).toEqual([]);
    await app.page.getByTestId('problem-row').getByRole('checkbox').click();
    await app.page.getByRole('button', { name: 'Dismiss all…' }).click();
    await expect(app.page.getByRole('alertdialog')).toBeVisible();
    expect(await violations(app)).toEqual([]);
    await app.page.keyboard.press('Escape');

    await app.page.keyboard.press('Control+,');
    await expect(app.page.getByTestId('settings-page')).toBeVisible();
    await expect(app.page.getByLabel('Watch folders for changes')).toBeEnabled();
    expect(await violations(app)).toEqual([]);

    await app.page.keyboard.press('Control+j');
    await expect(app.page.getByTestId('job-row')).toHaveCount(1);
    await app.page.keyboard.press('Enter');
    await expect(app.page.getByTestId('job-row')).toContainText('Unreadable');
    expect(await violations(app)).toEqual([]);
    await app.page.getByTestId('job-row').click({ button: 'right', position: { x: 200, y: 10 } });
    await expect(app.page.getByRole('menu')).toBeVisible();
    expect(await violations(app, WITH_MENU)).toEqual([]);
    await app.page.keyboard.press('Escape');

    await app.page.keyboard.press('Control+k');
    await expect(app.page.getByTestId('palette')).toBeVisible();
    expect(await violations(app)).toEqual([]);
    await app.page.keyboard.type('no such command');
    await expect(app.page.getByTestId('palette').getByRole('option')).toHaveCount(1);
    expect(await violations(app)).toEqual([]);
    await app.page.keyboard.press('Escape');

    await app.page.getByRole('button', { name: /^Films/ }).click({ button: 'right' });
    await expect(app.page.getByRole('menu')).toBeVisible();
    expect(await violations(app, WITH_MENU)).toEqual([]);
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('button', { name: 'Open the list of jobs' }).click();
    expect(await violations(app)).toEqual([]);
  });
}

test('axe finds nothing on the page of a library that does not open', async ({ place }) => {
  mkdirSync(place.library);
  writeFileSync(join(place.library, 'library.sqlite'), 'not a database '.repeat(1000));
  const app = await VitrineApp.launch(place);
  try {
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
    await expect(app.page.getByTestId('library-failed')).toBeVisible();
    await app.page.getByRole('button', { name: 'Technical details' }).last().click();
    expect(await violations(app)).toEqual([]);
  } finally {
    await app.close();
  }
});
