import { appendFileSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { clip, folderOf, largeFolder, notAVideo } from './fixtures/clips';
import { CLIP_KINDS, type ClipKind, clipExtension, clipFacts } from './fixtures/media-factory';
import { probesOf } from './fixtures/processes';
import { expect, test } from './fixtures/test';

const KINDS = Object.fromEntries(
  CLIP_KINDS.map((kind) => [`${kind}.${clipExtension(kind)}`, kind]),
) as Record<string, ClipKind>;

test('a folder with every kind of video becomes rows with the right facts', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'every kind'), KINDS);
  expect(CLIP_KINDS.length).toBeGreaterThanOrEqual(20);

  const jobId = await app.addFolder(folder);
  expect(jobId).toMatch(/^[0-9a-f-]{36}$/);
  const job = await app.jobEnd(jobId);

  expect(job).toMatchObject({
    state: 'succeeded',
    kind: 'scan',
    target: folder,
    progress: 1,
    error: null,
  });
  expect(job.result).toMatchObject({
    discovered: CLIP_KINDS.length,
    added: CLIP_KINDS.length,
    changed: 0,
    unchanged: 0,
    missing: 0,
    unreadable: 0,
  });
  const videos = await app.videos();
  expect(videos).toHaveLength(CLIP_KINDS.length);
  for (const video of videos) {
    const kind = KINDS[video.name] as ClipKind;
    const facts: Record<string, unknown> = { ...clipFacts(kind) };
    if (facts['frameRate'] === null) delete facts['frameRate'];
    expect(video, kind).toMatchObject({ ...facts, state: 'ok', probeLevel: 'full', problem: null });
  }
  await expect(app.page.getByTestId('video-tile').first()).toBeVisible();
  await expect(app.page.getByTestId('video-count')).toContainText(String(CLIP_KINDS.length));
});

test('jobs.onUpdate tells a scan from queued to succeeded', async ({ app, place }) => {
  const folder = largeFolder(join(place.folder, 'clips'), 150);
  await app.page.evaluate(() => {
    const updates: unknown[] = [];
    Object.assign(window, { updates });
    window.vitrine.jobs.onUpdate((status) => updates.push({ ...status, at: performance.now() }));
  });
  const { jobId } = await app.scanned(folder);
  type Update = { jobId: string; state: string; done: number; total: number | null; at: number };
  const updates = await app.waitFor(async () => {
    const seen = (await app.page.evaluate(
      () => (window as unknown as { updates: unknown[] }).updates,
    )) as Update[];
    return seen.at(-1)?.state === 'succeeded' ? seen : undefined;
  });

  expect(new Set(updates.map((update) => update.jobId))).toEqual(new Set([jobId]));
  const counts = updates.filter(({ state }) => state === 'running').map(({ done }) => done);
  expect([...counts].sort((a, b) => a - b)).toEqual(counts);
  expect(updates.at(-1)).toMatchObject({ state: 'succeeded', done: 150, total: 150 });
  const seconds = ((updates.at(-1)?.at ?? 0) - (updates[0]?.at ?? 0)) / 1000;
  // Ten a second, and the few that tell a change of state at once.
  expect(updates.length).toBeLessThanOrEqual(Math.ceil(seconds * 10) + 5);
});

test('an unsubscribed listener hears nothing more', async ({ app, place }) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  await app.page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    window.vitrine.jobs.onUpdate((status) => heard.push(status))();
  });
  await app.scanned(folder);
  expect(await app.page.evaluate(() => (window as unknown as { heard: unknown[] }).heard)).toEqual(
    [],
  );
});

test('an unknown job ID is JOB_NOT_FOUND', async ({ app }) => {
  for (const channel of ['jobs.get', 'jobs.cancel'] as const) {
    expect(await app.call(channel, { jobId: 'no-such-job' })).toMatchObject({
      ok: false,
      error: { code: 'JOB_NOT_FOUND' },
    });
  }
});

test('a second start for the same folder answers the live job, a finished one a new job', async ({
  app,
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'clips'), 400);
  const first = await app.addFolder(folder);
  const again = await Promise.all([1, 2, 3].map(() => app.ask('scan.start', { path: folder })));
  expect(again.map(({ jobId }) => jobId)).toEqual([first, first, first]);
  await app.jobEnd(first);
  expect((await app.ask('scan.start', { path: folder })).jobId).not.toBe(first);
});

test('a cancelled scan stops at once, leaves no child process, and can be started again', async ({
  app,
  place,
}) => {
  const folder = largeFolder(join(place.folder, 'clips'), 3_000);
  const jobId = await app.addFolder(folder);
  await app.waitFor(async () =>
    (await app.ask('jobs.get', { jobId })).done > 20 ? true : undefined,
  );
  await app.page.getByTestId('job-tray').getByRole('button', { name: 'Cancel' }).click();
  const job = await app.jobEnd(jobId);
  expect(job.state).toBe('cancelled');
  await app.waitFor(async () => (probesOf(folder).length === 0 ? true : undefined));

  const done = (await app.ask('jobs.get', { jobId })).done;
  expect(done).toBeLessThan(3_000);
  expect((await app.ask('jobs.cancel', { jobId })).state).toBe('cancelled');

  const { jobId: next } = await app.ask('scan.start', { path: folder });
  expect(await app.jobEnd(next)).toMatchObject({
    state: 'succeeded',
    result: { discovered: 3_000, unreadable: 0 },
  });
  expect(await app.videos()).toHaveLength(3_000);
});

