import { describe, expect, it } from 'vitest';
import { tamper } from './testing/job-fixture';
import { libraryFixture } from './testing/library-fixture';
import { DISK, detail, probed, ROOT, scanDisk, without } from './testing/scan-fixture';
import {
  claimNextVerify,
  claimVerify,
  DAMAGED,
  decoded,
  INTACT,
  idsByPath,
  skipped,
  UNREADABLE,
  verifyAll,
  verifySteps,
} from './testing/verify-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();
const WHOLE = { path: ROOT };

async function scannedLibrary() {
  const library = await openLibrary();
  await scanDisk(library, DISK);
  return library;
}

describe('a verification', () => {
  it('hands out every file once and keeps what was found in each', async () => {
    const library = await scannedLibrary();
    const { result, paths, jobId } = await verifyAll(library, WHOLE, (task) => {
      if (task.path === 'a.mp4') return decoded(task, DAMAGED);
      if (task.path === 'trip/broken.mp4') return decoded(task, UNREADABLE);
      return task.path === 'b.mov' ? skipped(task) : decoded(task, INTACT);
    });
    expect([...paths].sort()).toEqual(Object.keys(DISK).sort());
    expect(result).toMatchObject({ verified: 3, damaged: 1, unreadable: 1, skipped: 1 });
    expect(await library.library.call('getJob', { jobId })).toMatchObject({
      ...{ state: 'succeeded', kind: 'verify', target: ROOT, phase: 'decoding' },
      ...{ done: 50, total: 50, problems: 2, result },
    });
    expect((await detail(library, 'a.mp4')).verification).toMatchObject(DAMAGED);
    expect((await detail(library, 'trip/broken.mp4')).verification).toMatchObject(UNREADABLE);
    expect((await detail(library, 'trip/c.mkv')).verification).toEqual({
      ...INTACT,
      verifiedAtMs: expect.any(Number),
    });
    expect((await detail(library, 'b.mov')).verification).toBeNull();
  });

  it('knows beforehand how long it is, and what the container counts', async () => {
    const library = await openLibrary();
    const video = { index: 0, type: 'video', codec: 'h264', frameCount: 300 };
    const streams = [video as never];
    await scanDisk(
      library,
      { 'a.mp4': {}, 'b.mp4': {} },
      {
        prober: ({ path }) => probed(path === 'a.mp4' ? { streams } : { durationUs: null }),
      },
    );
    const steps = verifySteps(library, await claimVerify(library, WHOLE));
    expect(await steps.begin()).toMatchObject({
      ...{ totalSeconds: 12.5, doneSeconds: 0, problems: 0 },
      roots: [{ rootId: 1, place: { rootPath: ROOT }, knownVideos: 2 }],
    });
    const [a, b] = await steps.take();
    expect(a).toMatchObject({ path: 'a.mp4', durationSeconds: 12.5, frameCount: 300 });
    expect(b).toMatchObject({ path: 'b.mp4', durationSeconds: null, frameCount: null });
    if (!a || !b) throw new Error('There were no tasks.');
    expect(await steps.write(decoded(a, DAMAGED))).toEqual({ doneSeconds: 12.5, problems: 1 });
    expect(await steps.write(decoded(b, INTACT))).toEqual({ doneSeconds: 12.5, problems: 1 });
  });

  it('lists what it found not intact, page by page, and not what another job found', async () => {
    const library = await scannedLibrary();
    const { jobId } = await verifyAll(library, WHOLE, (task) => decoded(task, DAMAGED));
    const { jobId: later } = await verifyAll(library, { path: `${ROOT}/trip` });
    const ask = (job: string, after: number) =>
      library.library.call('listDamaged', { jobId: job, after, limit: 1 });
    const first = await ask(jobId, 0);
    expect(first.videos).toMatchObject([{ path: `${ROOT}/a.mp4`, verification: DAMAGED }]);
    const second = await ask(jobId, first.videos[0]?.id ?? 0);
    expect(second.videos).toMatchObject([{ path: `${ROOT}/b.mov` }]);
    expect((await ask(jobId, second.videos[0]?.id ?? 0)).videos).toEqual([]);
    expect((await ask(later, 0)).videos).toEqual([]);
  });
});

