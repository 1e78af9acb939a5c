import { describe, expect, it } from 'vitest';
import type { PreviewTask } from '../../shared/preview-protocol';
import { tamper } from '../testing/job-fixture';
import { libraryFixture, type TestLibrary } from '../testing/library-fixture';
import {
  claimPreviews,
  complete,
  madeOf,
  makePreviews,
  previewSteps,
  reportOf,
  scanFilms,
} from '../testing/preview-fixture';
import { detail } from '../testing/scan-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();
const FILMS = { 'a.mp4': {}, 'b.mp4': {}, 'c.mp4': {} };

async function libraryWithFilms() {
  const library = await openLibrary();
  await scanFilms(library, FILMS);
  return library;
}

async function begun(library: TestLibrary) {
  const claimed = await claimPreviews(library);
  const steps = previewSteps(library, claimed);
  return { ...steps, ...claimed, counts: await steps.begin() };
}

function first(tasks: readonly PreviewTask[]): PreviewTask {
  const [task] = tasks;
  if (!task) throw new Error('There was no task.');
  return task;
}

describe('submitting previews', () => {
  it('queues one job for all that is due, and none where nothing is', async () => {
    const library = await openLibrary();
    expect(await library.library.call('submitPreviews', {})).toBeNull();
    await scanFilms(library, FILMS);
    const job = await library.library.call('submitPreviews', { automatic: true });
    expect(await library.library.call('submitPreviews', {})).toEqual(job);
    expect(await library.library.call('getJob', { jobId: job?.jobId ?? '' })).toMatchObject({
      ...{ kind: 'preview', target: 'previews', rootId: null, state: 'queued' },
    });
    await makePreviews(library);
    expect(await library.library.call('submitPreviews', {})).toBeNull();
  });

  it('is left alone, unless a person asks, once a person cancelled it, until the next scan', async () => {
    const library = await libraryWithFilms();
    const job = await library.library.call('submitPreviews', { automatic: true });
    if (!job) throw new Error('There was no job.');
    await library.library.call('transitionJob', { ...job, from: ['queued'], to: 'cancelled' });
    expect(await library.library.call('submitPreviews', { automatic: true })).toBeNull();
    expect(await library.library.call('submitPreviews', {})).not.toBeNull();
    await library.library.call('transitionJob', { ...job, from: ['cancelled'], to: 'queued' });
    tamper(library, "UPDATE jobs SET finished_at = 1 WHERE state = 'cancelled'");
    const { jobId } = await claimPreviews(library);
    await library.library.call('transitionJob', { jobId, from: ['running'], to: 'cancelled' });
    await scanFilms(library, FILMS);
    tamper(library, 'UPDATE roots SET last_scan_at = last_scan_at + 1');
    expect(await library.library.call('submitPreviews', { automatic: true })).not.toBeNull();
  });
});

describe('a run', () => {
  it('tells how far it is and what came of it', async () => {
    const library = await libraryWithFilms();
    const { jobId, take, write, finish, counts } = await begun(library);
    expect(counts).toMatchObject({ phase: 'posters', done: 0, total: 3, problems: 0 });
    const [c, b, a] = (await take()).tasks;
    if (!a || !b || !c) throw new Error('Tasks are missing.');
    const failed = reportOf(a, { kind: 'failed', message: 'Nothing but black.' });
    const made = await write(failed, madeOf(library, b));
    expect(made).toEqual({ phase: 'posters', done: 2, total: 3, problems: 1 });
    const skipped = await write(reportOf(c, { kind: 'skipped' }));
    expect(skipped).toEqual({ phase: 'filmstrips', done: 0, total: 1, problems: 1 });
    const filmstrip = first((await take()).tasks);
    expect(filmstrip).toMatchObject({ path: 'b.mp4', work: { kind: 'filmstrip' } });
    const end = await write(madeOf(library, filmstrip));
    expect(end).toEqual({ phase: 'filmstrips', done: 1, total: 1, problems: 1 });
    const result = await finish();
    expect(result).toMatchObject({ made: 1, shared: 0, failed: 1, skipped: 1 });
    expect(await library.library.call('getJob', { jobId })).toMatchObject({
      ...{ state: 'succeeded', phase: 'filmstrips', done: 3, total: 3, problems: 1, result },
    });
    await expect(take()).rejects.toMatchObject({ code: 'STALE_RUN' });
  });

  it('goes on after a crash with the counts of before', async () => {
    const before = await libraryWithFilms();
    const run = await begun(before);
    await run.write(madeOf(before, first((await run.take(1)).tasks)));
    const after = await openLibrary({ directory: copyOfCrash(before) });
    expect(await after.library.call('recoverJobs', null)).toBe(1);
    const again = await begun(after);
    expect(again.jobId).toBe(run.jobId);
    expect(again.counts).toMatchObject({ done: 1, total: 3 });
    const { tasks } = await again.take();
    expect(tasks.map(({ path }) => path)).toEqual(['b.mp4', 'a.mp4', 'c.mp4']);
    await again.write(...tasks.map((task) => madeOf(after, task)));
    expect((await complete(after, again)).result).toMatchObject({ made: 3 });
  });

  it('that is over writes nothing', async () => {
    const library = await libraryWithFilms();
    const { jobId, take, write } = await begun(library);
    const task = first((await take(1)).tasks);
    await library.library.call('transitionJob', { jobId, from: ['running'], to: 'paused' });
    const late = write(madeOf(library, task));
    await expect(late).rejects.toMatchObject({ code: 'STALE_RUN' });
    expect((await detail(library, task.path)).preview).toBeNull();
  });

  it('starts its counts over when they cannot be read', async () => {
    const library = await libraryWithFilms();
    const { jobId, runToken } = await claimPreviews(library);
    tamper(library, "UPDATE jobs SET checkpoint = 'nonsense' WHERE job_id = ?", jobId);
    expect(await previewSteps(library, { jobId, runToken }).begin()).toMatchObject({ done: 0 });
  });
});

