import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, largeFolder } from './fixtures/clips';
import { runCli } from './fixtures/command-line';
import { expect, test } from './fixtures/test';
import { VitrineApp, type Workplace } from './fixtures/vitrine-app';

const libraryFile = ({ library }: Workplace) => join(library, 'library.sqlite');
const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

/** Writes over everything behind the first page. */
function damage(place: Workplace): void {
  const bytes = readFileSync(libraryFile(place));
  writeFileSync(libraryFile(place), bytes.fill('damage', 4096));
}

/** A library with two videos, closed: it has a backup. Answers the folder with the videos. */
async function makeLibrary(place: Workplace): Promise<string> {
  const folder = folderOf(join(place.folder, 'clips'), {
    'a.mp4': 'mp4-h264-aac',
    'b.mkv': 'mkv-h264-ac3',
  });
  const app = await VitrineApp.launch(place);
  await app.scanned(folder);
  await app.close();
  return folder;
}

const status = (app: VitrineApp) => app.ask('library.status', {});
const failed = (app: VitrineApp) =>
  expect
    .poll(() => status(app))
    .toMatchObject({
      state: 'failed',
      error: { code: 'LIBRARY_CORRUPT' },
    });

function evidenceOf({ library }: Workplace): string[] {
  return readdirSync(library)
    .filter((name) => name.startsWith('damaged-'))
    .map((name) => digest(join(library, name, 'library.sqlite')));
}

test('a damaged library is reported, kept, and brought back from its backup in the window', async ({
  place,
}) => {
  const folder = await makeLibrary(place);
  damage(place);
  const damaged = digest(libraryFile(place));

  const app = await VitrineApp.launch(place);
  await failed(app);
  expect(digest(libraryFile(place))).toBe(damaged);
  const { backups } = await app.ask('backups.list', {});
  expect(backups).toEqual([
    {
      backupId: expect.stringMatching(/^library-.*-2-videos\.sqlite$/),
      madeAtMs: expect.any(Number),
      sizeBytes: expect.any(Number),
      videoCount: 2,
    },
  ]);
  for (const backupId of ['../library.sqlite', 'library.sqlite', '']) {
    expect(await app.call('backups.restore', { backupId })).toMatchObject({
      ok: false,
      error: { code: 'BACKUP_NOT_FOUND' },
    });
  }
  await app.ask('backups.restore', { backupId: backups[0]?.backupId ?? '' });
  expect(await status(app)).toEqual({ state: 'open' });
  expect((await app.videos()).map(({ name }) => name)).toEqual(['a.mp4', 'b.mkv']);
  await expect(app.page.getByTestId('video-tile')).toHaveCount(2);
  expect(evidenceOf(place)).toEqual([damaged]);
  const { jobId } = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(jobId)).result).toMatchObject({ unchanged: 2, added: 0, missing: 0 });
  await app.close();
});

test('damage that is met while the app runs ends the use of the library, not the app', async ({
  place,
}) => {
  const folder = await makeLibrary(place);
  const app = await VitrineApp.launch(place);
  expect(await app.videos()).toHaveLength(2);
  damage(place);
  // Sooner or later a scan reads a page that is not in memory.
  await app.call('scan.start', { path: folder });
  await failed(app);
  expect(await app.call('jobs.list', { limit: 5 })).toMatchObject({
    ok: false,
    error: { code: 'LIBRARY_CORRUPT' },
  });
  expect(await app.call('scan.start', { path: folder })).toMatchObject({ ok: false });
  await app.ask('library.retry', {});
  await failed(app);

  const { backups } = await app.ask('backups.list', {});
  await app.ask('backups.restore', { backupId: backups[0]?.backupId ?? '' });
  expect(await status(app)).toEqual({ state: 'open' });
  expect((await app.scanned(folder)).result).toMatchObject({ unchanged: 2 });
  await app.close();
});

