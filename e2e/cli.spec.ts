import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf, largeFolder, notAVideo } from './fixtures/clips';
import { ended, runCli, startCli } from './fixtures/command-line';
import { probesOf } from './fixtures/processes';
import { expect, test } from './fixtures/test';

test('scan, list, show, jobs and export do the main job without a window', async ({ place }) => {
  const folder = folderOf(join(place.folder, 'clips'), {
    'beach.mp4': 'mp4-h264-aac',
    'trip/portrait.mov': 'mov-h264-rotated',
  });
  notAVideo(join(folder, 'broken.mkv'), 'nothing of use');
  const library = ['--library', place.library];

  const scan = await runCli(['scan', folder, ...library, '--json']);
  expect(scan.stderr).not.toContain('Error');
  expect(scan.code).toBe(0);
  const [first] = scan.objects;
  const last = scan.objects.at(-1);
  expect(first).toEqual({
    type: 'submitted',
    jobId: expect.any(String),
    elapsedMs: expect.any(Number),
  });
  expect(last).toMatchObject({
    type: 'finished',
    jobId: first?.['jobId'],
    state: 'succeeded',
    result: {
      discovered: 3,
      added: 3,
      changed: 0,
      unchanged: 0,
      moved: 0,
      missing: 0,
      unreadable: 1,
    },
  });
  expect(new Set(scan.objects.slice(1, -1).map(({ type }) => type))).toEqual(new Set(['status']));

  const list = await runCli(['list', ...library, '--json']);
  expect(list.code).toBe(0);
  expect(list.objects).toHaveLength(3);
  const beach = list.objects.find(({ path }) => path === join(folder, 'beach.mp4'));
  expect(beach).toEqual({
    id: expect.any(Number),
    path: join(folder, 'beach.mp4'),
    sizeBytes: expect.any(Number),
    mtimeMs: expect.any(Number),
    state: 'ok',
    container: 'mp4',
    durationSeconds: expect.closeTo(1, 1),
    width: 160,
    height: 120,
    rotation: 0,
    frameRate: '25/1',
    variableFrameRate: false,
    videoCodec: 'h264',
    audioCodec: 'aac',
    audioChannels: expect.any(Number),
    bitRate: expect.any(Number),
    hdr: null,
    problem: null,
    probeLevel: 'full',
  });
  expect(list.objects.find(({ path }) => String(path).endsWith('portrait.mov'))).toMatchObject({
    width: 120,
    height: 160,
    rotation: 90,
  });
  expect(list.objects.find(({ state }) => state === 'unreadable')).toMatchObject({
    width: null,
    problem: { code: expect.any(String), message: expect.any(String) },
  });

  const found = await runCli([
    'list',
    ...library,
    '--json',
    '--query',
    'TRIP port',
    '--limit',
    '5',
  ]);
  expect(found.objects.map(({ path }) => path)).toEqual([join(folder, 'trip/portrait.mov')]);

  for (const [query, names] of [
    ['rotation:90', ['trip/portrait.mov']],
    ['is:unreadable', ['broken.mkv']],
    ['audio:aac -folder:trip duration:<1m', ['beach.mp4']],
  ] as const) {
    const one = await runCli(['list', ...library, '--json', '--query', query]);
    expect([query, one.objects.map(({ path }) => path)], one.stderr).toEqual([
      query,
      names.map((name) => join(folder, name)),
    ]);
  }
  const help = await runCli(['list', '--help']);
  expect(help.stdout).toContain('duration:>10m');

  const facets = await runCli(['facets', ...library, '--filter', 'rotation=90', '--json']);
  const countsOf = (name: string) => facets.objects.find(({ facet }) => facet === name)?.['values'];
  expect(countsOf('state')).toEqual([{ value: 'ok', count: 1 }]);
  expect(countsOf('rotation')).toHaveLength(3);
  expect((await runCli(['facets', ...library])).stdout).toContain('state\tunreadable\t1\n');
  const upright = await runCli(['list', ...library, '--json', '--filter', 'rotation=90']);
  expect(upright.objects).toEqual(found.objects);

  const show = await runCli(['show', join(folder, 'beach.mp4'), ...library, '--json']);
  expect(show.objects[0]).toMatchObject({
    id: beach?.['id'],
    streams: [{ type: 'video' }, { type: 'audio' }],
  });
  const byId = await runCli(['show', String(beach?.['id']), ...library, '--json']);
  expect(byId.objects).toEqual(show.objects);
  expect((await runCli(['show', String(beach?.['id']), ...library])).stdout).toContain(
    'stream 0: video',
  );

  const jobs = await runCli(['jobs', ...library, '--json']);
  expect(jobs.objects).toMatchObject([
    { jobId: first?.['jobId'], state: 'succeeded', target: folder },
  ]);

  const json = await runCli(['export', ...library, '--format', 'json']);
  expect(JSON.parse(json.stdout)).toEqual(list.objects);
  const csv = await runCli(['export', ...library, '--format', 'csv']);
  expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(4);
  const m3u = await runCli(['export', ...library, '--format', 'm3u', '--query', 'beach']);
  expect(m3u.stdout).toBe(`#EXTM3U\n#EXTINF:1,beach.mp4\n${join(folder, 'beach.mp4')}\n`);
});

