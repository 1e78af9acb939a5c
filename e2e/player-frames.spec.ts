import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { age } from './fixtures/clips';
import { createCodedClip, frameNumberOf } from './fixtures/coded-clip';
import { pixelsOfFile } from './fixtures/pixels';
import { allPreviewed, imageFile } from './fixtures/preview-cache';
import { type Box, screenAt } from './fixtures/screen';
import { expect, test } from './fixtures/test';
import type { VitrineApp, Workplace } from './fixtures/vitrine-app';

test.use({ previews: true });

const RATE = 25;
const SECONDS = 20;
const WAYS = [
  { way: 'as it is', name: 'coded.mp4', codecs: '-c:v libx264 -preset ultrafast -g 50' },
  { way: 'transcoded', name: 'coded.avi', codecs: '-c:v mpeg4 -q:v 3 -g 50' },
];

/** Plays a clip whose frames show their number, and pauses it near its middle. */
async function pausedClip(
  app: VitrineApp,
  place: Workplace,
  { name, codecs }: (typeof WAYS)[number],
): Promise<void> {
  const folder = join(place.folder, 'Coded');
  mkdirSync(folder);
  await createCodedClip(join(folder, name), { seconds: SECONDS, codecs });
  age(join(folder, name));
  await app.scanned(folder);
  await allPreviewed(app);
  await app.page.getByRole('option', { name }).dblclick();
  const seconds = () =>
    app.page.locator('video').evaluate((video: HTMLVideoElement) => video.currentTime);
  await expect.poll(seconds).toBeGreaterThan(0.2);
  await app.page.keyboard.press('k');
  await app.page.keyboard.press('5');
  await expect.poll(() => shownFrame(app)).toBe((SECONDS * RATE) / 2);
}

/** The number that is seen in the player. */
async function shownFrame(app: VitrineApp): Promise<number> {
  const box = await app.page.locator('video').evaluate((video: HTMLVideoElement): Box => {
    const { x, y, width, height } = video.getBoundingClientRect();
    const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
    const size = { width: video.videoWidth * scale, height: video.videoHeight * scale };
    return { x: x + (width - size.width) / 2, y: y + (height - size.height) / 2, ...size };
  });
  return frameNumberOf(await screenAt(app, box));
}

for (const clip of WAYS) {
  test(`each step is one frame in a video that is played ${clip.way}`, async ({ app, place }) => {
    await pausedClip(app, place, clip);
    let frame = await shownFrame(app);
    for (const key of ['.', '.', '.', ',', ',', ',', ',', '.']) {
      await app.page.keyboard.press(key);
      frame += key === '.' ? 1 : -1;
      await expect.poll(() => shownFrame(app)).toBe(frame);
    }
    await app.page.keyboard.press('Home');
    await expect.poll(() => shownFrame(app)).toBe(0);
    await app.page.keyboard.press(',');
    await app.page.keyboard.press('.');
    await expect.poll(() => shownFrame(app)).toBe(1);
  });

  test(`the shown frame becomes the poster of a video that is played ${clip.way}`, async ({
    app,
    place,
  }) => {
    await pausedClip(app, place, clip);
    const before = (await app.videos())[0]?.preview?.poster;
    await app.page.keyboard.press('.');
    const frame = (SECONDS * RATE) / 2 + 1;
    await expect.poll(() => shownFrame(app)).toBe(frame);
    await app.page.keyboard.press('s');
    await expect(app.page.getByText('The shown frame is the poster now')).toBeVisible();
    const video = await app.waitFor(async () => {
      const [shown] = await app.videos();
      return shown?.preview && shown.preview.poster !== before ? shown : undefined;
    });
    expect(frameNumberOf(await pixelsOfFile(imageFile(place, video, 'poster')))).toBe(frame);

    await app.page.keyboard.press('Escape');
    // The old one stays below until the new one is decoded.
    const tile = app.page.getByTestId('video-tile').locator(`img[src*="${video.preview?.poster}"]`);
    await expect(tile).toBeVisible();
    const box = await tile.boundingBox();
    if (!box) throw new Error('The tile has no poster.');
    expect(frameNumberOf(await screenAt(app, box))).toBe(frame);
  });
}
