import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import ffmpeg from '@ffmpeg-installer/ffmpeg';
import { violations } from './fixtures/axe';
import { type ClipKind, clipExtension, createClip } from './fixtures/media-factory';
import { decodersOf } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import type { VitrineApp, Workplace } from './fixtures/vitrine-app';

/** Long enough for positions to be remembered. */
const SECONDS = 70;
/** An open menu lies beside all landmarks: it is no content of the page. */
const WITH_MENU = { region: { enabled: false } };

/** A scanned folder with a clip of each kind, named by it. */
async function withClips(app: VitrineApp, place: Workplace, ...kinds: ClipKind[]): Promise<string> {
  const folder = join(place.folder, 'Films');
  mkdirSync(folder);
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000);
  for (const kind of kinds) {
    const file = join(folder, `${kind}.${clipExtension(kind)}`);
    await createClip(file, kind, { seconds: SECONDS });
    utimesSync(file, yesterday, yesterday);
  }
  await app.scanned(folder);
  await expect(app.page.getByTestId('video-tile')).toHaveCount(kinds.length);
  return folder;
}

/** Leaves half of a video, as a copy that was broken off does. */
function cutOff(path: string): void {
  if (path.endsWith('.mp4')) {
    // The index comes first, as in films that are made to be streamed.
    const whole = `${path}.whole`;
    renameSync(path, whole);
    const copy = ['-c', 'copy', '-movflags', '+faststart', '-f', 'mp4'];
    execFileSync(ffmpeg.path, ['-v', 'error', '-i', `file:${whole}`, ...copy, `file:${path}`]);
    rmSync(whole);
  }
  truncateSync(path, Math.floor(statSync(path).size / 2));
}

const option = (app: VitrineApp, name: string) => app.page.getByRole('option', { name });
const player = (app: VitrineApp) => app.page.getByTestId('player');

function media<Value>(app: VitrineApp, read: (video: HTMLVideoElement) => Value): Promise<Value> {
  return app.page.locator('video').evaluate(read);
}

const seconds = (app: VitrineApp) => media(app, (video) => video.currentTime);

async function playsPast(app: VitrineApp, time: number): Promise<void> {
  await expect.poll(() => seconds(app)).toBeGreaterThan(time);
}

test('space plays the selected video, its keys steer it, and Escape goes back to the list', async ({
  app,
  place,
}) => {
  await withClips(app, place, 'mp4-h264-aac');
  const { keyboard } = app.page;
  await option(app, 'mp4-h264-aac.mp4').click();
  await keyboard.press('Space');
  await expect(player(app)).toBeFocused();
  await playsPast(app, 0.2);

  await keyboard.press('k');
  expect(await media(app, (video) => video.paused)).toBe(true);
  await keyboard.press('5');
  await expect.poll(() => seconds(app)).toBeCloseTo(SECONDS / 2, 0);
  const before = await seconds(app);
  await keyboard.press('ArrowRight');
  expect(await seconds(app)).toBeCloseTo(before + 5, 3);
  await keyboard.press(']');
  await expect.poll(() => media(app, (video) => video.playbackRate)).toBe(1.25);
  await keyboard.press('m');
  await expect.poll(() => media(app, (video) => video.muted)).toBe(true);

  await keyboard.press('Escape');
  await expect(player(app)).toBeHidden();
  await expect(app.page.getByRole('listbox', { name: 'Videos' })).toBeFocused();
  await expect(option(app, 'mp4-h264-aac.mp4')).toHaveAttribute('aria-selected', 'true');
});

test('next and previous follow the list, whatever way each video is played', async ({
  app,
  place,
}) => {
  const kinds = ['avi-mpeg4-mp3', 'mkv-h264-ac3', 'mp4-h264-aac'] as const;
  await withClips(app, place, ...kinds);
  await option(app, 'avi-mpeg4-mp3.avi').dblclick();
  for (const kind of kinds) {
    await expect(player(app)).toHaveAccessibleName(`Player: ${kind}.${clipExtension(kind)}`);
    await playsPast(app, 0.2);
    await expect.poll(() => media(app, (video) => video.videoWidth)).toBeGreaterThan(0);
    await app.page.keyboard.press('n');
  }
  await expect(app.page.getByRole('button', { name: 'Next video' })).toBeDisabled();
  await app.page.keyboard.press('p');
  await expect(player(app)).toHaveAccessibleName('Player: mkv-h264-ac3.mkv');
  await app.page.keyboard.press('Escape');
  await expect(option(app, 'mkv-h264-ac3.mkv')).toHaveAttribute('aria-selected', 'true');
  await expect.poll(() => decodersOf(place.folder)).toEqual([]);
});

