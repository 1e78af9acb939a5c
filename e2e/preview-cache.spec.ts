import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { age, clip, folderOf, largeFolder } from './fixtures/clips';
import { createCodedClip, frameNumberOf } from './fixtures/coded-clip';
import { pixelsOfFile } from './fixtures/pixels';
import { allPreviewed, cachedFiles, imageFile } from './fixtures/preview-cache';
import { expect, test } from './fixtures/test';
import { VitrineApp } from './fixtures/vitrine-app';

test.use({ previews: true });

/** What `media://` answers main, which no page restricts. */
function fetched(app: VitrineApp, url: string, method = 'GET') {
  return app.electron.evaluate(
    async ({ net }, request) => {
      const response = await net.fetch(request.url, { method: request.method });
      const { status, headers } = response;
      const { byteLength } = await response.arrayBuffer();
      return { status, byteLength, headers: Object.fromEntries(headers.entries()) };
    },
    { url, method },
  );
}

test('copies share one preview, a moved video keeps its own, an edited one gets another', async ({
  app,
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'Copies'), 60);
  copyFileSync(clip('mov-h264-rotated'), join(folder, 'tall.mov'));
  age(join(folder, 'tall.mov'));
  await app.scanned(folder);
  const before = await allPreviewed(app);
  const tall = before.get('tall.mov');
  const posters = new Set([...before.values()].map(({ preview }) => preview?.poster));
  expect(posters.size).toBe(2);
  expect(cachedFiles(place)).toHaveLength(4);

  renameSync(join(folder, 'tall.mov'), join(folder, 'moved.mov'));
  const edited = join(folder, 'card 000', 'clip 00000.mp4');
  rmSync(edited);
  copyFileSync(clip('mp4-silent'), edited);
  age(edited);
  await app.scanned(folder);
  const after = await allPreviewed(app);
  expect(after.get('moved.mov')?.preview).toEqual(tall?.preview);
  expect(posters).not.toContain(after.get('clip 00000.mp4')?.preview?.poster);
});

test('an image that is gone or damaged is made again when somebody looks', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'Films'), {
    'a.mp4': 'mp4-h264-aac',
    'b.mov': 'mov-h264-rotated',
  });
  await app.scanned(folder);
  const before = await allPreviewed(app);
  await expect(app.page.getByTestId('poster')).toHaveCount(2);
  const [a, b] = [before.get('a.mp4'), before.get('b.mov')];
  if (!a || !b) throw new Error('The videos are not there.');
  rmSync(imageFile(place, a, 'poster'));
  truncateSync(imageFile(place, b, 'poster'), 40);
  // A window keeps what it has decoded.
  await app.close();
  const again = await VitrineApp.launch(place, { previews: true });
  await again.waitFor(async () => {
    const videos = await again.videos();
    const isAnew = videos.every(
      ({ name, preview }) =>
        preview !== null && preview.poster !== before.get(name)?.preview?.poster,
    );
    return isAnew || undefined;
  });
  await expect(again.page.getByTestId('poster')).toHaveCount(2);
  await again.close();
});

test('the pictures of a removed folder go, and come back with it', async ({ app, place }) => {
  const kept = folderOf(join(place.folder, 'Kept'), { 'a.mp4': 'mp4-h264-aac' });
  const other = folderOf(join(place.folder, 'Other'), {
    'b.mov': 'mov-h264-rotated',
    'copy of a.mp4': 'mp4-h264-aac',
  });
  await app.scanned(kept);
  await app.scanned(other);
  await allPreviewed(app);
  expect(cachedFiles(place)).toHaveLength(4);
  const { roots } = await app.ask('library.summary', {});
  const rootId = roots.find(({ path }) => path === other)?.rootId ?? 0;
  await app.ask('roots.remove', { rootId });
  await expect.poll(() => cachedFiles(place).length).toBe(2);
  await app.scanned(other);
  expect([...(await allPreviewed(app)).keys()]).toEqual(['a.mp4', 'b.mov', 'copy of a.mp4']);
});

test('the picture of the person’s choice stands for the video, to the frame, until it is taken back', async ({
  app,
  place,
}) => {
  const folder = join(place.folder, 'Coded');
  mkdirSync(folder);
  const path = join(folder, 'coded.mp4');
  await createCodedClip(path, { seconds: 20, codecs: '-c:v libx264 -preset ultrafast -g 100' });
  age(path);
  await app.scanned(folder);
  const chosen = (await allPreviewed(app)).get('coded.mp4');
  if (!chosen) throw new Error('The clip is not there.');
  const posterNow = async () => (await app.videos())[0]?.preview?.poster;
  // The middle of frame 333.
  await app.ask('previews.setPoster', { id: chosen.id, atSeconds: 333.5 / 25 });
  await expect
    .poll(async () => (await posterNow()) ?? chosen.preview?.poster)
    .not.toBe(chosen.preview?.poster);
  const [video] = await app.videos();
  if (!video) throw new Error('The clip is not there.');
  expect(frameNumberOf(await pixelsOfFile(imageFile(place, video, 'poster')))).toBe(333);
  expect(video.preview?.filmstrip).toBe(chosen.preview?.filmstrip);
  await app.ask('previews.setPoster', { id: chosen.id, atSeconds: null });
  await expect.poll(posterNow).toBe(chosen.preview?.poster);
});

test('media:// gives out pictures by their token, to be kept for ever, and nothing else', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), { 'a.mp4': 'mp4-h264-aac' }));
  const video = (await allPreviewed(app)).get('a.mp4');
  if (!video?.preview) throw new Error('There is no preview.');
  const { poster } = video.preview;
  const answer = await fetched(app, `media://preview/${poster}/poster`);
  expect(answer).toMatchObject({
    status: 200,
    byteLength: readFileSync(imageFile(place, video, 'poster')).length,
    headers: { 'content-type': 'image/webp', 'x-content-type-options': 'nosniff' },
  });
  expect(answer.headers['cache-control']).toContain('immutable');
  for (const path of [
    `${poster}/secret`,
    `${poster}`,
    `${'0'.repeat(32)}/poster`,
    `../library.sqlite`,
    `%2e%2e%2flibrary.sqlite`,
    `${poster}/..%2f..%2f..%2flibrary.sqlite`,
    `${poster.toUpperCase()}x/poster`,
  ]) {
    expect((await fetched(app, `media://preview/${path}`)).status, path).toBe(404);
  }
  expect((await fetched(app, `media://elsewhere/${poster}/poster`)).status).toBe(404);
  expect((await fetched(app, `media://preview/${poster}/poster`, 'DELETE')).status).toBe(405);
});

test('the cache stays below its limit, and clearing it makes everything anew', async ({
  app,
  place,
}) => {
  await app.scanned(folderOf(join(place.folder, 'Films'), { 'a.mp4': 'mp4-h264-aac' }));
  const before = (await allPreviewed(app)).get('a.mp4');
  const cache = await app.ask('previews.cache', {});
  const files = cachedFiles(place).length;
  expect(cache).toMatchObject({ count: 1, due: 0 });
  expect(cache.bytes).toBeGreaterThan(0);
  await app.ask('previews.clear', {});
  const after = await app.waitFor(async () => {
    const [video] = await app.videos();
    const isNew = video?.preview && video.preview.poster !== before?.preview?.poster;
    return isNew ? video : undefined;
  });
  expect(after.preview).not.toBeNull();
  await expect.poll(() => cachedFiles(place).length).toBe(files);
});
