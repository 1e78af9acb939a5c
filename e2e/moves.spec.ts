import { copyFileSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { VideoDetail } from '../src/shared/media';
import { folderOf } from './fixtures/clips';
import { runCli } from './fixtures/command-line';
import { listVideos, scanFolder, scanFolders, showVideo } from './fixtures/library-commands';
import { expect, test } from './fixtures/test';
import { RATED, rate } from './fixtures/user-data';
import type { Workplace } from './fixtures/vitrine-app';

const CLIPS = {
  'trip/harbour.mp4': 'mp4-h264-aac',
  'trip/beach.webm': 'webm-vp9-opus',
  'other.mkv': 'mkv-h264-ac3',
} as const;

/** A folder that was scanned, with one of its videos rated. */
async function ratedFolder({ folder, library }: Workplace) {
  const clips = folderOf(join(folder, 'clips'), CLIPS);
  await scanFolder(library, clips);
  const { id } = await showVideo(library, join(clips, 'trip/harbour.mp4'));
  rate(library, id);
  return { clips, library, before: await showVideo(library, id) };
}

function move(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

/** As a copy to another drive by a program that does not keep the time. */
function copyAnew(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  utimesSync(to, 1_600_000_000, 1_600_000_000);
}

/** It is the row from before, with its user data, and was not read again. */
function expectSame(video: VideoDetail, before: VideoDetail): void {
  const { id, addedAtMs, probedAtMs, durationSeconds, videoCodec } = before;
  expect(video).toMatchObject({ id, addedAtMs, probedAtMs, durationSeconds, videoCodec });
  expect(video).toMatchObject({ ...RATED, state: 'ok', problem: null });
}

const MOVES: [what: string, change: (clips: string) => void, path: string, moved: number][] = [
  [
    'a renamed file',
    (at) => move(join(at, 'trip/harbour.mp4'), join(at, 'trip/port.mp4')),
    'trip/port.mp4',
    1,
  ],
  [
    'a file renamed but for case',
    (at) => move(join(at, 'trip/harbour.mp4'), join(at, 'trip/Harbour.MP4')),
    'trip/Harbour.MP4',
    1,
  ],
  [
    'a file moved to another subfolder',
    (at) => move(join(at, 'trip/harbour.mp4'), join(at, '2019/best/harbour.mp4')),
    '2019/best/harbour.mp4',
    1,
  ],
  [
    'a renamed folder',
    (at) => move(join(at, 'trip'), join(at, 'Trip 2019')),
    'Trip 2019/harbour.mp4',
    2,
  ],
  [
    'a folder moved into another one',
    (at) => move(join(at, 'trip'), join(at, 'archive/2019/trip')),
    'archive/2019/trip/harbour.mp4',
    2,
  ],
];

for (const [what, change, path, moved] of MOVES) {
  test(`${what} keeps its row, tags, rating and note, and is not read again`, async ({ place }) => {
    const { clips, library, before } = await ratedFolder(place);
    change(clips);
    const result = await scanFolder(library, clips);
    expect(result).toMatchObject({ discovered: 3, moved, added: 0, changed: 0, missing: 0 });
    expect(result.unchanged).toBe(3 - moved);
    expectSame(await showVideo(library, join(clips, path)), before);
    expect(await listVideos(library)).toHaveLength(3);
    expect(await scanFolder(library, clips)).toMatchObject({ unchanged: 3, moved: 0 });
  });
}

test('a video that took the place of another is not taken for it', async ({ place }) => {
  const { clips, library, before } = await ratedFolder(place);
  const [harbour, beach] = [join(clips, 'trip/harbour.mp4'), join(clips, 'trip/beach.webm')];
  move(harbour, join(clips, 'away'));
  move(beach, harbour);
  move(join(clips, 'away'), beach);
  expect(await scanFolder(library, clips)).toMatchObject({ moved: 2, changed: 0, missing: 0 });
  expectSame(await showVideo(library, beach), before);
  expect(await showVideo(library, harbour)).toMatchObject({ videoCodec: 'vp9', rating: null });
});

for (const order of ['the one that it left', 'the one that it came to']) {
  test(`a file moved between two folders of the library keeps its row when ${order} is scanned first`, async ({
    place,
  }) => {
    const { clips, library, before } = await ratedFolder(place);
    const archive = folderOf(join(place.folder, 'archive'), { 'old.avi': 'avi-mpeg4-mp3' });
    await scanFolder(library, archive);
    move(join(clips, 'trip/harbour.mp4'), join(archive, '2019/harbour.mp4'));
    const first = order === 'the one that it left' ? clips : archive;
    const left = first === clips ? 1 : 0;
    const results = new Map<string, unknown>();
    for (const folder of first === clips ? [clips, archive] : [archive, clips]) {
      results.set(folder, await scanFolder(library, folder));
    }
    expect(results.get(clips)).toMatchObject({ discovered: 2, missing: left, moved: 0 });
    expect(results.get(archive)).toMatchObject({ discovered: 2, moved: 1, added: 0 });
    expectSame(await showVideo(library, join(archive, '2019/harbour.mp4')), before);
    expect(await listVideos(library)).toHaveLength(4);
  });
}

test('a file moved between two folders keeps its row when both are scanned at once', async ({
  place,
}) => {
  const { clips, library, before } = await ratedFolder(place);
  const archive = folderOf(join(place.folder, 'archive'), { 'old.avi': 'avi-mpeg4-mp3' });
  await scanFolder(library, archive);
  move(join(clips, 'trip/harbour.mp4'), join(archive, 'harbour.mp4'));
  await scanFolders(library, [clips, archive]);
  expectSame(await showVideo(library, join(archive, 'harbour.mp4')), before);
  expect(await listVideos(library)).toHaveLength(4);
});

test('a file copied to another folder, scanned there, and then deleted keeps its row', async ({
  place,
}) => {
  const { clips, library, before } = await ratedFolder(place);
  const archive = folderOf(join(place.folder, 'archive'), { 'old.avi': 'avi-mpeg4-mp3' });
  await scanFolder(library, archive);
  const [from, to] = [join(clips, 'trip/harbour.mp4'), join(archive, 'harbour.mp4')];
  copyAnew(from, to);
  expect(await scanFolder(library, archive)).toMatchObject({ added: 1, moved: 0 });
  expect((await showVideo(library, to)).copies).toEqual([{ id: before.id, path: from }]);
  rmSync(from);
  expect(await scanFolder(library, clips)).toMatchObject({ missing: 0, discovered: 2 });
  expectSame(await showVideo(library, to), before);
});

test('copies are videos of their own, and show names them', async ({ place }) => {
  const { clips, library, before } = await ratedFolder(place);
  const copy = join(clips, 'copy of harbour.mp4');
  copyAnew(before.path, copy);
  expect(await scanFolder(library, clips)).toMatchObject({ added: 1, moved: 0, unchanged: 3 });
  const shown = await showVideo(library, copy);
  expect(shown).toMatchObject({
    rating: null,
    tags: [],
    copies: [{ id: before.id, path: before.path }],
  });
  expect(await showVideo(library, before.id)).toMatchObject({
    ...RATED,
    copies: [{ id: shown.id, path: copy }],
  });
  const { stdout } = await runCli(['show', String(before.id), '--library', library]);
  expect(stdout).toContain(`copy ${shown.id}: ${copy}\n`);

  rmSync(before.path);
  expect(await scanFolder(library, clips)).toMatchObject({ missing: 1, moved: 0 });
  expect(await showVideo(library, before.id)).toMatchObject({ ...RATED, state: 'missing' });
  expect((await showVideo(library, shown.id)).copies).toEqual([]);
});

test('where it cannot be told which of two twins a file is, nothing is lost and nothing is guessed', async ({
  place,
}) => {
  const { clips, library, before } = await ratedFolder(place);
  const twin = join(clips, 'trip/twin.mp4');
  copyAnew(before.path, twin);
  await scanFolder(library, clips);
  move(before.path, join(clips, 'x.mp4'));
  rmSync(twin);
  expect(await scanFolder(library, clips)).toMatchObject({ missing: 2, added: 1, moved: 0 });
  expect(await showVideo(library, before.id)).toMatchObject({ ...RATED, state: 'missing' });
  expect(await showVideo(library, join(clips, 'x.mp4'))).toMatchObject({
    rating: null,
    state: 'ok',
  });

  move(join(clips, 'x.mp4'), before.path);
  await scanFolder(library, clips);
  expectSame(await showVideo(library, before.path), before);
});

test('a file renamed while the window is open stays the same video there', async ({
  app,
  place,
}) => {
  const clips = folderOf(join(place.folder, 'clips'), CLIPS);
  await app.scanned(clips);
  const before = (await app.videos()).find(({ name }) => name === 'harbour.mp4');
  move(join(clips, 'trip/harbour.mp4'), join(clips, 'port.mp4'));
  const { jobId } = await app.ask('scan.start', { path: clips });
  expect((await app.jobEnd(jobId)).result).toMatchObject({ moved: 1, added: 0, missing: 0 });
  const after = (await app.videos()).find(({ name }) => name === 'port.mp4');
  expect(after?.id).toBe(before?.id);
  await expect(app.page.getByText('port.mp4').first()).toBeVisible();
  await expect(app.page.getByText('harbour.mp4')).toHaveCount(0);
});
