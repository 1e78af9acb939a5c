import { describe, expect, it, vi } from 'vitest';
import type { RunnableKind } from '../../shared/job-payload';
import { queueSetup } from '../testing/queue-setup';
import { CLAIMED_KINDS, KINDS_WITHOUT_PREVIEWS } from './runners';

describe('JobQueue', () => {
  it('answers the ID at once and runs the job to its success', async () => {
    const { queue, media, succeeds, state, updates, runs } = queueSetup();
    media(succeeds);
    const { jobId } = await queue.submit('submitScan', { rootId: 1 });
    await state(jobId, 'succeeded');
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ jobId, state: 'succeeded' }));
    expect(runs).toMatchObject([
      { jobId, rootId: 1, rootPath: '/clips', runToken: 'job-1 run 1', extraExtensions: ['xyz'] },
    ]);
  });

  it('cancels a running job: the row first, then the run', async () => {
    const { queue, submit, state, updates, rows } = queueSetup();
    const jobId = await submit(1);
    await state(jobId, 'running');
    expect(await queue.cancel(jobId)).toMatchObject({ jobId, state: 'cancelled' });
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ state: 'cancelled' }));
    expect(rows.row(jobId)).toMatchObject({ state: 'cancelled', crashCount: 0 });
  });

  it('leaves a job that succeeded before the cancel as it is', async () => {
    const { queue, media, succeeds, submit, state } = queueSetup();
    media(succeeds);
    const jobId = await submit(1);
    await state(jobId, 'succeeded');
    expect(await queue.cancel(jobId)).toMatchObject({ state: 'succeeded' });
  });

  it('ends every live scan of a root that is removed, and no other', async () => {
    const { queue, submit, state, rows, updates } = queueSetup();
    await submit(1);
    await submit(2);
    await state('job-2', 'running');
    await queue.removeRoot(1);
    expect(rows.rows.map((row) => row.state)).toEqual(['cancelled', 'running']);
    expect(updates.filter((update) => update.state === 'cancelled')).toMatchObject([
      { jobId: 'job-1' },
    ]);
  });

  it('says JOB_NOT_FOUND for an ID that nobody gave out', async () => {
    const { queue } = queueSetup();
    const asked = [queue.get('x'), queue.cancel('x'), queue.pause('x'), queue.resume('x')];
    for (const answer of [...asked, queue.retry('x'), queue.setPriority('x', 'low')]) {
      await expect(answer).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    }
  });

  it('merges the counts of the current run into the status, and drops those of an older one', async () => {
    const { queue, submit, state, updates } = queueSetup();
    const jobId = await submit(1);
    await state(jobId, 'running');
    const counts = { done: 3, total: 12, currentItem: 'a.mp4', problems: 1 };
    const progress = { phase: 'probing', ...counts, quick: null } as const;
    queue.report(jobId, 'job-1 run 0', { ...progress, done: 9 });
    expect((await queue.get(jobId)).done).toBe(0);
    queue.report(jobId, 'job-1 run 1', progress);
    expect(await queue.get(jobId)).toMatchObject({ ...counts, progress: 0.25 });
    expect((await queue.list(10))[0]).toMatchObject({ done: 3 });
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ done: 3 }));
  });
});

describe('pausing', () => {
  it('ends the run of a running job, which starts again only when it is resumed', async () => {
    const { queue, submit, state, settled, runs, rows } = queueSetup();
    const jobId = await submit(1);
    await state(jobId, 'running');
    expect(await queue.pause(jobId)).toMatchObject({ state: 'paused' });
    queue.wake();
    await settled();
    expect(rows.row(jobId)).toMatchObject({ state: 'paused', crashCount: 0 });
    expect(runs).toHaveLength(1);

    expect(await queue.resume(jobId)).toMatchObject({ state: 'queued' });
    await vi.waitFor(() => expect(runs).toHaveLength(2));
    expect(runs.map(({ runToken }) => runToken)).toEqual(['job-1 run 1', 'job-1 run 2']);
  });

  it('keeps a queued job from being claimed', async () => {
    const { queue, media, succeeds, submit, state, settled, rows } = queueSetup({ cores: 1 });
    rows.settings = { ...rows.settings, jobsPerVolume: 1 };
    rows.lanes.set(1, { key: 'disk', volume: 'unknown' });
    rows.lanes.set(2, { key: 'disk', volume: 'unknown' });
    const first = await submit(1);
    const second = await submit(2);
    await state(first, 'running');
    await queue.pause(second);
    media(succeeds);
    await queue.cancel(first);
    await settled();
    expect(rows.row(second).state).toBe('paused');
    await queue.resume(second);
    await state(second, 'succeeded');
  });

  it('does not run a job twice at a time, however fast it is paused and resumed', async () => {
    const { queue, media, submit, state, settled, runs } = queueSetup();
    let end: () => void = () => undefined;
    media(() => new Promise<void>((resolve) => (end = resolve)));
    const jobId = await submit(1);
    await vi.waitFor(() => expect(runs).toHaveLength(1));
    await queue.pause(jobId);
    await queue.resume(jobId);
    await state(jobId, 'running');
    await settled();
    expect(runs).toHaveLength(1);
    end();
    await vi.waitFor(() => expect(runs).toHaveLength(2));
  });

  it('changes nothing of a job that is over', async () => {
    const { queue, media, succeeds, submit, state } = queueSetup();
    media(succeeds);
    const jobId = await submit(1);
    await state(jobId, 'succeeded');
    expect(await queue.pause(jobId)).toMatchObject({ state: 'succeeded' });
    expect(await queue.resume(jobId)).toMatchObject({ state: 'succeeded' });
    expect(await queue.retry(jobId)).toMatchObject({ state: 'succeeded' });
  });
});

