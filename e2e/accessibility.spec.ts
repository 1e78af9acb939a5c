import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import { folderOf, notAVideo } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import type { VitrineApp } from './fixtures/vitrine-app';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

/** Rules broken on the page as it stands, with the elements that break them. */
async function violations(app: VitrineApp): Promise<string[]> {
  await app.page.evaluate(axeSource);
  const results = (await app.page.evaluate('axe.run()')) as AxeResults;
  return results.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

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
    await expect(app.page.getByTestId('video-tile')).toHaveCount(3);
    await app.page.getByRole('option', { name: 'a.mp4' }).click();
    await expect(app.page.getByTestId('inspector')).toContainText('AAC');
    expect(await violations(app)).toEqual([]);

    await app.page.keyboard.press('Control+2');
    await expect(app.page.getByTestId('video-row')).toHaveCount(3);
    expect(await violations(app)).toEqual([]);

    await app.page.getByRole('button', { name: /^Problems/ }).click();
    await expect(app.page.getByTestId('problem-row')).toHaveCount(1);
    expect(await violations(app)).toEqual([]);

    await app.page.keyboard.press('Control+,');
    await expect(app.page.getByTestId('settings-page')).toBeVisible();
    expect(await violations(app)).toEqual([]);

    await app.page.getByRole('button', { name: 'Jobs', exact: true }).click();
    await expect(app.page.getByTestId('job-row')).toHaveCount(1);
    expect(await violations(app)).toEqual([]);
  });
}
