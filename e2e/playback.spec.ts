import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import tool from '@ffmpeg-installer/ffmpeg';
import {
  type ClipKind,
  type ClipOptions,
  clipExtension,
  createClip,
} from './fixtures/media-factory';
import { PlayerPage } from './fixtures/player-page';
import { decodersOf, survivors } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import { VitrineApp, type Workplace } from './fixtures/vitrine-app';

const FRAMES_PER_SECOND = 25;
/** Longer than what is fetched ahead. */
const SECONDS = 40;
const TS_PACKET_BYTES = 188;
/** In frames, as the clips' H.264 encoder has it. */
const KEY_FRAME_DISTANCE = 250;
/** Frames that a picture may be off; the player's own steps are exact. */
const TOLERANCE = 2;
/** Milliseconds after which a child that is not needed any more is a left-over. */
const DEATH_MS = 5_000;

interface Numbered {
  folder: string;
  /** The videos' IDs by file name without extension. */
  ids: Map<string, number>;
}

const run = promisify(execFile);
const words = (text: string) => text.split(' ');
const ffmpeg = (...rest: string[]) => run(tool.path, ['-v', 'error', '-nostdin', '-y', ...rest]);

/** A scanned folder with a numbered clip of each kind. */
async function numbered(
  app: VitrineApp,
  place: Workplace,
  kinds: readonly ClipKind[],
  options: ClipOptions = {},
): Promise<Numbered> {
  const folder = join(place.folder, 'clips');
  mkdirSync(folder);
  const yesterday = new Date(Date.now() - 24 * 60 * 60_000);
  for (const kind of kinds) {
    const file = join(folder, `${kind}.${clipExtension(kind)}`);
    await createClip(file, kind, { seconds: SECONDS, picture: 'numbered', ...options });
    utimesSync(file, yesterday, yesterday);
  }
  await app.scanned(folder);
  const videos = await app.videos();
  return {
    folder,
    ids: new Map(videos.map(({ id, name }) => [name.slice(0, name.lastIndexOf('.')), id])),
  };
}

/** Waits until the picture of a time is shown. */
async function showsTime(page: PlayerPage, seconds: number): Promise<void> {
  const wanted = Math.floor(seconds * FRAMES_PER_SECOND);
  await expect
    .poll(async () => Math.abs((await page.frame()) - wanted), { message: `at ${seconds} s` })
    .toBeLessThanOrEqual(TOLERANCE);
}

const MODES = {
  'mp4-h264-aac': 'direct',
  'webm-vp9-opus': 'direct',
  'mkv-h264-ac3': 'remux',
  'ts-h264-aac': 'remux',
  'avi-mpeg4-mp3': 'transcode',
  'mov-prores-pcm': 'transcode',
} satisfies Partial<Record<ClipKind, string>>;

for (const [kind, mode] of Object.entries(MODES)) {
  test(`${kind} plays by ${mode}, and every seek shows the picture of its time`, async ({
    app,
    place,
  }) => {
    const { ids } = await numbered(app, place, [kind as ClipKind]);
    const page = await PlayerPage.of(app);
    const playback = await page.open({ videoId: ids.get(kind) ?? 0 });
    expect(playback).toMatchObject({ mode, frameSeconds: 1 / FRAMES_PER_SECOND });
    await showsTime(page, 0);
    expect(await page.play(1)).toBeGreaterThanOrEqual(1);
    // Far ahead, back, a little on, beyond what is there, and to the start.
    for (const seconds of [36.34, 7.3, 7.82, 24.5, 39.9, 0, SECONDS - 0.02]) {
      await page.seek(seconds);
      await showsTime(page, seconds);
    }
    const { duration } = await page.state();
    expect(Math.abs(duration - SECONDS)).toBeLessThan(0.2);
  });
}

test('a video plays to its end, and on from where it was left', async ({ app, place }) => {
  const { ids } = await numbered(app, place, ['mkv-h264-ac3'], { seconds: 3 });
  const page = await PlayerPage.of(app);
  await page.open({ videoId: ids.get('mkv-h264-ac3') ?? 0 }, 1.5);
  await showsTime(page, 1.5);
  expect(await page.play(10)).toBeGreaterThan(2.8);
});

