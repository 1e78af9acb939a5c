import { describe, expect, it } from 'vitest';
import { claim, readToken, submit, tamper } from './testing/job-fixture';
import { libraryFixture } from './testing/library-fixture';
import { claimScan, ROOT, runScan, scanSteps } from './testing/scan-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();

describe('submitting a scan', () => {
  it('queues a job that can be looked up at once', async () => {
    const library = await openLibrary({ now: () => 1234 });
    const jobId = await submit(library);
    expect(await library.library.call('getJob', { jobId })).toEqual({
      jobId,
      kind: 'scan',
      target: ROOT,
      rootId: expect.any(Number),
      state: 'queued',
      priority: 'normal',
      attempt: 0,
      waitingFor: null,
      notBefore: null,
      reason: null,
      progress: null,
      phase: '',
      done: 0,
      total: null,
      currentItem: null,
      ratePerSecond: null,
      etaSeconds: null,
      quick: null,
      result: null,
      error: null,
      problems: 0,
      createdAt: 1234,
      startedAt: null,
      finishedAt: null,
    });
  });

  it('answers the live job of the same folder, by path or by ID', async () => {
    const library = await openLibrary();
    const jobId = await submit(library);
    const { rootId } = await library.library.call('getJob', { jobId });
    if (rootId === null) throw new Error('A scan has a root.');
    const again = { jobId };
    expect(await library.library.call('submitScan', { path: `${ROOT}/` })).toEqual(again);
    await claim(library);
    expect(await library.library.call('submitScan', { rootId })).toEqual(again);
  });

  it('makes a new job once the last one is over', async () => {
    const library = await openLibrary();
    const claimed = await claimScan(library);
    await runScan(library, claimed, {});
    expect(await submit(library)).not.toBe(claimed.jobId);
    const jobs = await library.library.call('listJobs', { limit: 10 });
    expect(jobs.map(({ state }) => state)).toEqual(['queued', 'succeeded']);
  });

  it('refuses folders inside or above another one, names it, and allows neighbours', async () => {
    const library = await openLibrary();
    await submit(library);
    for (const path of [`${ROOT}/trip`, '/media', '/']) {
      await expect(submit(library, path)).rejects.toMatchObject({
        code: 'ROOT_OVERLAPS',
        details: { path: ROOT },
      });
    }
    await submit(library, `${ROOT} 2`);
    expect(await library.library.call('listJobs', { limit: 10 })).toHaveLength(2);
  });

  it('lets a folder in that lies inside a removed one', async () => {
    const library = await openLibrary();
    await submit(library);
    const root = await library.library.call('findRootByPath', { path: ROOT });
    await library.library.call('removeRoot', { rootId: root?.rootId ?? 0 });
    expect(await library.library.call('findRootByPath', { path: ROOT })).toBeNull();
    await submit(library, `${ROOT}/trip`);
    await expect(submit(library)).rejects.toMatchObject({ code: 'ROOT_OVERLAPS' });
  });

  it('refuses a root that is not there', async () => {
    const library = await openLibrary();
    const failure = { code: 'ROOT_NOT_FOUND' };
    await expect(library.library.call('submitScan', { rootId: 9 })).rejects.toMatchObject(failure);
    await expect(library.library.call('removeRoot', { rootId: 9 })).rejects.toMatchObject(failure);
  });
});

describe('the list of jobs', () => {
  it('has every job that is not over, however many came after it', async () => {
    const library = await openLibrary();
    const paused = await submit(library, '/paused');
    await library.library.call('transitionJob', { jobId: paused, from: ['queued'], to: 'paused' });
    const later: string[] = [];
    for (let scan = 0; scan < 3; scan++) {
      const claimed = await claimScan(library);
      await runScan(library, claimed, {});
      later.unshift(claimed.jobId);
    }
    const idsOf = async (limit: number) =>
      (await library.library.call('listJobs', { limit })).map(({ jobId }) => jobId);
    expect(await idsOf(2)).toEqual([...later.slice(0, 2), paused]);
    expect(await idsOf(9)).toEqual([...later, paused]);
  });
});

