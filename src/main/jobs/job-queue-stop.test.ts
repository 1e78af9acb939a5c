import { describe, expect, it, vi } from 'vitest';
import { failsWith, hangs, isStuck, queueSetup } from '../testing/queue-setup';

describe('a media process that does not react', () => {
  it('is replaced after a grace time; the cancel was acknowledged long before', async () => {
    const { queue, media, submit, state, settled, timers, replaced, runs, rows } = queueSetup();
    media(isStuck);
    const stuck = await submit(1);
    await state(stuck, 'running');
    media(hangs);
    const neighbour = await submit(2);
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    expect(await queue.cancel(stuck)).toMatchObject({ state: 'cancelled' });
    expect(replaced()).toBe(0);
    timers.advance(2_999);
    expect(replaced()).toBe(0);
    timers.advance(1);
    expect(replaced()).toBe(1);
    // The neighbour is not to blame.
    await vi.waitFor(() => expect(runs).toHaveLength(3));
    await settled();
    expect(rows.row(neighbour)).toMatchObject({ state: 'running', attempt: 2, crashCount: 0 });
    expect(rows.row(stuck)).toMatchObject({ state: 'cancelled', crashCount: 0 });
  });

  it('is let be when it reacts in time', async () => {
    const { queue, submit, state, settled, timers, replaced } = queueSetup();
    const jobId = await submit(1);
    await state(jobId, 'running');
    await queue.pause(jobId);
    await settled();
    timers.advance(60_000);
    expect(replaced()).toBe(0);
    expect(timers.delays).toEqual([]);
  });
});

describe('stopping', () => {
  it('makes running jobs claimable again without blame, and claims nothing more', async () => {
    const { queue, submit, state, rows, runs } = queueSetup({ cores: 4 });
    for (const rootId of [1, 2, 3, 4, 5]) await submit(rootId);
    await state('job-4', 'running');
    await queue.stop();
    expect(rows.rows.map((row) => row.state)).toEqual(Array(5).fill('queued'));
    expect(rows.rows.map(({ crashCount }) => crashCount)).toEqual(Array(5).fill(0));
    queue.wake();
    expect(runs).toHaveLength(4);
  });

  it('leaves paused and waiting jobs as they are', async () => {
    const { queue, media, submit, state, settled, rows } = queueSetup();
    await submit(1);
    await state('job-1', 'running');
    await queue.pause('job-1');
    media(failsWith('ROOT_OFFLINE'));
    await submit(2);
    await state('job-2', 'waiting');
    await settled();
    await queue.stop();
    expect(rows.rows.map((row) => row.state)).toEqual(['paused', 'waiting']);
  });

  it('is not for ever: a queue that is started again claims, waits and records as before', async () => {
    const { queue, media, submit, state, settled, rows, timers } = queueSetup();
    media(failsWith('DISK_FULL'));
    await submit(1);
    await state('job-1', 'waiting');
    await settled();
    await queue.stop();
    queue.start();
    await settled();
    rows.unwritable = 'DISK_FULL';
    timers.advance(500);
    await settled();
    rows.unwritable = null;
    media(hangs);
    timers.advance(60_000);
    await state('job-1', 'running');
  });

  it('ends a media process that does not react after five seconds', async () => {
    const { queue, media, submit, settled, timers, replaced, runs, rows } = queueSetup();
    media(isStuck);
    const jobId = await submit(1);
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    const stopped = queue.stop();
    await settled();
    timers.advance(4_999);
    expect(replaced()).toBe(0);
    timers.advance(1);
    await stopped;
    expect(replaced()).toBe(1);
    expect(rows.row(jobId)).toMatchObject({ state: 'queued', crashCount: 0 });
  });
});
