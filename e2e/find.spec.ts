import { join } from 'node:path';
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
