import { describe, expect, it } from 'vitest';
import { canTransition, isLive, JOB_STATES } from '../shared/job';
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
        const answer = await library.library.call('transitionJob', { jobId, from: JOB_STATES, to });
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

  it('counts crashes, and a retry starts with a clean count', async () => {
    const library = await openLibrary();
    const { jobId } = await claimScan(library);
    const crash = { jobId, from: ['running'], to: 'failed', crashed: true } as const;
    expect((await library.library.call('transitionJob', crash)).crashCount).toBe(1);
    const retry = { jobId, from: ['failed'], to: 'queued' } as const;
    expect((await library.library.call('transitionJob', retry)).crashCount).toBe(0);
  });
});