test('an older state can be brought back while the app runs, in the middle of a scan', async ({
  place,
}) => {
  await makeLibrary(place);
  const app = await VitrineApp.launch(place);
  const many = largeFolder(join(place.folder, 'many'), 400);
  const jobId = await app.addFolder(many);
  await app.waitFor(async () =>
    (await app.ask('jobs.get', { jobId })).done > 20 ? true : undefined,
  );
  const { backups } = await app.ask('backups.list', {});
  await app.ask('backups.restore', { backupId: backups.at(-1)?.backupId ?? '' });
  expect(await app.videos()).toHaveLength(2);
  expect(await app.call('jobs.get', { jobId })).toMatchObject({ error: { code: 'JOB_NOT_FOUND' } });
  expect((await app.scanned(many)).result).toMatchObject({ discovered: 400, added: 400 });
  expect(await app.videos()).toHaveLength(402);
  await app.close();
});

test('the command line says how to bring a damaged library back, and does it', async ({
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  const library = ['--library', place.library];
  expect((await runCli(['scan', folder, ...library])).code).toBe(0);
  const listed = await runCli(['backups', ...library, '--json']);
  expect(listed).toMatchObject({ code: 0, objects: [{ videoCount: 1 }] });
  const [{ backupId } = { backupId: '' }] = listed.objects;
  expect((await runCli(['backups', ...library])).stdout).toContain(`${backupId}\t`);

  writeFileSync(libraryFile(place), 'no database '.repeat(1000));
  const damaged = digest(libraryFile(place));
  for (const command of [['list'], ['jobs'], ['scan', folder]]) {
    const run = await runCli([...command, ...library, '--json']);
    expect(run).toMatchObject({ code: 3, objects: [{ type: 'error', code: 'LIBRARY_CORRUPT' }] });
    expect(run.stderr).toContain(`restore latest --library ${place.library}`);
  }
  expect((await runCli(['restore', '../library.sqlite', ...library])).code).toBe(1);
  expect(digest(libraryFile(place))).toBe(damaged);

  const restored = await runCli(['restore', 'latest', ...library, '--json']);
  expect(restored).toMatchObject({
    code: 0,
    objects: [{ type: 'restored', backupId, videoCount: 1, evidence: expect.any(String) }],
  });
  expect(evidenceOf(place)).toEqual([damaged]);
  expect((await runCli(['list', ...library, '--json'])).objects).toHaveLength(1);
  const again = await runCli(['restore', String(backupId), ...library]);
  expect(again.code).toBe(0);
  expect(again.stdout).toContain('1 video');
});

test('a restore on the command line is refused while the app has the library open', async ({
  place,
}) => {
  await makeLibrary(place);
  const app = await VitrineApp.launch(place);
  expect(await app.videos()).toHaveLength(2);
  const refused = await runCli(['restore', 'latest', '--library', place.library, '--json']);
  expect(refused).toMatchObject({
    code: 3,
    objects: [{ type: 'error', code: 'LIBRARY_LOCKED' }],
  });
  expect(await app.videos()).toHaveLength(2);
  await app.close();
});

test('a library that lost its content is not taken for a new one', async ({ place }) => {
  await makeLibrary(place);
  const losses = [() => truncateSync(libraryFile(place)), () => rmSync(libraryFile(place))];
  for (const lose of losses) {
    lose();
    for (const command of ['list', 'jobs']) {
      const run = await runCli([command, '--library', place.library, '--json']);
      expect(run).toMatchObject({ code: 3, objects: [{ code: 'LIBRARY_CORRUPT' }] });
    }
    const app = await VitrineApp.launch(place);
    await failed(app);
    await app.close();
    expect(statSync(libraryFile(place), { throwIfNoEntry: false })?.size ?? 0).toBe(0);
    const restored = await runCli(['restore', 'latest', '--library', place.library]);
    expect(restored.code).toBe(0);
    expect((await runCli(['list', '--library', place.library, '--json'])).objects).toHaveLength(2);
  }
});