test('a rescan sees what was changed, added and removed, and what came back', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), {
    'same.mp4': 'mp4-h264-aac',
    'changed.mkv': 'mp4-h264-aac',
    'removed.webm': 'webm-vp9-opus',
    'trip/day 1.mov': 'mp4-h264-aac',
  });
  await app.scanned(folder);
  const before = await app.videos();

  rmSync(join(folder, 'changed.mkv'));
  folderOf(folder, { 'changed.mkv': 'mkv-h264-ac3', 'added.avi': 'avi-mpeg4-mp3' });
  const away = join(place.folder, 'away.webm');
  renameSync(join(folder, 'removed.webm'), away);
  const rescan = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(rescan.jobId)).result).toMatchObject({
    discovered: 4,
    added: 1,
    changed: 1,
    unchanged: 2,
    missing: 1,
    unreadable: 0,
  });
  const after = new Map((await app.videos()).map((video) => [video.name, video]));
  expect(after.get('changed.mkv')).toMatchObject({
    container: 'matroska',
    audioCodec: 'ac3',
    state: 'ok',
  });
  expect(after.get('removed.webm')).toMatchObject({ state: 'missing', videoCodec: 'vp9' });
  expect(after.get('added.avi')).toMatchObject({ state: 'ok', videoCodec: 'mpeg4' });
  for (const { name, id } of before) expect(after.get(name)?.id).toBe(id);

  renameSync(away, join(folder, 'removed.webm'));
  const third = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(third.jobId)).result).toMatchObject({
    discovered: 5,
    added: 0,
    changed: 0,
    missing: 0,
  });
  expect((await app.videos()).map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
});

test('a broken file is a row with its problem, and is left alone until it changes', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'good.mp4': 'mp4-h264-aac' });
  notAVideo(join(folder, 'garbage.mp4'), Buffer.alloc(50_000, 'not a video '));
  notAVideo(join(folder, 'empty.mkv'), '');
  const job = await app.scanned(folder);
  expect(job).toMatchObject({
    state: 'succeeded',
    problems: 2,
    result: { discovered: 3, added: 3, unreadable: 2 },
  });

  const { problems } = await app.ask('problems.list', { after: null, limit: 10 });
  expect(problems.map(({ name }) => name).sort()).toEqual(['empty.mkv', 'garbage.mp4']);
  const garbage = problems.find(({ name }) => name === 'garbage.mp4');
  expect(garbage?.problem.toolOutput).toContain('Invalid data found');
  expect(problems.find(({ name }) => name === 'empty.mkv')?.problem.code).toBe('EMPTY_FILE');

  await app.page.getByRole('button', { name: /^Problems/ }).click();
  await expect(app.page.getByTestId('problem-row')).toHaveCount(2);
  await expect(app.page.getByText('garbage.mp4').first()).toBeVisible();

  const rescan = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(rescan.jobId)).result).toMatchObject({ unchanged: 3, unreadable: 2 });
  const again = await app.ask('problems.list', { after: null, limit: 10 });
  expect(again.problems.map(({ problem }) => problem.occurredAt)).toEqual(
    problems.map(({ problem }) => problem.occurredAt),
  );

  rmSync(join(folder, 'garbage.mp4'));
  folderOf(folder, { 'garbage.mp4': 'mp4-h264-aac' });
  const mended = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(mended.jobId)).result).toMatchObject({ changed: 1, unreadable: 1 });
  expect((await app.videos()).find(({ name }) => name === 'garbage.mp4')).toMatchObject({
    state: 'ok',
    problem: null,
  });
});

test('rows appear while the scan is still running', async ({ app, place }) => {
  const folder = largeFolder(join(place.folder, 'clips'), 2_000);
  const jobId = await app.addFolder(folder);
  await expect(app.page.getByTestId('video-tile').first()).toBeVisible();
  expect((await app.ask('jobs.get', { jobId })).state).toBe('running');
  await expect(app.page.getByTestId('job-tray-status')).toHaveAttribute('data-job-id', jobId);
  await app.ask('jobs.cancel', { jobId });
});

test('a file whose time changed but whose bytes did not is probed again, and keeps its row', async ({
  app,
  place,
}) => {
  const folder = folderOf(join(place.folder, 'clips'), { 'a.mp4': 'mp4-h264-aac' });
  await app.scanned(folder);
  const [before] = await app.videos();
  utimesSync(join(folder, 'a.mp4'), new Date(), new Date(Date.now() - 3_600_000));
  const rescan = await app.ask('scan.start', { path: folder });
  expect((await app.jobEnd(rescan.jobId)).result).toMatchObject({ changed: 1, unchanged: 0 });
  expect((await app.videos())[0]).toMatchObject({ id: before?.id, state: 'ok' });
});

test('originals are never written', async ({ app, place }) => {
  const { createHash } = await import('node:crypto');
  const { readFileSync, statSync } = await import('node:fs');
  const folder = folderOf(join(place.folder, 'clips'), {
    'a.mp4': 'mp4-h264-aac',
    'b.mkv': 'mkv-h264-ac3',
  });
  appendFileSync(join(folder, 'b.mkv'), Buffer.alloc(1000));
  const fingerprint = () =>
    ['a.mp4', 'b.mkv'].map((name) => {
      const file = join(folder, name);
      const { mtimeMs, size, mode } = statSync(file);
      return [
        basename(file),
        mtimeMs,
        size,
        mode,
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      ];
    });
  const before = fingerprint();
  await app.scanned(folder);
  expect(fingerprint()).toEqual(before);
  expect(clip('mp4-h264-aac')).not.toContain(folder);
});
