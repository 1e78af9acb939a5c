import { describe, expect, it, vi } from 'vitest';
import { failsWith, hangs, isStuck, queueSetup } from '../testing/queue-setup';

describe('a failure that may pass', () => {
  it('lets the job wait for its next try, longer each time, and go on then', async () => {
    const { media, submit, state, settled, timers, rows, succeeds, updates } = queueSetup();
    media(failsWith('TIMEOUT'));
    const jobId = await submit(1);
    for (const delay of [500, 1_000, 2_000]) {
      await state(jobId, 'waiting');
      await settled();
      expect(rows.row(jobId)).toMatchObject({
        waitingFor: 'backoff',
        notBefore: timers.now() + delay,
        reason: 'An answer took too long.',
      });
      const told = { state: 'waiting', waitingFor: 'backoff', error: { code: 'TIMEOUT' } };
      await vi.waitFor(() => expect(updates.at(-1)).toMatchObject(told));
      timers.advance(delay - 1);
      await settled();
      expect(rows.row(jobId).state).toBe('waiting');
      if (delay === 2_000) media(succeeds);
      timers.advance(1);
      await settled();
    }
    await state(jobId, 'succeeded');
    expect(rows.row(jobId).attempt).toBe(4);
  });

  it('does not wait when the person resumes the job, or asks for it again', async () => {
    const { queue, media, submit, state, rows, succeeds } = queueSetup();
    media(failsWith('TIMEOUT'));
    const jobId = await submit(1);
    await state(jobId, 'waiting');
    await queue.resume(jobId);
    await vi.waitFor(() => expect(rows.row(jobId)).toMatchObject({ state: 'waiting', attempt: 2 }));
    media(succeeds);
    expect(await submit(1)).toBe(jobId);
    await state(jobId, 'succeeded');
  });

  it('fails the job at once where nothing will pass, and a retry runs it again', async () => {
    const { queue, media, submit, state, rows, succeeds } = queueSetup();
    media(failsWith('PERMISSION_DENIED'));
    const jobId = await submit(1);
    await state(jobId, 'failed');
    expect(rows.row(jobId).error).toMatchObject({ code: 'PERMISSION_DENIED' });
    media(succeeds);
    expect(await queue.retry(jobId)).toMatchObject({ state: 'queued' });
    await state(jobId, 'succeeded');
  });
});

describe('a process that dies', () => {
  it('runs the job again after a while', async () => {
    const { media, submit, state, settled, timers, rows, succeeds } = queueSetup();
    media(failsWith('WORKER_CRASHED'));
    const jobId = await submit(1);
    await state(jobId, 'waiting');
    await settled();
    media(succeeds);
    timers.advance(500);
    await state(jobId, 'succeeded');
    expect(rows.row(jobId)).toMatchObject({ attempt: 2, crashCount: 1 });
  });

  it('three times fails the job', async () => {
    const { media, submit, state, settled, timers, rows } = queueSetup();
    media(failsWith('WORKER_CRASHED'));
    const jobId = await submit(1);
    for (const delay of [500, 1_000]) {
      await state(jobId, 'waiting');
      await settled();
      timers.advance(delay);
      await settled();
    }
    await state(jobId, 'failed');
    expect(rows.row(jobId)).toMatchObject({ crashCount: 3, error: { code: 'WORKER_CRASHED' } });
  });
});

describe('a folder that cannot be reached', () => {
  it('is marked offline, looked for now and then, and scanned when it is back', async () => {
    const setup = queueSetup();
    const { media, submit, state, settled, timers, rows, looks, back, succeeds } = setup;
    media(failsWith('ROOT_OFFLINE'));
    const jobId = await submit(7);
    await state(jobId, 'waiting');
    await settled();
    expect(rows.row(jobId)).toMatchObject({ waitingFor: 'volume', notBefore: null });
    expect([...rows.offline]).toEqual([7]);
    expect(looks).toEqual([]);

    for (const look of [1, 2]) {
      timers.advance(5_000);
      await settled();
      expect(looks).toHaveLength(look);
      expect(rows.row(jobId).state).toBe('waiting');
    }
    media(succeeds);
    back.add(7);
    timers.advance(5_000);
    await state(jobId, 'succeeded');
    await settled();
    expect(timers.delays).toEqual([]);
  });

  it('is looked for at once when the machine wakes up', async () => {
    const { queue, media, submit, state, settled, back, succeeds } = queueSetup();
    media(failsWith('ROOT_OFFLINE'));
    const jobId = await submit(7);
    await state(jobId, 'waiting');
    await settled();
    back.add(7);
    media(succeeds);
    queue.checkWaiting();
    await state(jobId, 'succeeded');
  });

  it('is tried at once when the person asks for it, and keeps its job', async () => {
    const { media, submit, state, settled, rows, succeeds } = queueSetup();
    media(failsWith('ROOT_OFFLINE'));
    const jobId = await submit(7);
    await state(jobId, 'waiting');
    await settled();
    media(succeeds);
    expect(await submit(7)).toBe(jobId);
    await state(jobId, 'succeeded');
    expect(rows.rows).toHaveLength(1);
  });
});

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

describe('a library that cannot be written', () => {
  it('is asked for jobs again later and later, and the queue goes on when it can be', async () => {
    const { queue, media, submit, state, settled, rows, timers, succeeds } = queueSetup();
    media(succeeds);
    await settled();
    rows.unwritable = 'DISK_FULL';
    queue.wake();
    await settled();
    const claims = () => rows.asked.filter((name) => name === 'claimJob').length;
    const before = claims();
    for (const [delay, asked] of [
      [500, 1],
      [1_000, 2],
      [2_000, 3],
    ] as const) {
      timers.advance(delay - 1);
      await settled();
      expect(claims() - before).toBe(asked - 1);
      timers.advance(1);
      await settled();
      expect(claims() - before).toBe(asked);
    }
    await expect(submit(1)).rejects.toMatchObject({ code: 'DISK_FULL' });
    rows.unwritable = null;
    await state(await submit(1), 'succeeded');
  });

  it('shows the job as waiting, and has its next state written as soon as it can be', async () => {
    const { queue, media, submit, state, settled, rows, timers, updates, runs } = queueSetup();
    let fail: () => void = () => undefined;
    media(
      (request, signal) =>
        new Promise((_resolve, reject) => {
          fail = () => failsWith('DISK_FULL')(request, signal).catch(reject);
        }),
    );
    const jobId = await submit(1);
    await state(jobId, 'running');
    await settled();
    rows.unwritable = 'DISK_FULL';
    fail();
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ state: 'waiting' }));
    expect(rows.row(jobId).state).toBe('running');
    const shown = { state: 'waiting', waitingFor: 'storage', error: { code: 'DISK_FULL' } };
    expect(await queue.get(jobId)).toMatchObject(shown);
    expect(await queue.list(1)).toMatchObject([shown]);

    rows.unwritable = null;
    media(hangs);
    timers.advance(500);
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    const again = { state: 'running', attempt: 2, crashCount: 0, transientFailures: 1 };
    expect(rows.row(jobId)).toMatchObject(again);
  });

  it('does not keep anybody from quitting', async () => {
    const { queue, submit, state, rows, settled } = queueSetup();
    const jobId = await submit(1);
    await state(jobId, 'running');
    await settled();
    rows.unwritable = 'LIBRARY_READ_ONLY';
    await queue.stop();
    // The next session finds it.
    expect(rows.row(jobId).state).toBe('running');
  });
});