test('exit codes tell wrong usage, failures and unusable libraries apart', async ({ place }) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  const library = ['--library', place.library];
  const code = async (argv: string[]) => (await runCli(argv)).code;

  expect(await code(['scan'])).toBe(2);
  expect(await code(['fly'])).toBe(2);
  expect(await code(['list', '--colour'])).toBe(2);
  expect(await code(['list', '--query', 'duration:long', ...library])).toBe(2);
  expect(await code(['list', ...library])).toBe(3);
  expect(await code(['scan', join(place.folder, 'none'), ...library])).toBe(1);
  expect(await code(['scan', folder, ...library])).toBe(0);
  expect(await code(['show', '999', ...library])).toBe(1);
  writeFileSync(join(place.folder, 'file'), '');
  expect(await code(['scan', folder, '--library', join(place.folder, 'file')])).toBe(3);
});

test('a reader that goes away ends list and export quietly', async ({ place }) => {
  const folder = largeFolder(join(place.folder, 'clips'), 600);
  const library = ['--library', place.library];
  expect((await runCli(['scan', folder, ...library])).code).toBe(0);
  for (const command of [['list'], ['list', '--json'], ['export', '--format', 'json']]) {
    const child = startCli([...command, ...library]);
    child.stdout?.destroy();
    const { code, stderr } = await ended(child);
    expect(stderr).not.toContain('EPIPE');
    expect(code).toBe(0);
  }
});

test('SIGINT ends a scan with 130 and leaves its job resumable', async ({ place }) => {
  const folder = largeFolder(join(place.folder, 'clips'), 600);
  const library = ['--library', place.library, '--json'];
  const child = startCli(['scan', folder, ...library]);
  const whole = ended(child);
  await new Promise<void>((resolve) => {
    let seen = '';
    child.stdout?.on('data', (chunk: string) => {
      seen += chunk;
      if (/"done":[1-9]/.test(seen)) resolve();
    });
  });
  child.kill('SIGINT');
  const interrupted = await whole;
  expect(interrupted.code).toBe(130);
  expect(probesOf(folder)).toEqual([]);
  const { jobId } = interrupted.objects[0] as { jobId: string };
  expect((await runCli(['jobs', ...library])).objects).toMatchObject([{ jobId, state: 'queued' }]);

  const again = await runCli(['scan', folder, ...library]);
  expect(again.code).toBe(0);
  expect(again.objects.at(-1)).toMatchObject({
    jobId,
    state: 'succeeded',
    result: { discovered: 600, added: 600, unchanged: 0 },
  });
});

test('scan hands the job to the app that has the library open, and follows it', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), {
    'a.mp4': 'mp4-h264-aac',
    'b.mkv': 'mkv-h264-ac3',
  });
  await app.ask('library.summary', {});
  const scan = await runCli(['scan', folder, '--library', place.library, '--json']);
  expect(scan.code).toBe(0);
  expect(scan.objects.at(-1)).toMatchObject({
    type: 'finished',
    state: 'succeeded',
    result: { added: 2 },
  });
  await expect(app.page.getByTestId('video-tile')).toHaveCount(2);

  const list = await runCli(['list', '--library', place.library, '--json']);
  expect(list.objects).toHaveLength(2);
  const bad = await runCli(['scan', join(folder, 'a.mp4'), '--library', place.library, '--json']);
  expect(bad).toMatchObject({ code: 1 });
  expect(bad.objects).toMatchObject([{ type: 'error', code: 'PATH_NOT_A_FOLDER' }]);
});

test('scan follows every folder to its end, however soon the first ones are done', async ({
  place,
}) => {
  const folders = Array.from({ length: 40 }, (_value, index) =>
    join(place.folder, `empty ${index}`),
  );
  for (const folder of folders) mkdirSync(folder);
  const scan = await runCli(['scan', ...folders, '--library', place.library, '--json']);
  expect(scan.code).toBe(0);
  const finished = scan.objects.filter(({ type }) => type === 'finished');
  expect(finished.map(({ target }) => target).sort()).toEqual([...folders].sort());
});

test('an empty folder is a scan that finds nothing', async ({ place }) => {
  const folder = join(place.folder, 'empty');
  mkdirSync(folder);
  const scan = await runCli(['scan', folder, '--library', place.library, '--json']);
  expect(scan.code).toBe(0);
  expect(scan.objects.at(-1)).toMatchObject({
    state: 'succeeded',
    result: { discovered: 0, added: 0 },
  });
});