test('a video goes on where it stopped, and can be started over', async ({ app, place }) => {
  await withClips(app, place, 'mp4-h264-aac');
  await option(app, 'mp4-h264-aac.mp4').dblclick();
  await playsPast(app, 0.2);
  await app.page.keyboard.press('k');
  await app.page.keyboard.press('5');
  await expect.poll(() => seconds(app)).toBeCloseTo(SECONDS / 2, 0);
  await app.page.keyboard.press('Escape');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByText('Resumed at 0:35')).toBeVisible();
  await playsPast(app, SECONDS / 2);
  await app.page.getByRole('button', { name: 'Start over' }).click();
  await expect.poll(() => seconds(app)).toBeLessThan(SECONDS / 4);
});

test('a file that is gone is explained in words, and the rest of the list goes on', async ({
  app,
  place,
}) => {
  const folder = await withClips(app, place, 'avi-mpeg4-mp3', 'mp4-h264-aac');
  rmSync(join(folder, 'avi-mpeg4-mp3.avi'));
  await option(app, 'avi-mpeg4-mp3.avi').dblclick();
  await expect(app.page.getByRole('alert')).toContainText('not there');
  await expect(app.page.getByRole('button', { name: 'Open in the system’s player' })).toHaveCount(
    0,
  );
  await app.page.getByRole('button', { name: 'Next video' }).last().click();
  await playsPast(app, 0.2);
  await expect(app.page.getByRole('alert')).toHaveCount(0);
});

test('what the element cannot play is played in the next way by itself, and said when none is left', async ({
  app,
  place,
}) => {
  const folder = await withClips(app, place, 'mp4-h264-aac');
  const file = join(folder, 'mp4-h264-aac.mp4');
  // Other pictures stand under the name by now, and the library has not noticed.
  await createClip(file, 'mp4-hevc-aac', { seconds: 3 });
  await option(app, 'mp4-h264-aac.mp4').dblclick();
  await playsPast(app, 0.2);
  await expect.poll(() => media(app, (video) => video.videoWidth)).toBeGreaterThan(0);
  await app.page.keyboard.press('Escape');
  writeFileSync(file, 'This is a text.');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('alert')).toContainText('could not be decoded');
});

for (const kind of ['mp4-h264-aac', 'mkv-h264-ac3'] as const) {
  test(`${kind} that was cut off says so where it ends`, async ({ app, place }) => {
    const folder = await withClips(app, place, kind);
    const name = `${kind}.${clipExtension(kind)}`;
    cutOff(join(folder, name));
    await option(app, name).dblclick();
    await playsPast(app, 0.2);
    const warning = app.page.getByText('The rest of this video cannot be shown');
    await expect(warning).toHaveCount(0);
    await app.page.keyboard.press('8');
    await expect(warning).toBeVisible();
  });
}

test('Escape leaves full screen first, then the player', async ({ app, place }) => {
  await withClips(app, place, 'mp4-h264-aac');
  const isFull = () => app.page.evaluate(() => document.fullscreenElement !== null);
  await option(app, 'mp4-h264-aac.mp4').dblclick();
  await playsPast(app, 0.1);
  await app.page.keyboard.press('f');
  await expect.poll(isFull).toBe(true);
  await app.page.keyboard.press('Escape');
  await expect.poll(isFull).toBe(false);
  await expect(player(app)).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(player(app)).toBeHidden();
});

for (const colorScheme of ['dark', 'light'] as const) {
  test(`axe finds nothing in the player in the ${colorScheme} theme`, async ({ app, place }) => {
    await app.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await withClips(app, place, 'mp4-h264-aac');
    await option(app, 'mp4-h264-aac.mp4').click({ button: 'right' });
    await app.page.getByRole('menuitem', { name: 'Play Space' }).click();
    await playsPast(app, 0.1);
    await app.page.keyboard.press('k');
    expect(await violations(app)).toEqual([]);
    await app.page.getByRole('button', { name: /^Speed/ }).click();
    await expect(app.page.getByRole('menu')).toBeVisible();
    expect(await violations(app, WITH_MENU)).toEqual([]);
    await app.page.keyboard.press('Escape');
    await expect(app.page.getByRole('menu')).toBeHidden();
    await expect(player(app)).toBeVisible();
  });
}