test('sound that ends long before the pictures keeps nobody waiting', async ({ app, place }) => {
  const folder = join(place.folder, 'clips');
  mkdirSync(folder);
  const short = join(place.folder, 'short.mkv');
  // More than the browser keeps of pictures that wait for their sound.
  const noise = 'color=gray:size=640x360:rate=25:duration=4,noise=alls=100:allf=t';
  await ffmpeg(
    '-f',
    'lavfi',
    '-i',
    noise,
    ...words('-c:v libx264 -preset ultrafast -crf 1'),
    short,
  );
  const tone = ['-f', 'lavfi', '-i', 'sine=duration=3'];
  const codecs = words('-map 0:v -map 1:a -c:v copy -c:a ac3');
  await ffmpeg('-stream_loop', '9', '-i', short, ...tone, ...codecs, join(folder, 'long.mkv'));
  expect(statSync(join(folder, 'long.mkv')).size).toBeGreaterThan(200 * 1024 * 1024);
  await app.scanned(folder);
  const videoId = (await app.videos())[0]?.id ?? 0;
  const page = await PlayerPage.of(app);
  expect(await page.open({ videoId })).toMatchObject({ mode: 'remux' });
  expect(await page.play(6)).toBeGreaterThan(5.9);
  for (const seconds of [30, 2, 15]) {
    await page.seek(seconds);
    expect(await page.play(1)).toBeGreaterThan(seconds + 0.9);
  }
});

test('what fails in a cheaper mode is asked for in a dearer one', async ({ app, place }) => {
  const { ids } = await numbered(app, place, ['mp4-h264-aac']);
  const page = await PlayerPage.of(app);
  const videoId = ids.get('mp4-h264-aac') ?? 0;
  for (const atLeast of ['remux', 'transcode'] as const) {
    expect(await page.open({ videoId, atLeast })).toMatchObject({ mode: atLeast });
    await page.seek(21.5);
    await showsTime(page, 21.5);
  }
});

test('a recording that begins between key frames begins with its first picture', async ({
  app,
  place,
}) => {
  const { folder, ids } = await numbered(app, place, ['ts-h264-aac'], { seconds: 25 });
  const page = await PlayerPage.of(app);
  const videoId = ids.get('ts-h264-aac') ?? 0;
  // The beginning is cut off, as when a receiver is switched on.
  const file = join(folder, 'ts-h264-aac.ts');
  const bytes = readFileSync(file);
  const packets = bytes.length / TS_PACKET_BYTES;
  writeFileSync(file, bytes.subarray(Math.floor(packets * 0.3) * TS_PACKET_BYTES));
  await page.open({ videoId });
  await expect.poll(() => page.frame()).toBe(KEY_FRAME_DISTANCE);
  expect(await page.play(1)).toBeGreaterThan(1);
});

test('a stream goes on when the process that makes it has died', async ({ app, place }) => {
  const { ids } = await numbered(app, place, ['mkv-h264-ac3']);
  const page = await PlayerPage.of(app);
  await page.open({ videoId: ids.get('mkv-h264-ac3') ?? 0 });
  process.kill(await app.processId('media'), 'SIGKILL');
  await page.seek(36.34);
  await showsTime(page, 36.34);
  expect(await page.play(2)).toBeGreaterThan(38);
});

test('a phone’s upright film stays upright in every mode', async ({ app, place }) => {
  const { ids } = await numbered(app, place, ['mov-h264-rotated'], { seconds: 2 });
  const page = await PlayerPage.of(app);
  const videoId = ids.get('mov-h264-rotated') ?? 0;
  for (const atLeast of [undefined, 'remux', 'transcode'] as const) {
    const { mode } = await page.open(atLeast ? { videoId, atLeast } : { videoId });
    expect(mode).toBe(atLeast ?? 'direct');
    expect(await page.state()).toMatchObject({ width: 120, height: 160 });
  }
});

