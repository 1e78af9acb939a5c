import { describe, expect, it } from 'vitest';
import type { WaitReason } from '../shared/job';
import type { JobTransition } from '../shared/library-protocol';
import { claim, submit, tamper } from './testing/job-fixture';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import { DISK, scanDisk } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

const MINUTE = 60_000;

async function move(library: TestLibrary, request: JobTransition): Promise<void> {
  const { changed } = await library.library.call('transitionJob', request);
  expect(changed).toBe(true);
}

/** A scan that runs and then has to wait. */
async function waiting(
  library: TestLibrary,
  path: string,
  waitingFor: WaitReason,
  notBefore: number | null,
): Promise<{ jobId: string; rootId: number }> {
  await submit(library, path);
  const job = await claim(library);
  if (!job) throw new Error('There was no job to claim.');
  const { jobId, rootId } = job;
  await move(library, { jobId, from: ['running'], to: 'waiting', waitingFor, notBefore });
  return { jobId, rootId };
}

describe('the order of claims', () => {
  it('is by priority, then by age, and follows a priority that is changed', async () => {
    const library = await openLibrary();
    const ids: string[] = [];
    for (const path of ['/a', '/b', '/c', '/d']) ids.push(await submit(library, path));
    const set = (jobId = '', priority: 'low' | 'high') =>
      library.library.call('setJobPriority', { jobId, priority });
    expect(await set(ids[3], 'high')).toMatchObject({ jobId: ids[3], priority: 'high' });
    await set(ids[0], 'low');
    const order: (string | undefined)[] = [];
    for (const _job of ids) order.push((await claim(library))?.jobId);
    expect(order).toEqual([ids[3], ids[1], ids[2], ids[0]]);
  });

  it('leaves the priority of a job that is over as it is', async () => {
    const library = await openLibrary();
    const jobId = await submit(library);
    await move(library, { jobId, from: ['queued'], to: 'cancelled' });
    const job = await library.library.call('setJobPriority', { jobId, priority: 'high' });
    expect(job).toMatchObject({ state: 'cancelled', priority: 'normal' });
  });
});

describe('a lane', () => {
  it('is the volume of the root, the device before that is known, and else the root itself', async () => {
    const library = await openLibrary();
    tamper(library, "INSERT INTO volumes (identity, kind) VALUES ('uuid', 'rotational')");
    for (const path of ['/a', '/b', '/c', '/d']) await submit(library, path);
    tamper(library, "UPDATE roots SET volume_id = 1, device = 5 WHERE path IN ('/a', '/b')");
    tamper(library, "UPDATE roots SET device = 7 WHERE path = '/c'");
    const lanes = [];
    for (const _path of ['/a', '/b', '/c', '/d']) lanes.push((await claim(library))?.lane);
    expect(lanes).toEqual([
      { key: 'volume 1', volume: 'rotational' },
      { key: 'volume 1', volume: 'rotational' },
      { key: 'device 7.0', volume: 'unknown' },
      { key: 'root 4', volume: 'unknown' },
    ]);
  });

  it('that is full is passed over, whatever waits in it', async () => {
    const library = await openLibrary();
    for (const path of ['/a', '/b', '/c']) await submit(library, path);
    tamper(library, "UPDATE roots SET device = 5 WHERE path IN ('/a', '/b')");
    const first = await claim(library);
    const request = { kinds: ['scan'] as const, fullLanes: [first?.lane.key ?? ''] };
    const second = await library.library.call('claimJob', request);
    expect([first, second]).toMatchObject([{ rootPath: '/a' }, { rootPath: '/c' }]);
    expect(await library.library.call('claimJob', request)).toBeNull();
  });
});

describe('a waiting job', () => {
  it('is queued when its time has come, not before', async () => {
    let now = 1_000;
    const library = await openLibrary({ now: () => now });
    const { jobId } = await waiting(library, '/a', 'backoff', 5_000);
    const release = () => library.library.call('releaseWaiting', { rootIds: [] });
    now = 4_999;
    expect(await release()).toEqual({ jobIds: [], nextDueAt: 5_000, roots: [] });
    expect(await claim(library)).toBeNull();
    now = 5_000;
    expect(await release()).toEqual({ jobIds: [jobId], nextDueAt: null, roots: [] });
    expect(await claim(library)).toMatchObject({ jobId, transientFailures: 1 });
  });

  it('does not wait for a time that was set before the clock was put back', async () => {
    let now = 100 * MINUTE;
    const library = await openLibrary({ now: () => now });
    const { jobId } = await waiting(library, '/a', 'storage', now + MINUTE);
    now = 10 * MINUTE;
    const { jobIds } = await library.library.call('releaseWaiting', { rootIds: [] });
    expect(jobIds).toEqual([jobId]);
  });

  it('for a drive is queued when that is back, and says which root to look for', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: '/a' });
    const a = await waiting(library, '/a', 'volume', null);
    const b = await waiting(library, '/b', 'volume', null);
    const release = (...rootIds: number[]) => library.library.call('releaseWaiting', { rootIds });
    const rootOfA = { rootId: a.rootId, place: { rootPath: '/a', device: 7 }, knownVideos: 5 };
    const rootOfB = { rootId: b.rootId, place: { rootPath: '/b', device: null }, knownVideos: 0 };
    const unchanged = { jobIds: [], nextDueAt: null, roots: [rootOfA, rootOfB] };
    expect(await release()).toMatchObject(unchanged);
    expect(await release(99)).toMatchObject(unchanged);
    expect(await release(a.rootId)).toMatchObject({
      ...{ jobIds: [a.jobId], nextDueAt: null, roots: [rootOfB] },
    });
  });
});