/** The media process dies under a run, as main records it. */
function die({ library }: TestLibrary, { jobId, runToken }: { jobId: string; runToken: string }) {
  return library.call('transitionJob', {
    ...{ jobId, runToken, from: ['running'], to: 'queued', crashed: true },
  });
}

describe('files that a process may have died of', () => {
  it('are made one by one before all others', async () => {
    const library = await libraryWithFilms();
    const run = await begun(library);
    const taken = (await run.take(2)).tasks.map(({ path }) => path);
    expect(await die(library, run)).toMatchObject({ explained: false });
    const { take, write } = await begun(library);
    for (const path of taken.sort()) {
      const { tasks } = await take();
      expect(tasks).toMatchObject([{ path }]);
      expect(await take()).toMatchObject({ tasks: [], waiting: true });
      await write(madeOf(library, first(tasks)));
    }
    expect((await take(1)).tasks).toMatchObject([{ path: 'a.mp4', work: { kind: 'poster' } }]);
  });

  it('are known also when everything was killed at once', async () => {
    const before = await libraryWithFilms();
    await (await begun(before)).take();
    const after = await openLibrary({ directory: copyOfCrash(before) });
    await after.library.call('recoverJobs', null);
    const { take } = await begun(after);
    expect((await take()).tasks).toHaveLength(1);
  });

  it('are given up after two deaths alone, without blame for the job', async () => {
    const library = await libraryWithFilms();
    const dying = await begun(library);
    await dying.take(1);
    await die(library, dying);
    for (const alone of [1, 2]) {
      const run = await begun(library);
      // After its first death alone it comes last.
      let { tasks } = await run.take();
      for (let image = 0; alone === 2 && image < 2; image++) {
        await run.write(...tasks.map((task) => madeOf(library, task)));
        ({ tasks } = await run.take());
      }
      expect(tasks).toMatchObject([{ path: 'c.mp4' }]);
      expect(await die(library, run)).toMatchObject({ explained: true });
    }
    const { paths, result } = await makePreviews(library);
    expect({ paths, result }).toMatchObject({ paths: [], result: { made: 2 } });
    expect((await detail(library, 'c.mp4')).previewProblem).toContain('died 2 times');
    const { id } = await detail(library, 'c.mp4');
    await library.library.call('remakePreviews', { videoIds: [id] });
    expect((await makePreviews(library)).paths).toEqual(['c.mp4']);
  });

  it('keep their poster when it is the filmstrip that a process dies of', async () => {
    const library = await openLibrary();
    await scanFilms(library, { 'a.mp4': {} });
    const dying = await begun(library);
    await dying.write(madeOf(library, first((await dying.take()).tasks)));
    for (let deaths = 0; deaths < 3; deaths++) {
      const run = deaths === 0 ? dying : await begun(library);
      expect((await run.take()).tasks).toMatchObject([{ work: { kind: 'filmstrip' } }]);
      await die(library, run);
    }
    const { paths, result } = await makePreviews(library);
    expect({ paths, result }).toMatchObject({ paths: [], result: { made: 1, failed: 0 } });
    expect(await detail(library, 'a.mp4')).toMatchObject({
      ...{ preview: { poster: expect.any(String), filmstrip: null }, previewProblem: null },
    });
  });

  it('are not suspected when the run ended in order', async () => {
    const library = await libraryWithFilms();
    const { jobId, take } = await begun(library);
    await take();
    await library.library.call('transitionJob', { jobId, from: ['running'], to: 'queued' });
    expect((await (await begun(library)).take()).tasks).toHaveLength(3);
  });

  it('stay under suspicion as long as nobody has read them', async () => {
    const library = await libraryWithFilms();
    const run = await begun(library);
    await run.take(1);
    await die(library, run);
    const again = await begun(library);
    await again.write(reportOf(first((await again.take()).tasks), { kind: 'skipped' }));
    const { jobId } = again;
    await library.library.call('transitionJob', { jobId, from: ['running'], to: 'queued' });
    const { tasks } = await (await begun(library)).take();
    expect(tasks).toMatchObject([{ path: 'c.mp4' }]);
  });
});
