import { existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { clip } from './fixtures/clips';
import { runCli } from './fixtures/command-line';
import { expect, test } from './fixtures/test';
import type { VitrineApp } from './fixtures/vitrine-app';

const CHANGED = new Date('2024-01-02T03:04:05Z');

/** A good clip and two that are all zeros but for their size. `heal` makes one good without a sign on the outside. */
function brokenClips(folder: string): { folder: string; heal(name: string): void } {
  mkdirSync(folder, { recursive: true });
  const content = readFileSync(clip('mp4-h264-aac'));
  const write = (name: string, bytes: Buffer) => {
    const path = join(folder, name);
    // In place where it is there, so that size, time and inode stay what they were.
    writeFileSync(path, bytes, { flag: existsSync(path) ? 'r+' : 'w' });
    utimesSync(path, CHANGED, CHANGED);
  };
  write('good.mp4', content);
  for (const name of ['one.mp4', 'two.mp4']) write(name, Buffer.alloc(content.length));
  return { folder, heal: (name) => write(name, content) };
}

async function problemsOf(app: VitrineApp) {
  return (await app.ask('problems.list', { after: null, limit: 100 })).problems;
}

async function retry(app: VitrineApp, selection: { ids: number[] } | { all: true }) {
  const { jobIds } = await app.ask('problems.retry', selection);
  return Promise.all(jobIds.map((jobId) => app.jobEnd(jobId)));
}

test('problems are retried, dismissed and reported', async ({ app, place }) => {
  const { folder, heal } = brokenClips(join(place.folder, 'clips'));
  await app.scanned(folder);
  const [newest] = await problemsOf(app);
  expect((await problemsOf(app)).map(({ name }) => name).sort()).toEqual(['one.mp4', 'two.mp4']);

  // A scan does not see that the file is good now; a retry reads it.
  heal('one.mp4');
  const unseen = await app.jobEnd((await app.ask('scan.start', { path: folder })).jobId);
  expect(unseen.result).toMatchObject({ unchanged: 3, unreadable: 2 });
  expect(await retry(app, { all: true })).toMatchObject([
    { state: 'succeeded', result: { unchanged: 3, unreadable: 1 } },
  ]);
  const [left] = await problemsOf(app);
  expect(left).toMatchObject({ name: 'two.mp4', problem: { stage: 'probe' } });
  expect(left?.problem.occurredAt).toBeGreaterThan(newest?.problem.occurredAt ?? 0);

  await app.ask('problems.copyReport', { all: true });
  const report = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(report).toContain(join(folder, 'two.mp4'));
  expect(report).toMatch(/^Vitrine: .*\nVitrine \d.*Electron \d.*ffprobe 20\d+/);
  expect(report).toContain(left?.problem.code);
  expect(report).not.toContain('one.mp4');

  const ids = [left?.id ?? 0];
  await app.ask('problems.dismiss', { ids });
  expect(await problemsOf(app)).toEqual([]);
  const summary = await app.ask('library.summary', {});
  expect(summary.counts.problems).toBe(0);
  expect(summary.roots[0]?.problemCount).toBe(0);
  const states = (await app.videos()).map(({ name, state }) => `${name} ${state}`);
  expect(states).toEqual(['good.mp4 ok', 'one.mp4 ok', 'two.mp4 unreadable']);
  await retry(app, { ids });
  expect((await problemsOf(app)).map(({ name }) => name)).toEqual(['two.mp4']);
});

test('the command line lists problems and retries them, by itself and through the app', async ({
  app,
  place,
}) => {
  const { folder, heal } = brokenClips(join(place.folder, 'clips'));
  await app.scanned(folder);
  const library = ['--library', place.library];
  const listed = await runCli(['problems', '--json', ...library]);
  expect(listed).toMatchObject({ code: 0 });
  expect(listed.objects.map(({ path }) => path).sort()).toEqual([
    join(folder, 'one.mp4'),
    join(folder, 'two.mp4'),
  ]);
  expect(listed.objects[0]).toMatchObject({ problem: { code: expect.any(String) } });

  heal('one.mp4');
  const through = await runCli(['problems', '--retry', '--json', ...library]);
  expect(through).toMatchObject({ code: 0 });
  expect(through.objects.at(0)).toMatchObject({ type: 'submitted' });
  expect(through.objects.at(-1)).toMatchObject({ type: 'finished', result: { unreadable: 1 } });
  await app.close();

  heal('two.mp4');
  const alone = await runCli(['problems', '--retry', ...library]);
  expect(alone).toMatchObject({ code: 0, stdout: expect.stringContaining('3 videos') });
  const none = await runCli(['problems', '--retry', ...library]);
  expect(none).toMatchObject({ code: 0, stdout: 'There are no problems.\n' });
  const nowhere = await runCli(['problems', '--retry', '--library', join(place.folder, 'none')]);
  expect(nowhere.code).toBe(3);
});