describe('a job that waits for power', () => {
  it('goes on only when it is told to, and has not failed by then', async () => {
    let now = 1_000;
    const library = await openLibrary({ now: () => now });
    const { jobId, rootId } = await waiting(library, '/a', 'power', null);
    now += 100 * MINUTE;
    const released = await library.library.call('releaseWaiting', { rootIds: [rootId] });
    expect(released).toEqual({ jobIds: [], nextDueAt: null, roots: [] });
    expect(await claim(library)).toBeNull();
    await move(library, { jobId, from: ['waiting'], to: 'queued' });
    expect(await claim(library)).toMatchObject({ jobId, transientFailures: 0 });
  });

  it('may do so before its first run', async () => {
    const library = await openLibrary();
    const jobId = await submit(library);
    const reason = 'On battery.';
    const power = { to: 'waiting', waitingFor: 'power', notBefore: null, reason } as const;
    await move(library, { jobId, from: ['queued'], ...power });
    const job = await library.library.call('getJob', { jobId });
    expect(job).toMatchObject({ state: 'waiting', waitingFor: 'power', reason });
  });
});

describe('asking again for a live job', () => {
  it('queues it when it waits or is paused, raises its priority, and adds what was confirmed', async () => {
    const library = await openLibrary();
    const { jobId, rootId } = await waiting(library, '/a', 'volume', null);
    const again = { rootId, acceptMissing: true, priority: 'high' } as const;
    expect(await library.library.call('submitScan', again)).toEqual({ jobId });
    const job = await library.library.call('getJob', { jobId });
    expect(job).toMatchObject({ state: 'queued', priority: 'high', waitingFor: null });
    await move(library, { jobId, from: ['queued'], to: 'paused' });
    expect(await submit(library, '/a')).toBe(jobId);
    expect(await claim(library)).toMatchObject({ jobId, payload: { acceptMissing: true } });
  });

  it('by itself leaves it as it is', async () => {
    const library = await openLibrary();
    const jobId = await submit(library, '/a');
    await move(library, { jobId, from: ['queued'], to: 'paused' });
    const again = { path: '/a', priority: 'high', automatic: true } as const;
    expect(await library.library.call('submitScan', again)).toEqual({ jobId });
    const job = await library.library.call('getJob', { jobId });
    expect(job).toMatchObject({ state: 'paused', priority: 'normal' });
  });
});

describe('the history', () => {
  it('keeps the newest five hundred jobs that are over, and every live one', async () => {
    const library = await openLibrary();
    const live = await submit(library, '/live');
    await claim(library);
    for (let count = 0; count < 510; count++) {
      const jobId = await submit(library, '/a');
      await move(library, { jobId, from: ['queued'], to: 'cancelled' });
    }
    await submit(library, '/b');
    const jobs = await library.library.call('listJobs', { limit: 1_000 });
    const over = jobs.filter(({ state }) => state === 'cancelled');
    expect(over).toHaveLength(500);
    expect(jobs.at(-1)).toMatchObject({ jobId: live, state: 'running' });
  });

  it('forgets at the next start what ended more than ninety days ago', async () => {
    let now = 1;
    const library = await openLibrary({ now: () => now });
    const old = await submit(library, '/a');
    await move(library, { jobId: old, from: ['queued'], to: 'cancelled' });
    const paused = await submit(library, '/b');
    await move(library, { jobId: paused, from: ['queued'], to: 'paused' });
    now = 91 * 24 * 60 * MINUTE;
    await library.library.call('recoverJobs', null);
    const jobs = await library.library.call('listJobs', { limit: 10 });
    expect(jobs).toMatchObject([{ jobId: paused, state: 'paused' }]);
  });
});
