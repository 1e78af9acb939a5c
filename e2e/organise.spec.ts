import { join } from 'node:path';
import { violations } from './fixtures/axe';
import { folderOf } from './fixtures/clips';
import { expect, test } from './fixtures/test';
import { VitrineApp } from './fixtures/vitrine-app';

const said = { rating: 4, label: 'green', favourite: true, tags: ['Beach'], note: 'At dawn.' };
const nothing = { rating: null, label: null, favourite: false, tags: [], note: null };

test('a video is rated, labelled, tagged and noted; every step is undone and redone by keys', async ({
  place,
}) => {
  const folder = folderOf(join(place.folder, 'Clips'), { 'a.mp4': 'mp4-h264-aac' });
  let app = await VitrineApp.launch(place);
  await app.scanned(folder);
  const [video] = await app.videos();
  if (!video) throw new Error('The video is not there.');
  const saidNow = () => app.ask('videos.get', { id: video.id });
  const tile = app.page.getByRole('option', { name: 'a.mp4' });
  await tile.click();

  const inspector = app.page.getByTestId('inspector');
  await inspector.getByRole('button', { name: '4 stars' }).click();
  await inspector.getByRole('button', { name: 'Label green' }).click();
  await inspector.getByRole('button', { name: 'Favourite' }).click();
  await inspector.getByLabel('Add a tag').fill('Beach');
  await inspector.getByLabel('Add a tag').press('Enter');
  await expect(inspector.getByTestId('name-chip')).toHaveText(['Beach']);
  await inspector.getByLabel('Note').fill('At dawn.');
  await tile.click();
  await expect.poll(saidNow).toMatchObject(said);
  await expect(inspector.getByRole('button', { name: '4 stars' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(await violations(app)).toEqual([]);

  const list = app.page.getByRole('listbox', { name: 'Videos' });
  await list.focus();
  await app.page.keyboard.press('Control+z');
  await expect.poll(saidNow).toMatchObject({ ...said, note: null });
  await expect(app.page.getByText('Undone: Note on 1 video')).toBeVisible();
  await app.page.keyboard.press('Control+z');
  await expect.poll(saidNow).toMatchObject({ ...said, note: null, tags: [] });
  for (let step = 0; step < 3; step++) {
    const { undo } = await app.ask('history.get', {});
    await app.page.keyboard.press('Control+z');
    await expect
      .poll(async () => (await app.ask('history.get', {})).undo?.editId)
      .not.toBe(undo?.editId);
  }
  await expect.poll(saidNow).toMatchObject(nothing);
  await app.page.keyboard.press('Control+Shift+Z');
  await expect.poll(saidNow).toMatchObject({ ...nothing, rating: 4 });
  await app.close();

  // The history outlives the session.
  app = await VitrineApp.launch(place);
  await app.page.getByRole('option', { name: 'a.mp4' }).waitFor();
  await app.chooseInMenu('Redo Label 1 video green');
  await expect.poll(saidNow).toMatchObject({ ...nothing, rating: 4, label: 'green' });
  await app.close();
});

test('what is being written is undone by itself, and Escape gives it up', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Clips'), { 'a.mp4': 'mp4-h264-aac' }));
  const [video] = await app.videos();
  if (!video) throw new Error('The video is not there.');
  await app.page.getByRole('option', { name: 'a.mp4' }).click();
  const inspector = app.page.getByTestId('inspector');
  await inspector.getByRole('button', { name: '2 stars' }).click();
  const note = inspector.getByLabel('Note');
  await note.pressSequentially('At du');
  await note.press('Control+z');
  await expect(note).not.toHaveValue('At du');
  await note.fill('At dusk');
  await note.press('Escape');
  await expect(note).toHaveValue('');
  await note.press('Tab');
  const tag = inspector.getByLabel('Add a tag');
  await tag.fill('One, two');
  await tag.press('Enter');
  await expect(inspector.getByTestId('name-chip')).toHaveText(['One', 'two']);
  await inspector.getByRole('button', { name: 'Remove the tag One' }).click();
  await expect(inspector.getByTestId('name-chip')).toHaveText(['two']);
  expect(await app.ask('videos.get', { id: video.id })).toMatchObject({ rating: 2, note: null });
});

test('tags and saved searches stand in the sidebar, are opened, renamed, removed and taken back', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'Clips'), {
    'a.mp4': 'mp4-h264-aac',
    'b.webm': 'webm-vp8-vorbis',
  });
  await app.scanned(folder);
  const tiles = app.page.getByTestId('video-tile');
  await app.page.getByRole('option', { name: 'a.mp4' }).click();
  const field = app.page.getByTestId('inspector').getByLabel('Add a tag');
  await field.fill('North Sea');
  await field.press('Enter');

  const tags = app.page.getByRole('region', { name: 'Tags' }).getByRole('button');
  await expect(tags).toHaveText(/North Sea\s*1/);
  await tags.click();
  await expect(app.page.getByLabel('Search videos')).toHaveValue('tag:"North Sea"');
  await expect(tags).toHaveAttribute('aria-current', 'page');
  await expect(tiles).toHaveCount(1);

  await tags.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Rename…' }).click();
  await app.page.getByRole('dialog').getByLabel('Name').fill('Baltic');
  await app.page.keyboard.press('Enter');
  await expect(tags).toHaveText(/Baltic/);
  await tags.click({ button: 'right' });
  await app.page.getByRole('menuitem', { name: 'Remove tag' }).click();
  await expect(tags).toHaveCount(0);
  await app.page.getByRole('button', { name: 'Undo' }).click();
  await expect(tags).toHaveText(/Baltic\s*1/);

  const inspector = app.page.getByTestId('inspector');
  await app.page.getByRole('option', { name: 'a.mp4' }).click();
  await inspector.getByLabel('Add to a collection').fill('Best of');
  await inspector.getByLabel('Add to a collection').press('Enter');
  const collections = app.page.getByRole('region', { name: 'Collections' }).getByRole('button');
  await expect(collections).toHaveText(/Best of\s*1/);
  await collections.click();
  await expect(tiles).toHaveCount(1);
  await app.page.getByRole('option', { name: 'a.mp4' }).click();
  await inspector.getByRole('button', { name: 'Take out of the collection Best of' }).click();
  await expect(tiles).toHaveCount(0);
  await expect(collections).toHaveText(/Best of\s*0/);

  await app.page.getByLabel('Search videos').fill('codec:vp8');
  await expect(tiles).toHaveCount(1);
  await app.page.getByRole('button', { name: 'Save this search' }).click();
  await app.page.getByRole('dialog').getByLabel('Name').fill('Old web clips');
  await app.page.getByRole('button', { name: 'Save', exact: true }).click();
  const filters = app.page.getByRole('region', { name: 'Filters' }).getByRole('button');
  await expect(filters).toHaveText('Old web clips');
  await app.page.getByRole('button', { name: 'All videos' }).click();
  await expect(tiles).toHaveCount(2);
  await filters.click();
  await expect(tiles).toHaveCount(1);
  await expect(app.page.getByRole('option', { name: 'b.webm' })).toBeVisible();
  expect(await violations(app)).toEqual([]);
});
