import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { violations } from './fixtures/axe';
import { age, clip, folderOf } from './fixtures/clips';
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

/** The same file with noise for its content: what describes it stays. */
function withoutContent(mp4: Buffer): Buffer {
  const start = mp4.indexOf('mdat') + 4;
  const length = mp4.readUInt32BE(start - 8) - 8;
  return Buffer.concat([
    mp4.subarray(0, start),
    Buffer.alloc(length, 0x5a),
    mp4.subarray(start + length),
  ]);
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

test('posters stand and have the shape that the video is shown in', async ({ app, place }) => {
  const folder = folderOf(join(place.folder, 'Shapes'), {
    'phone.mov': 'mov-h264-rotated',
    'tape.dv': 'dv-dvvideo-pcm',
  });
  await app.scanned(folder);
  const videos = await allPreviewed(app);
  const shapeOf = async (name: string) => {
    const video = videos.get(name);
    if (!video) throw new Error(`${name} is not there.`);
    const { width, height } = await pixelsOfFile(imageFile(place, video, 'poster'));
    return width / height;
  };
  expect(await shapeOf('phone.mov')).toBeCloseTo(3 / 4, 1);
  // 720 × 576 samples that are wider than high: 4:3 as shown, 5:4 without.
  expect(await shapeOf('tape.dv')).toBeCloseTo(4 / 3, 2);
});

test('what has no filmstrip or no picture is left at that, and says why', async ({
  app,
  place,
}) => {
  const folder = join(place.folder, 'Odd');
  mkdirSync(folder);
  await createCodedClip(join(folder, 'one frame.mp4'), {
    seconds: 1 / RATE,
    codecs: '-c:v libx264',
  });
  await createCodedClip(join(folder, 'only sound.mp4'), {
    seconds: 2,
    codecs: '-map 1:a -c:a aac',
    audio: true,
  });
  writeFileSync(join(folder, 'garbage.mp4'), withoutContent(readFileSync(clip('mp4-silent'))));
  for (const name of ['one frame.mp4', 'only sound.mp4', 'garbage.mp4']) age(join(folder, name));
  await app.scanned(folder);
  // Both were tried once, and nothing is left to be tried again.
  await expect
    .poll(async () => (await app.ask('jobs.list', { limit: 20 })).jobs)
    .toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          kind: 'preview',
          state: 'succeeded',
          result: expect.objectContaining({ made: 1, failed: 1 }),
        }),
      ]),
    );
  expect(await app.ask('previews.cache', {})).toMatchObject({ count: 1, due: 0 });

  const tile = app.page.getByTestId('video-tile').filter({ has: app.page.getByTestId('poster') });
  await expect(tile).toHaveCount(1);
  await tile.hover();
  await app.page.getByRole('option', { name: 'one frame.mp4' }).click();
  await app.page.keyboard.press('.');
  const picture = app.page.getByTestId('inspector-picture');
  await expect(picture.getByTestId('poster')).toBeVisible();
  await expect(app.page.getByTestId('scrub')).toHaveCount(0);

  const garbage = app.page.getByRole('option', { name: 'garbage.mp4' });
  const ofGarbage = app.page.getByTestId('video-tile').filter({ has: garbage });
  await expect(ofGarbage.getByTestId('no-picture')).toBeVisible();
  await expect(app.page.getByTestId('no-picture')).toHaveCount(1);
  await garbage.click();
  await expect(picture).toContainText('Nothing in it can be decoded.');
  await expect(picture.getByRole('button', { name: 'Make preview again' })).toBeVisible();
  await app.page.getByRole('option', { name: 'only sound.mp4' }).click();
  await expect(app.page.getByTestId('inspector')).toContainText('Holds no video');
});

test('the keyboard scrubs and says the time, and axe finds nothing', async ({ app, place }) => {
  await app.page.emulateMedia({ reducedMotion: 'reduce' });
  await app.scanned(await codedFolder(place));
  const { id } = (await allPreviewed(app)).get('coded.mp4') ?? { id: 0 };
  const { times } = await app.ask('previews.filmstrip', { id });
  const tile = app.page.getByTestId('video-tile');
  await expect(tile.getByTestId('poster')).toBeVisible();
  await app.page.getByRole('option', { name: 'coded.mp4' }).click();
  await app.page.mouse.move(5, 5);
  await app.page.keyboard.press('.');
  const scrub = tile.getByTestId('scrub');
  await expect(scrub).toHaveAttribute('data-frame', '0');
  for (const [key, frame] of [
    ['.', 1],
    ['.', 2],
    [',', 1],
  ] as const) {
    await app.page.keyboard.press(key);
    await expect(scrub).toHaveAttribute('data-frame', String(frame));
    const time = `0:${String(Math.floor(times[frame] ?? 0)).padStart(2, '0')}`;
    await expect(app.page.getByTestId('scrub-announcer')).toHaveText(`Picture at ${time}`);
  }
  expect(await violations(app)).toEqual([]);
  await app.page.keyboard.press('Escape');
  await expect(scrub).toHaveCount(0);

  await app.page.keyboard.press('Control+,');
  await expect(app.page.getByTestId('preview-cache')).toContainText('The previews of 1 video');
  expect(await violations(app)).toEqual([]);
});
