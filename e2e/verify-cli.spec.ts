import { join } from 'node:path';
import type { VerifyResult } from '../src/shared/job';
import { folderOf } from './fixtures/clips';
import { ended, runCli, startCli } from './fixtures/command-line';
import { decodersOf } from './fixtures/processes';
import { expect, test } from './fixtures/test';
import {
  LONG_COUNT,
  LONG_SECONDS,
  LongClip,
  leaveFew,
  mixedFolder,
} from './fixtures/verify-folders';

const long = new LongClip();
test.beforeAll(() => long.make());
test.afterAll(() => long.dispose());

test('verify lists what is damaged and where; show tells it of one video', async ({ place }) => {
  const folder = join(place.folder, 'clips');
  const at = await mixedFolder(folder);
  const library = ['--library', place.library];
  await runCli(['scan', folder, ...library]);

  const json = await runCli(['verify', folder, ...library, '--json']);
  expect(json.code).toBe(0);
  expect(json.objects[0]).toMatchObject({ type: 'submitted' });
  expect(json.objects.find(({ type }) => type === 'finished')).toMatchObject({
    ...{ state: 'succeeded', kind: 'verify', target: folder },
    result: { verified: 2, damaged: 1, unreadable: 1, skipped: 0 },
  });
  const damaged = json.objects.filter(({ type }) => type === 'damaged');
  expect(damaged.map(({ path, outcome }) => [path, outcome])).toEqual(
    expect.arrayContaining([
      [join(folder, 'trip', 'damaged.mp4'), 'damaged'],
      [join(folder, 'trip', 'letter.avi'), 'unreadable'],
    ]),
  );
  expect(damaged).toHaveLength(2);

  const text = await runCli(['verify', join(folder, 'trip'), ...library]);
  expect(text.code).toBe(0);
  const line = text.stdout.split('\n').find((one) => /^ {2}\d/.test(one)) ?? '';
  const [, seconds] = /^ {2}0:00:(\d\d\.\d)\th264: /.exec(line) ?? [];
  expect(Math.abs(Number(seconds) - at)).toBeLessThan(1);
  expect(text.stdout).not.toContain('good.mp4');

  const show = await runCli(['show', join(folder, 'trip', 'damaged.mp4'), ...library]);
  expect(show.stdout).toMatch(/verification\n(?: {2}.*\n)*? {2}damage at 0:00:0\d\.\d: h264: /);
  const videos = await runCli(['list', ...library, '--json']);
  expect(videos.objects).toHaveLength(3);
});

test('a path that the library does not know is an error, and adds nothing', async ({ place }) => {
  const known = folderOf(join(place.folder, 'known'), { 'a.mp4': 'mp4-h264-aac' });
  const unknown = folderOf(join(place.folder, 'unknown'), { 'b.mp4': 'mp4-h264-aac' });
  const library = ['--library', place.library, '--json'];
  const none = await runCli(['verify', known, ...library]);
  expect(none).toMatchObject({ code: 3 });
  expect(none.objects).toMatchObject([{ type: 'error', code: 'LIBRARY_NOT_FOUND' }]);
  await runCli(['scan', known, ...library]);
  const run = await runCli(['verify', unknown, ...library]);
  expect(run).toMatchObject({ code: 1 });
  expect(run.objects).toMatchObject([{ type: 'error', code: 'VIDEO_NOT_FOUND' }]);
  expect((await runCli(['list', ...library])).objects).toHaveLength(1);
});

test('an interrupted verification goes on with the next one', async ({ place }) => {
  const folder = long.folder(join(place.folder, 'clips'));
  const library = ['--library', place.library, '--json'];
  await runCli(['scan', folder, ...library]);
  const child = startCli(['verify', folder, ...library]);
  const run = ended(child);
  let said = '';
  await new Promise<void>((resolve) => {
    child.stdout?.on('data', (chunk: string) => {
      said += chunk;
      const done = [...said.matchAll(/"done":(\d+)/g)].map((match) => Number(match[1]));
      if (Math.max(0, ...done) > 2 * LONG_SECONDS) resolve();
    });
  });
  child.kill('SIGINT');
  expect((await run).code).toBe(130);
  await expect.poll(() => decodersOf(folder)).toEqual([]);
  leaveFew(folder, new Set());

  const rest = await runCli(['verify', folder, ...library]);
  const statuses = rest.objects.filter(({ type }) => type === 'status');
  const decoding = statuses.filter(
    ({ phase, state }) => phase === 'decoding' && state === 'running',
  );
  expect(Math.min(...decoding.map(({ done }) => Number(done)))).toBeGreaterThanOrEqual(
    2 * LONG_SECONDS,
  );
  const { state, result } = rest.objects.at(-1) as { state: string; result: VerifyResult };
  expect(state).toBe('succeeded');
  expect(result.verified).toBeGreaterThan(1);
  expect(result.verified + result.skipped).toBe(LONG_COUNT);
});

test('verify is handed to the app that has the library open', async ({ app, place }) => {
  const folder = join(place.folder, 'clips');
  await mixedFolder(folder);
  await app.scanned(folder);
  const run = await runCli(['verify', folder, '--library', place.library, '--json']);
  expect(run.code).toBe(0);
  const finished = run.objects.find(({ type }) => type === 'finished');
  expect(finished).toMatchObject({ state: 'succeeded', result: { damaged: 1 } });
  expect(run.objects.filter(({ type }) => type === 'damaged')).toHaveLength(2);
  const job = await app.ask('jobs.get', { jobId: String(finished?.['jobId']) });
  expect(job).toMatchObject({ state: 'succeeded', kind: 'verify' });
});
