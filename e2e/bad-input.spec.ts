import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './fixtures/clips';
import { BOUND_BY_PERMISSIONS, boundElectron, runCli } from './fixtures/command-line';
import { expect, test } from './fixtures/test';
import { createWorkplace, VitrineApp } from './fixtures/vitrine-app';

/** Chooses a path in the dialog and answers the message that the person then reads. */
async function messageAfterChoosing(app: VitrineApp, path: string): Promise<string> {
  await app.chooseInDialog([path]);
  await app.page.getByRole('button', { name: 'Add folder' }).first().click();
  const toast = app.page.locator('[data-sonner-toast]').last();
  await expect(toast).toBeVisible();
  return (await toast.textContent()) ?? '';
}

test('a path that is gone, and a file given as a folder, are clear errors', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  for (const path of [join(place.folder, 'none'), join(folder, 'a.mp4')]) {
    await app.chooseInDialog([path]);
    expect(await app.call('roots.choose', {})).toMatchObject({
      ok: false,
      error: { code: 'PATH_NOT_A_FOLDER' },
    });
    const cli = await runCli(['scan', path, '--library', join(place.folder, 'other'), '--json']);
    expect(cli).toMatchObject({ code: 1, objects: [{ type: 'error', code: 'PATH_NOT_A_FOLDER' }] });
  }
  expect(await messageAfterChoosing(app, join(folder, 'a.mp4'))).toMatch(/folder/i);
  expect((await app.ask('library.summary', {})).roots).toEqual([]);
});

test('a folder without permission is a clear error, and one inside a scan loses nothing', async ({
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), {
    'a.mp4': 'mp4-h264-aac',
    'closed/b.mp4': 'mp4-h264-aac',
  });
  const bound = { boundByPermissions: true };
  const library = ['--library', place.library, '--json'];
  expect((await runCli(['scan', folder, ...library], bound)).objects.at(-1)).toMatchObject({
    result: { added: 2 },
  });

  chmodSync(join(folder, 'closed'), 0o000);
  try {
    const refused = await runCli(
      ['scan', join(folder, 'closed'), '--library', join(place.folder, 'x'), '--json'],
      bound,
    );
    expect(refused).toMatchObject({
      code: 1,
      objects: [{ type: 'error', code: 'PERMISSION_DENIED' }],
    });
    const app = await VitrineApp.launch(
      { ...place, library: join(place.folder, 'y') },
      { executablePath: boundElectron(place.folder) },
    );
    expect(await messageAfterChoosing(app, join(folder, 'closed'))).toMatch(
      /may not read|permission/i,
    );
    await app.close();
    const rescan = await runCli(['scan', folder, ...library], bound);
    expect(rescan.objects.at(-1)).toMatchObject({
      state: 'succeeded',
      result: { discovered: 1, missing: 0 },
    });
  } finally {
    chmodSync(join(folder, 'closed'), 0o755);
  }
  const states = (await runCli(['list', ...library])).objects.map(({ state }) => state);
  expect(states).toEqual(['ok', 'ok']);
});

test('a folder inside another is refused by name instead of being listed twice', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'trip/a.mp4': 'mp4-h264-aac' });
  await app.scanned(folder);
  for (const path of [join(folder, 'trip'), place.folder]) {
    await app.chooseInDialog([path]);
    await app.ask('roots.choose', {});
    expect(await app.call('scan.start', { path })).toMatchObject({
      ok: false,
      error: { code: 'ROOT_OVERLAPS' },
    });
  }
});

test('an empty folder says so', async ({ app, place }) => {
  const folder = join(place.folder, 'empty');
  mkdirSync(folder);
  expect(await app.scanned(folder)).toMatchObject({
    state: 'succeeded',
    result: { discovered: 0 },
  });
  await expect(app.page.getByText(/no videos/i).first()).toBeVisible();
});

test('a second app on the same library says that it is in use', async ({ app, place }) => {
  await app.ask('library.summary', {});
  const other = createWorkplace();
  const second = await VitrineApp.launch({ ...other, library: place.library });
  await expect(second.page.getByText(/in use|already open/i).first()).toBeVisible();
  expect(await second.ask('library.status', {})).toMatchObject({
    state: 'failed',
    error: { code: 'LIBRARY_LOCKED' },
  });
  await app.close();
  await second.page.getByRole('button', { name: 'Try again' }).click();
  await expect(second.page.getByTestId('welcome')).toBeVisible();

  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  expect((await runCli(['scan', folder, '--library', place.library])).code).toBe(0);
  await expect(second.page.getByTestId('video-tile')).toHaveCount(1);
  await second.close();
  other.dispose();
});

test('a library folder that is read-only is a clear error in the window and on the command line', async ({
  place,
}) => {
  mkdirSync(place.library);
  chmodSync(place.library, 0o555);
  try {
    const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
    const cli = await runCli(['scan', folder, '--library', place.library, '--json'], {
      boundByPermissions: true,
    });
    expect(cli).toMatchObject({ code: 3, objects: [{ type: 'error', code: 'LIBRARY_READ_ONLY' }] });

    const app = await VitrineApp.launch(place, { executablePath: boundElectron(place.folder) });
    await expect(app.page.getByText(/read-only|cannot be written/i).first()).toBeVisible();
    expect(await app.ask('library.status', {})).toMatchObject({
      state: 'failed',
      error: { code: 'LIBRARY_READ_ONLY' },
    });
    await app.close();
  } finally {
    chmodSync(place.library, 0o755);
  }
});

test('a library that is no database is reported, and left as it is', async ({ place }) => {
  const { readFileSync } = await import('node:fs');
  mkdirSync(place.library);
  const file = join(place.library, 'library.sqlite');
  const evidence = Buffer.alloc(8192, 'not a database ');
  writeFileSync(file, evidence);
  const app = await VitrineApp.launch(place);
  await expect(app.page.getByText(/damaged/i).first()).toBeVisible();
  expect(await app.ask('library.status', {})).toMatchObject({
    state: 'failed',
    error: { code: 'LIBRARY_CORRUPT' },
  });
  await app.close();
  expect(readFileSync(file).equals(evidence)).toBe(true);
  const cli = await runCli(['list', '--library', place.library, '--json']);
  expect(cli).toMatchObject({ code: 3, objects: [{ type: 'error', code: 'LIBRARY_CORRUPT' }] });
});

test('setpriv is there where the tests run as root', () => {
  const [program, ...rest] = BOUND_BY_PERMISSIONS;
  test.skip(program === undefined, 'not running as root');
  expect(spawnSync(program as string, [...rest, 'true']).status).toBe(0);
});