describe('an unknown job', () => {
  it('is answered with JOB_NOT_FOUND', async () => {
    const library = await openLibrary();
    const request = { jobId: 'nobody' };
    const failure = { code: 'JOB_NOT_FOUND' };
    await expect(library.library.call('getJob', request)).rejects.toMatchObject(failure);
    await expect(
      library.library.call('transitionJob', { ...request, from: ['queued'], to: 'cancelled' }),
    ).rejects.toMatchObject(failure);
  });
});

describe('claiming', () => {
  it('hands out the oldest queued job once, with a token of its own', async () => {
    const library = await openLibrary();
    const first = await submit(library, '/a');
    const second = await submit(library, '/b');
    const claims = [await claim(library), await claim(library)];
    expect(claims.map((job) => job?.jobId)).toEqual([first, second]);
    expect(claims[0]).toMatchObject({ kind: 'scan', rootPath: '/a', attempt: 1, crashCount: 0 });
    expect(claims[0]?.runToken).not.toBe(claims[1]?.runToken);
    expect(await claim(library)).toBeNull();
  });

  it('passes over other kinds', async () => {
    const library = await openLibrary();
    await submit(library);
    expect(await library.library.call('claimJob', { kinds: ['verify'] })).toBeNull();
  });

  it('fails a job whose payload cannot be read, keeps it visible, and goes on to the next', async () => {
    const library = await openLibrary();
    const damaged = await submit(library, '/a');
    const good = await submit(library, '/b');
    tamper(library, "UPDATE jobs SET payload = '{oops' WHERE job_id = ?", damaged);
    expect((await claim(library))?.jobId).toBe(good);
    expect(await library.library.call('getJob', { jobId: damaged })).toMatchObject({
      state: 'failed',
      error: { code: 'INTERNAL' },
    });
  });
});

describe('recovery after a crash', () => {
  it('queues what was running, keeps its progress, and gives up after three crashes', async () => {
    let library = await openLibrary();
    const { jobId } = await claimScan(library);
    for (const [queued, state] of [
      [1, 'queued'],
      [1, 'queued'],
      [0, 'failed'],
    ] as const) {
      const { runToken } = readToken(library, jobId);
      const quick = { discovered: 4, done: 4 };
      const progress = { done: 3, total: 4, currentItem: 'x', problems: 1, quick };
      await library.library.call('saveJobProgress', {
        jobId,
        runToken,
        progress: { phase: 'probing', ...progress },
      });
      library = await openLibrary({ directory: copyOfCrash(library) });
      expect(await library.library.call('recoverJobs', null)).toBe(queued);
      const job = await library.library.call('getJob', { jobId });
      expect(job).toMatchObject({ state, progress: 0.75, phase: 'probing', problems: 1, quick });
      if (state === 'queued') await claim(library);
      else expect(job.error).toMatchObject({ code: 'WORKER_CRASHED' });
    }
  });

  it('ignores progress that comes with a stale token', async () => {
    const library = await openLibrary();
    const { jobId } = await claimScan(library);
    const progress = {
      phase: 'listing',
      done: 9,
      total: 9,
      currentItem: null,
      problems: 0,
      quick: null,
    } as const;
    await library.library.call('saveJobProgress', { jobId, runToken: 'old', progress });
    expect(await library.library.call('getJob', { jobId })).toMatchObject({ done: 0, phase: '' });
  });
});

describe('a stored result', () => {
  it('that cannot be read makes the job look failed and is not thrown away', async () => {
    const library = await openLibrary();
    const claimed = await claimScan(library);
    await runScan(library, claimed, {});
    tamper(library, `UPDATE jobs SET result = '{"discovered":"many"}'`);
    const job = await library.library.call('getJob', { jobId: claimed.jobId });
    expect(job).toMatchObject({ state: 'failed', result: null, error: { code: 'INTERNAL' } });
  });

  it('measures the time of its own run', async () => {
    let now = 1000;
    const library = await openLibrary({ now: () => now });
    await library.library.call('submitScan', { path: ROOT });
    now = 2000;
    const claimed = await claim(library);
    if (!claimed) throw new Error('There was no job to claim.');
    const steps = scanSteps(library, claimed);
    await steps.begin();
    await steps.finishListing();
    now = 2500;
    expect(await steps.finish()).toMatchObject({ elapsedMs: 500 });
    const job = await library.library.call('getJob', { jobId: claimed.jobId });
    expect(job).toMatchObject({ createdAt: 1000, startedAt: 2000, finishedAt: 2500 });
  });
});
