import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { age } from './fixtures/clips';
import { createCodedClip, frameNumberOf, isUpright } from './fixtures/coded-clip';
import { cut, type Pixels, pixelsOfFile } from './fixtures/pixels';
import { allPreviewed, imageFile } from './fixtures/preview-cache';
import { screenAt } from './fixtures/screen';
import { expect, test } from './fixtures/test';
import type { VitrineApp, Workplace } from './fixtures/vitrine-app';

test.use({ previews: true });

const RATE = 25;
const KEY_FRAME_EVERY_2_S = '-c:v libx264 -preset ultrafast -g 50';
const SECONDS = 50;

/** A folder with one clip whose frames show their number. */
async function codedFolder(place: Workplace): Promise<string> {
  const folder = join(place.folder, 'Coded');
  mkdirSync(folder);
  await createCodedClip(join(folder, 'coded.mp4'), {
    seconds: SECONDS,
    codecs: KEY_FRAME_EVERY_2_S,
  });
  age(join(folder, 'coded.mp4'));
  return folder;
}

/** What is seen of an element. */
async function shot(app: VitrineApp, picture: Locator): Promise<Pixels> {
  const box = await picture.boundingBox();
  if (!box) throw new Error('It is not shown.');
  return screenAt(app, box);
}

test('a video gets a poster and a filmstrip whose pictures show what it shows at their times', async ({
  app,
  place,
}) => {
  await app.scanned(await codedFolder(place));
  const video = (await allPreviewed(app)).get('coded.mp4');
  if (!video) throw new Error('The clip is not there.');

  const poster = await pixelsOfFile(imageFile(place, video, 'poster'));
  expect({ width: poster.width, height: poster.height }).toEqual({ width: 480, height: 270 });
  expect(isUpright(poster)).toBe(true);

  const { columns, frameWidth, frameHeight, times } = await app.ask('previews.filmstrip', {
    id: video.id,
  });
  expect(times).toHaveLength(25);
  const sprite = await pixelsOfFile(imageFile(place, video, 'filmstrip'));
  const shownAt = times.map((_, index) => {
    const left = (index % columns) * frameWidth;
    const top = Math.floor(index / columns) * frameHeight;
    const picture = cut(sprite, left, top, frameWidth, frameHeight);
    expect(isUpright(picture)).toBe(true);
    return frameNumberOf(picture) / RATE;
  });
  // What a picture shows is what the mark says of it, to the frame.
  for (const [index, time] of times.entries()) {
    expect(Math.abs((shownAt[index] ?? -1) - time)).toBeLessThan(1.5 / RATE);
  }
  // They are spread over the whole length, and none is shown twice.
  expect(new Set(times).size).toBe(times.length);
  for (const [index, time] of times.entries()) {
    const wanted = ((index + 0.5) * SECONDS) / times.length;
    expect(Math.abs(time - wanted)).toBeLessThanOrEqual(SECONDS / times.length);
  }
});

test('the pointer scrubs a tile and the inspector, and the picture is that of the time', async ({
  app,
  place,
}) => {
  await app.scanned(await codedFolder(place));
  const { id } = (await allPreviewed(app)).get('coded.mp4') ?? { id: 0 };
  const { times } = await app.ask('previews.filmstrip', { id });
  const tile = app.page.getByTestId('video-tile');
  await expect(tile.getByTestId('poster')).toBeVisible();
  await app.page.getByRole('option', { name: 'coded.mp4' }).click();

  for (const picture of [tile, app.page.getByTestId('inspector-picture')]) {
    const scrub = picture.getByTestId('scrub');
    for (const part of [0.1, 0.5, 0.9, 0.3]) {
      const box = await picture.boundingBox();
      if (!box) throw new Error('No picture is shown.');
      await app.page.mouse.move(box.x + box.width * part, box.y + 40);
      const frame = Math.floor(part * times.length);
      await expect(scrub).toHaveAttribute('data-frame', String(frame));
      const shown = frameNumberOf(await shot(app, scrub.locator('canvas'))) / RATE;
      expect(Math.abs(shown - (times[frame] ?? -1))).toBeLessThan(1.5 / RATE);
      const mark = `0:${String(Math.floor(times[frame] ?? 0)).padStart(2, '0')}`;
      await expect(scrub.getByTestId('scrub-time')).toHaveText(mark);
    }
    await app.page.mouse.move(5, 5);
    await expect(scrub).toHaveCount(0);
  }
});