test('a child works only as far as it is read, and ends with its playback', async ({
  app,
  place,
}) => {
  const { folder, ids } = await numbered(app, place, ['avi-mjpeg-pcm'], {
    ...{ seconds: 80, size: { width: 640, height: 360 }, picture: 'moving' },
  });
  const children = () => decodersOf(folder);
  const page = await PlayerPage.of(app);
  const { playbackId } = await page.open({ videoId: ids.get('avi-mjpeg-pcm') ?? 0 });
  await expect.poll(async () => (await page.state()).ahead).toBeGreaterThan(29);
  expect(children()).toHaveLength(1);
  expect((await page.state()).ahead).toBeLessThan(50);
  // A seek has another child in its place.
  await page.seek(50);
  await expect.poll(() => children().length).toBe(1);
  await app.ask('player.close', { playbackId });
  expect(await survivors(children, DEATH_MS)).toEqual([]);
});

const ENDS: Record<string, (app: VitrineApp, page: PlayerPage) => Promise<unknown>> = {
  'taken from its element': (_, page) => page.dispose(),
  'left by a reload of the page': (app) => app.page.reload(),
  'left by a crash of the page': (app) =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    ),
  'left by quitting': (app) => app.close(),
  'left by a kill of the app': (app) => app.kill(),
};

for (const [how, end] of Object.entries(ENDS)) {
  test(`no child is left of a playback that is ${how}`, async ({ place }) => {
    const app = await VitrineApp.launch(place);
    const { folder, ids } = await numbered(app, place, ['mov-prores-pcm'], {
      seconds: 120,
      picture: 'moving',
    });
    const children = () => decodersOf(folder);
    const page = await PlayerPage.of(app);
    await page.open({ videoId: ids.get('mov-prores-pcm') ?? 0 });
    expect(children()).toHaveLength(1);
    await end(app, page);
    expect(await survivors(children, DEATH_MS)).toEqual([]);
    await app.close().catch(() => undefined);
  });
}

test('a video whose file or folder is gone says which', async ({ app, place }) => {
  const { folder, ids } = await numbered(app, place, ['mp4-silent'], { seconds: 1 });
  const videoId = ids.get('mp4-silent') ?? 0;
  const file = join(folder, 'mp4-silent.mp4');
  renameSync(file, `${file}.away`);
  expect(await app.call('player.open', { videoId })).toMatchObject({
    error: { code: 'FILE_NOT_FOUND' },
  });
  renameSync(folder, `${folder} away`);
  expect(await app.call('player.open', { videoId })).toMatchObject({
    error: { code: 'ROOT_OFFLINE' },
  });
  expect(await app.call('player.open', { videoId: 4711 })).toMatchObject({
    error: { code: 'VIDEO_NOT_FOUND' },
  });
});

test('a video whose name is no text plays as it is and remuxed', async ({ app, place }) => {
  const folder = join(place.folder, 'clips');
  mkdirSync(folder);
  const made = join(place.folder, 'clip.mp4');
  await createClip(made, 'mp4-h264-aac', { seconds: 3, picture: 'numbered' });
  const raw = Buffer.concat([
    Buffer.from(`${folder}/`),
    Buffer.from([0xe9, 0xff]),
    Buffer.from('.mp4'),
  ]);
  renameSync(made, raw);
  await app.scanned(folder);
  const [video] = await app.videos();
  const page = await PlayerPage.of(app);
  const videoId = video?.id ?? 0;
  expect(await page.open({ videoId })).toMatchObject({ mode: 'direct' });
  expect(await page.open({ videoId, atLeast: 'remux' })).toMatchObject({ mode: 'remux' });
  await page.seek(1.5);
  await showsTime(page, 1.5);
});

test('a subtitle file beside the video is a track', async ({ app, place }) => {
  const { folder, ids } = await numbered(app, place, ['mkv-h264-ac3'], { seconds: 2 });
  const text = '1\r\n00:00:00,500 --> 00:00:01,500\r\nSch\xf6n\r\n\r\n';
  writeFileSync(join(folder, 'mkv-h264-ac3.de.srt'), Buffer.from(text, 'latin1'));
  writeFileSync(join(folder, 'mkv-h264-ac3 other.srt'), text);
  const page = await PlayerPage.of(app);
  const { playbackId, subtitleTracks } = await page.open({ videoId: ids.get('mkv-h264-ac3') ?? 0 });
  expect(subtitleTracks).toMatchObject([
    { index: 2, codec: 'srt', language: 'de', external: true, playable: true },
  ]);
  const cues = await page.cues(`media://play/${playbackId}/subtitle/2`);
  expect(cues).toEqual([{ start: 0.5, end: 1.5, text: 'Schön' }]);
});