describe('a video that leaves the library while it is decoded', () => {
  it('is passed over', async () => {
    const library = await scannedLibrary();
    const claimed = await claimVerify(library, WHOLE);
    const steps = verifySteps(library, claimed);
    await steps.begin();
    const [first, ...others] = await steps.take();
    if (!first) throw new Error('There were no tasks.');
    tamper(library, 'DELETE FROM videos WHERE id = ?', first.videoId);
    await steps.write(decoded(first, DAMAGED));
    for (const task of others) await steps.write(decoded(task, INTACT));
    expect(await steps.finish()).toMatchObject({ verified: 4, damaged: 0, skipped: 1 });
  });
});

describe('a verification that was interrupted', () => {
  it('goes on with the next file after a crash, with the counts of before', async () => {
    const before = await scannedLibrary();
    const { jobId, ...claimed } = await claimVerify(before, WHOLE);
    const steps = verifySteps(before, { jobId, ...claimed });
    await steps.begin();
    const [first, second] = await steps.take();
    if (!first || !second) throw new Error('There were no tasks.');
    await steps.write(decoded(first, DAMAGED));
    await steps.write(skipped(second));

    const after = await openLibrary({ directory: copyOfCrash(before) });
    expect(await after.library.call('recoverJobs', null)).toBe(1);
    const again = await claimNextVerify(after);
    expect(again.jobId).toBe(jobId);
    const rest = verifySteps(after, again);
    expect(await rest.begin()).toMatchObject({ doneSeconds: 25, problems: 1 });
    const tasks = await rest.take();
    expect(tasks).toHaveLength(3);
    for (const task of tasks) {
      expect([first.videoId, second.videoId]).not.toContain(task.videoId);
      await rest.write(decoded(task, INTACT));
    }
    expect(await rest.finish()).toMatchObject({ verified: 4, damaged: 1, skipped: 1 });
  });

  it.each(['paused', 'cancelled'] as const)('goes on when it was %s', async (state) => {
    const library = await scannedLibrary();
    const claimed = await claimVerify(library, WHOLE);
    const steps = verifySteps(library, claimed);
    await steps.begin();
    const [first] = await steps.take(1);
    if (!first) throw new Error('There were no tasks.');
    await steps.write(decoded(first, INTACT));
    const { jobId } = claimed;
    await library.library.call('transitionJob', { jobId, from: ['running'], to: state });
    await expect(steps.write(decoded(first, DAMAGED))).rejects.toMatchObject({ code: 'STALE_RUN' });
    await library.library.call('transitionJob', { jobId, from: [state], to: 'queued' });

    const rest = verifySteps(library, await claimNextVerify(library));
    await rest.begin();
    const tasks = await rest.take();
    expect(tasks.map(({ videoId }) => videoId)).not.toContain(first.videoId);
    expect(tasks).toHaveLength(4);
    expect((await detail(library, 'a.mp4')).verification?.outcome).toBe('intact');
  });

  it('starts over when its notes cannot be read', async () => {
    const library = await scannedLibrary();
    const claimed = await claimVerify(library, WHOLE);
    tamper(library, "UPDATE jobs SET checkpoint = 'nonsense' WHERE job_id = ?", claimed.jobId);
    const steps = verifySteps(library, claimed);
    expect(await steps.begin()).toMatchObject({ doneSeconds: 0 });
    expect(await steps.take()).toHaveLength(5);
  });

  it('counts a report once that comes twice', async () => {
    const library = await scannedLibrary();
    const steps = verifySteps(library, await claimVerify(library, WHOLE));
    await steps.begin();
    const [first] = await steps.take();
    if (!first) throw new Error('There were no tasks.');
    await steps.write(decoded(first, DAMAGED));
    expect(await steps.write(decoded(first, DAMAGED))).toMatchObject({ problems: 1 });
    expect(await steps.finish()).toMatchObject({ verified: 1, damaged: 1 });
  });
});