describe('previews', () => {
  async function runningPreviews(setup: ReturnType<typeof queueSetup>): Promise<string> {
    const submitted = await setup.queue.submitPreviews({ priority: 'low' });
    const jobId = submitted?.jobId ?? '';
    await vi.waitFor(() => expect(setup.runs).toHaveLength(1));
    return jobId;
  }

  it('wait for power when they are held, and go on when they are released', async () => {
    const setup = queueSetup();
    const { queue, settled, rows, runs, timers } = setup;
    const jobId = await runningPreviews(setup);
    const held = await queue.holdForPower(jobId, 'On battery.');
    expect(held).toMatchObject({ state: 'waiting', waitingFor: 'power', reason: 'On battery.' });
    timers.advance(24 * 60 * 60_000);
    queue.checkWaiting();
    await settled();
    expect(rows.row(jobId)).toMatchObject({ state: 'waiting', transientFailures: 0 });

    expect(await queue.release(jobId)).toMatchObject({ state: 'queued', reason: null });
    await vi.waitFor(() => expect(runs).toHaveLength(2));
  });

  it('are not released when the person paused them meanwhile', async () => {
    const setup = queueSetup();
    const { queue, settled, runs } = setup;
    const jobId = await runningPreviews(setup);
    await queue.holdForPower(jobId, 'On battery.');
    await queue.pause(jobId);
    expect(await queue.release(jobId)).toMatchObject({ state: 'paused' });
    await settled();
    expect(runs).toHaveLength(1);
  });

  it('are held before they began as well', async () => {
    const { queue, settled, rows, runs } = queueSetup({ claimable: () => KINDS_WITHOUT_PREVIEWS });
    const submitted = await queue.submitPreviews({});
    await settled();
    expect(runs).toEqual([]);
    expect(await queue.holdForPower(submitted?.jobId ?? '', 'On battery.')).toMatchObject({
      ...{ state: 'waiting', waitingFor: 'power' },
    });
    expect(rows.rows).toHaveLength(1);
  });

  it('leave every place to scans, and are not begun where they are not wanted', async () => {
    let claimable: readonly RunnableKind[] = KINDS_WITHOUT_PREVIEWS;
    const { queue, submit, state, settled, rows } = queueSetup({
      ...{ cores: 4, claimable: () => claimable },
    });
    const jobId = (await queue.submitPreviews({ priority: 'high' }))?.jobId ?? '';
    await settled();
    expect(rows.row(jobId).state).toBe('queued');
    claimable = CLAIMED_KINDS;
    queue.wake();
    await state(jobId, 'running');
    for (const rootId of [1, 2, 3, 4]) await state(await submit(rootId), 'running');
  });
});

describe('the order of jobs', () => {
  it('is by priority, then by age', async () => {
    const { queue, submit, state, rows, runs } = queueSetup();
    for (const rootId of [1, 2, 3, 4]) rows.lanes.set(rootId, { key: 'a', volume: 'rotational' });
    const first = await submit(1);
    await state(first, 'running');
    for (const rootId of [2, 3, 4]) await submit(rootId);
    expect(await queue.setPriority('job-3', 'high')).toMatchObject({ priority: 'high' });
    await queue.setPriority('job-2', 'low');
    for (const next of ['job-3', 'job-4', 'job-2']) {
      await queue.cancel(runs.at(-1)?.jobId ?? '');
      await vi.waitFor(() => expect(runs.at(-1)?.jobId).toBe(next));
    }
    expect(runs.map(({ jobId }) => jobId)).toEqual(['job-1', 'job-3', 'job-4', 'job-2']);
  });

  it('leaves a slow drive to one job, with two files at a time, while others go on', async () => {
    const { submit, state, settled, rows, runs } = queueSetup();
    rows.lanes.set(1, { key: 'disk', volume: 'rotational' });
    rows.lanes.set(2, { key: 'disk', volume: 'rotational' });
    rows.lanes.set(3, { key: 'share', volume: 'network' });
    rows.lanes.set(4, { key: 'stick', volume: 'solid-state' });
    for (const rootId of [1, 2, 3, 4]) await submit(rootId);
    await state('job-4', 'running');
    await settled();
    expect(rows.row('job-2').state).toBe('queued');
    expect(runs.map(({ jobId, probes }) => [jobId, probes])).toEqual([
      ['job-1', 2],
      ['job-3', 2],
      ['job-4', null],
    ]);
  });

  it('gives a drive more jobs as soon as the person allows it', async () => {
    const { queue, submit, state, settled, rows } = queueSetup();
    for (const rootId of [1, 2]) rows.lanes.set(rootId, { key: 'a', volume: 'rotational' });
    await submit(1);
    await submit(2);
    await settled();
    expect(rows.row('job-2').state).toBe('queued');
    rows.settings = { ...rows.settings, jobsPerVolume: 2 };
    queue.wake();
    await state('job-2', 'running');
  });

  it('is bounded for all drives together, and the next starts when one ends', async () => {
    const { queue, submit, state, settled, rows } = queueSetup({ cores: 4 });
    for (const rootId of [1, 2, 3, 4, 5]) await submit(rootId);
    await state('job-4', 'running');
    await settled();
    expect(rows.row('job-5').state).toBe('queued');
    await queue.cancel('job-2');
    await state('job-5', 'running');
  });
});
