import { join } from 'node:path';
import { violations } from './fixtures/axe';
import { folderOf } from './fixtures/clips';
import { scanFolder } from './fixtures/library-commands';
import { expect, test } from './fixtures/test';
import { rate } from './fixtures/user-data';
import { VitrineApp } from './fixtures/vitrine-app';

test('the page asks for what a person types, completes it, and keeps it', async ({ place }) => {
  const folder = folderOf(join(place.folder, 'clips'), {
    'beach.mp4': 'mp4-h264-aac',
    'trip/portrait.mov': 'mov-h264-rotated',
  });
  await scanFolder(place.library, folder);
  rate(place.library, 1);
  const app = await VitrineApp.launch(place);
  const query = (search: string) => ({
    scope: { type: 'all' as const },
    search,
    sort: 'name' as const,
    descending: false,
  });
  const page = (search: string) =>
    app.ask('videos.page', { query: query(search), index: 0, limit: 9 });

  const { videos, errors } = await page('tag:sea rating:>=4 -rotation:270');
  expect(videos.map(({ id }) => id)).toEqual([1]);
  expect(errors).toEqual([]);
  expect(await page('duration:long codec:h264')).toMatchObject({
    total: 2,
    errors: [{ code: 'BAD_VALUE', from: 9, to: 13 }],
  });

  const { facets } = await app.ask('videos.facets', {
    query: query('tag:sea'),
    facets: ['tag', 'videoCodec'],
  });
  expect(facets.tag).toEqual(
    expect.arrayContaining([
      { value: 'sea', count: 1 },
      { value: null, count: 1 },
    ]),
  );
  expect(facets.videoCodec).toEqual([{ value: 'h264', count: 1 }]);
  const { suggestions } = await app.ask('query.complete', { text: 'tag:s', cursor: 5 });
  expect(suggestions).toMatchObject([{ insert: 'sea', from: 4, to: 5, count: 1 }]);

  const told = app.page.evaluate(
    () =>
      new Promise((resolve) => {
        const end = window.vitrine.savedFilters.onChange(({ filters }) => {
          end();
          resolve(filters);
        });
      }),
  );
  const { id } = await app.ask('savedFilters.save', { name: 'By the sea', query: 'tag:sea' });
  const filter = { id, name: 'By the sea', query: 'tag:sea' };
  expect(await told).toEqual([filter]);
  expect(await app.ask('savedFilters.list', {})).toEqual({ filters: [filter] });
  await app.close();
});

test('the search field completes what is typed, and marks what it does not understand', async ({
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), {
    'beach.mp4': 'mp4-h264-aac',
    'trip/portrait.mov': 'mov-h264-rotated',
    'waves.webm': 'webm-vp8-vorbis',
  });
  await scanFolder(place.library, folder);
  rate(place.library, 1);
  const app = await VitrineApp.launch(place);
  const field = app.page.getByLabel('Search videos');
  const suggestions = app.page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option');
  const found = app.page.getByTestId('video-tile');
  await expect(found).toHaveCount(3);

  await field.pressSequentially('cod');
  await expect(suggestions.first()).toContainText('codec:');
  expect(await violations(app)).toEqual([]);
  await field.press('ArrowDown');
  await field.press('Enter');
  await expect(field).toHaveValue('codec:');
  await expect(suggestions.filter({ hasText: 'vp8' })).toContainText('1');
  await suggestions.filter({ hasText: 'vp8' }).click();
  await expect(field).toHaveValue('codec:vp8 ');
  await expect(found).toHaveCount(1);
  await expect(field).toBeFocused();

  await field.fill('duration:long');
  await expect(app.page.getByTestId('search-errors')).toContainText(
    'duration needs a time such as 90s',
  );
  await field.press('Escape');
  await expect(suggestions).toHaveCount(0);
  await field.press('Escape');
  await expect(field).toHaveValue('');
  await expect(found).toHaveCount(3);
  await expect(app.page.getByTestId('search-errors')).toHaveCount(0);
  await app.close();
});