describe('what was found', () => {
  it('is forgotten when the file is another', async () => {
    const library = await scannedLibrary();
    await verifyAll(library, WHOLE, (task) => decoded(task, DAMAGED));
    await scanDisk(library, { ...DISK, 'a.mp4': { sizeBytes: 77 }, 'b.mov': { mtimeMs: 9 } });
    expect((await detail(library, 'a.mp4')).verification).toBeNull();
    expect((await detail(library, 'b.mov')).verification).toBeNull();
    expect((await detail(library, 'trip/c.mkv')).verification).toMatchObject(DAMAGED);
  });

  it('stays when the file is only missing for a while', async () => {
    const library = await scannedLibrary();
    await verifyAll(library, WHOLE);
    await scanDisk(library, without(DISK, 'a.mp4'));
    await scanDisk(library, DISK);
    expect((await detail(library, 'a.mp4')).verification).toMatchObject(INTACT);
  });

  it('in a file that changed since the last scan shows once the scan has seen the change', async () => {
    const library = await scannedLibrary();
    const version = { sizeBytes: 5, mtimeMs: 1_700_000_000_000, inode: 4242 };
    await verifyAll(library, { path: `${ROOT}/a.mp4` }, (task) => decoded(task, DAMAGED, version));
    expect((await detail(library, 'a.mp4')).verification).toBeNull();
    await scanDisk(library, { ...DISK, 'a.mp4': version });
    expect((await detail(library, 'a.mp4')).verification).toMatchObject(DAMAGED);
  });
});

describe('submitting a verification', () => {
  it('takes a root, a folder with all below it, or single videos', async () => {
    const library = await scannedLibrary();
    await scanDisk(library, { 'trip 2/e.mp4': {}, 'trip/c.mkv': {} }, { path: '/media/other' });
    const ids = await idsByPath(library);
    const pathsOf = async (wish: Parameters<typeof verifyAll>[1]) =>
      (await verifyAll(library, wish)).paths.sort();
    expect(await pathsOf({ rootId: 1, folder: '' })).toEqual(Object.keys(DISK).sort());
    expect(await pathsOf({ rootId: 1, folder: 'trip' })).toEqual([
      'trip/broken.mp4',
      'trip/c.mkv',
      'trip/day 1/d.avi',
    ]);
    expect(await pathsOf({ path: `${ROOT}/trip/day 1/` })).toEqual(['trip/day 1/d.avi']);
    expect(await pathsOf({ path: `${ROOT}/b.mov` })).toEqual(['b.mov']);
    expect(await pathsOf({ videoIds: [ids['b.mov'] ?? 0, ids['a.mp4'] ?? 0, 4711] })).toEqual([
      'a.mp4',
      'b.mov',
    ]);
  });

  it('names what it works on, and waits only for a root that all of it lies in', async () => {
    const library = await scannedLibrary();
    await scanDisk(library, { 'e.mp4': {} }, { path: '/media/other' });
    const ids = await idsByPath(library);
    const submitted = async (wish: Parameters<typeof verifyAll>[1]) => {
      const { jobId } = await library.library.call('submitVerify', wish);
      const { target, rootId, priority } = await library.library.call('getJob', { jobId });
      return { target, rootId, priority };
    };
    expect(await submitted({ path: `${ROOT}/trip` })).toEqual({
      ...{ target: `${ROOT}/trip`, rootId: 1, priority: 'low' },
    });
    expect(await submitted({ path: `${ROOT}/a.mp4` })).toMatchObject({ target: `${ROOT}/a.mp4` });
    const one = await submitted({ videoIds: [ids['a.mp4'] ?? 0, ids['b.mov'] ?? 0] });
    const other = await submitted({ videoIds: [ids['a.mp4'] ?? 0, ids['e.mp4'] ?? 0] });
    expect(one).toMatchObject({ target: expect.stringMatching(/\/2 videos$/), rootId: 1 });
    expect(other).toMatchObject({ target: expect.stringMatching(/\/2 videos$/), rootId: null });
    expect(one.target).not.toBe(other.target);
  });

  it('answers the live job of the same videos', async () => {
    const library = await scannedLibrary();
    const first = await library.library.call('submitVerify', WHOLE);
    expect(await library.library.call('submitVerify', { rootId: 1, folder: '' })).toEqual(first);
  });

  it.each([
    [{ path: '/nowhere/a.mp4' }, 'VIDEO_NOT_FOUND'],
    [{ path: `${ROOT}/nothing` }, 'VIDEO_NOT_FOUND'],
    [{ path: `${ROOT}2` }, 'VIDEO_NOT_FOUND'],
    [{ videoIds: [4711] }, 'VIDEO_NOT_FOUND'],
    [{ rootId: 1, folder: 'tri' }, 'VIDEO_NOT_FOUND'],
    [{ rootId: 9, folder: '' }, 'ROOT_NOT_FOUND'],
  ])('refuses what the library does not have: %j', async (wish, code) => {
    const library = await scannedLibrary();
    await expect(library.library.call('submitVerify', wish)).rejects.toMatchObject({ code });
  });
});
