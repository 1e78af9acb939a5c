import { describe, expect, it, vi } from 'vitest';
import { failsLater, failsWith, hangs, queueSetup } from '../testing/queue-setup';

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

  it('of a file that the library found out runs the job at once, and is told', async () => {
    const { media, submit, state, settled, rows, succeeds, explained } = queueSetup();
    media(failsWith('WORKER_CRASHED'));
    const jobId = await submit(1);
    await state(jobId, 'waiting');
    await settled();
    expect(explained()).toBe(0);
    rows.explainsCrashes = true;
    media(async (...run) => {
      media(succeeds);
      return failsWith('WORKER_CRASHED')(...run);
    });
    await submit(1);
    await vi.waitFor(() => expect(explained()).toBe(1));
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

  it('is looked for as often when the clock was put back', async () => {
    const { media, submit, state, settled, timers, back, succeeds } = queueSetup();
    media(failsWith('ROOT_OFFLINE'));
    const jobId = await submit(7);
    await state(jobId, 'waiting');
    await settled();
    timers.putBack(24 * 60 * 60_000);
    back.add(7);
    media(succeeds);
    timers.advance(5_000);
    await settled();
    timers.advance(5_000);
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
    const { run, fail } = failsLater();
    media(run);
    const jobId = await submit(1);
    await state(jobId, 'running');
    await settled();
    rows.unwritable = 'DISK_FULL';
    fail('DISK_FULL');
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ state: 'waiting' }));
    expect(rows.row(jobId).state).toBe('running');
    const shown = { state: 'waiting', waitingFor: 'storage', error: { code: 'DISK_FULL' } };
    expect(await queue.get(jobId)).toMatchObject(shown);
    expect(await queue.list(1)).toMatchObject([shown]);
    await expect(queue.cancel(jobId)).rejects.toMatchObject({ code: 'DISK_FULL' });

    rows.unwritable = null;
    media(hangs);
    timers.advance(500);
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    const again = { state: 'running', attempt: 2, crashCount: 0, transientFailures: 1 };
    expect(rows.row(jobId)).toMatchObject(again);
  });

  it('is tried at once when the person does something that can be written', async () => {
    const { queue, media, submit, state, settled, rows, updates, runs } = queueSetup();
    const { run, fail } = failsLater();
    media(run);
    const jobId = await submit(1);
    await state(jobId, 'running');
    await settled();
    rows.unwritable = 'LIBRARY_READ_ONLY';
    fail('LIBRARY_READ_ONLY');
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ state: 'waiting' }));
    await settled();
    rows.unwritable = null;
    expect(await queue.cancel(jobId)).toMatchObject({ state: 'cancelled' });
    media(hangs);
    await queue.retry(jobId);
    await vi.waitFor(() => expect(runs).toHaveLength(2));
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
