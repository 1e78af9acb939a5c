import { describe, expect, it } from 'vitest';
import { canTransition, isLive, JOB_STATES } from '../shared/job';
import type { JobTransition } from '../shared/library-protocol';
import { claim, putInto, submit } from './testing/job-fixture';
import { libraryFixture } from './testing/library-fixture';
import { claimScan, runScan } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

describe('the transition', () => {
  for (const from of JOB_STATES) {
    it(`from ${from} changes the row exactly when the state table allows it`, async () => {
      const library = await openLibrary();
      for (const to of JOB_STATES) {
        const jobId = await submit(library, `/${from}-${to}`);
        putInto(library, jobId, from);
        const request = { jobId, from: JOB_STATES };
        const answer = await library.library.call('transitionJob', {
          ...request,
          ...(to === 'waiting' ? { to, waitingFor: 'backoff', notBefore: 7 } : { to }),
        });
        const legal = canTransition(from, to);
        expect([to, answer.changed, answer.job.state]).toEqual([to, legal, legal ? to : from]);
        if (legal) expect(answer.job.finishedAt === null).toBe(isLive(to));
      }
    });
  }

  it('changes nothing when the row is in none of the expected states', async () => {
    const library = await openLibrary();
    const jobId = await submit(library);
    const request = { jobId, from: ['running', 'paused'] as const, to: 'cancelled' as const };
    const { changed, job } = await library.library.call('transitionJob', request);
    expect([changed, job.state]).toEqual([false, 'queued']);
  });

  it('changes nothing with the token of an earlier run', async () => {
    const library = await openLibrary();
    const first = await claimScan(library);
    const { jobId } = first;
    const back = { jobId, from: ['running'], to: 'queued' } as const;
    await library.library.call('transitionJob', { ...back, runToken: first.runToken });
    const second = await claim(library);
    const failed = { jobId, from: ['running'], to: 'failed' } as const;
    const stale = await library.library.call('transitionJob', {
      ...failed,
      runToken: first.runToken,
    });
    expect([stale.changed, stale.job.state]).toEqual([false, 'running']);
    const error = { code: 'ROOT_OFFLINE', message: 'It is away.' } as const;
    const current = await library.library.call('transitionJob', {
      ...failed,
      runToken: second?.runToken ?? '',
      error,
      reason: 'away',
    });
    expect(current).toMatchObject({
      changed: true,
      job: { state: 'failed', error, reason: 'away' },
    });
  });

  it('lets the success that came first win over a cancel', async () => {
    const library = await openLibrary();
    const claimed = await claimScan(library);
    await runScan(library, claimed, {});
    const { changed, job } = await library.library.call('transitionJob', {
      jobId: claimed.jobId,
      from: ['queued', 'running', 'waiting', 'paused'],
      to: 'cancelled',
    });
    expect([changed, job.state]).toEqual([false, 'succeeded']);
  });

  it('does not retry into a second live job of the same folder', async () => {
    const library = await openLibrary();
    const old = await submit(library);
    const cancel = { jobId: old, from: ['queued'], to: 'cancelled' } as const;
    await library.library.call('transitionJob', cancel);
    await submit(library);
    const retry = { jobId: old, from: ['cancelled'], to: 'queued' } as const;
    const { changed, job } = await library.library.call('transitionJob', retry);
    expect([changed, job.state]).toEqual([false, 'cancelled']);
  });

  it('says what a waiting job waits for, and forgets it with the next step', async () => {
    const library = await openLibrary();
    const { jobId } = await claimScan(library);
    const wait = { to: 'waiting', waitingFor: 'storage', notBefore: 9, reason: 'full' } as const;
    const waiting = await library.library.call('transitionJob', {
      jobId,
      from: ['running'],
      ...wait,
    });
    expect(waiting.job).toMatchObject({ waitingFor: 'storage', notBefore: 9, reason: 'full' });
    const back = { jobId, from: ['waiting'], to: 'queued' } as const;
    const { job } = await library.library.call('transitionJob', back);
    expect(job).toMatchObject({ waitingFor: null, notBefore: null, reason: null });
  });

  it('counts crashes and failures that may pass, and a retry starts with clean counters', async () => {
    const library = await openLibrary();
    const { jobId, runToken } = await claimScan(library);
    const progress = {
      phase: 'probing',
      done: 3,
      total: 4,
      currentItem: 'x',
      problems: 1,
      quick: { discovered: 4, done: 4 },
    } as const;
    await library.library.call('saveJobProgress', { jobId, runToken, progress });
    const call = (to: JobTransition) => library.library.call('transitionJob', to);
    const wait = { to: 'waiting', waitingFor: 'backoff', notBefore: 0, crashed: true } as const;
    await call({ jobId, from: ['running'], ...wait });
    await call({ jobId, from: ['waiting'], to: 'queued' });
    expect(await claim(library)).toMatchObject({ attempt: 2, crashCount: 1, transientFailures: 1 });
    await call({ jobId, from: ['running'], to: 'failed', crashed: true });
    const { job } = await call({ jobId, from: ['failed'], to: 'queued' });
    const clean = { attempt: 0, phase: '', done: 0, total: null, problems: 0, quick: null };
    expect(job).toMatchObject({ ...clean, startedAt: null, finishedAt: null });
    expect(await claim(library)).toMatchObject({ attempt: 1, crashCount: 0, transientFailures: 0 });
  });

  it('counts anew from a failure that is said to be the first', async () => {
    const library = await openLibrary();
    const { jobId } = await claimScan(library);
    for (const [isFirst, counted] of [
      [false, 1],
      [false, 2],
      [true, 1],
    ] as const) {
      const wait = { to: 'waiting', waitingFor: 'backoff', notBefore: 0, isFirst } as const;
      await library.library.call('transitionJob', { jobId, from: ['running'], ...wait });
      await library.library.call('transitionJob', { jobId, from: ['waiting'], to: 'queued' });
      expect(await claim(library)).toMatchObject({ transientFailures: counted });
    }
  });

  it('does not count a wait for a drive as a failure', async () => {
    const library = await openLibrary();
    const { jobId } = await claimScan(library);
    const call = (to: JobTransition) => library.library.call('transitionJob', to);
    await call({ jobId, from: ['running'], to: 'waiting', waitingFor: 'volume', notBefore: null });
    await call({ jobId, from: ['waiting'], to: 'queued' });
    expect(await claim(library)).toMatchObject({ transientFailures: 0 });
  });
});
