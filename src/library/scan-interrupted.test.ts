import { describe, expect, it, vi } from 'vitest';
import { claimAgain } from './testing/job-fixture';
import { libraryFixture } from './testing/library-fixture';
import {
  claimScan,
  DISK,
  type Disk,
  detail,
  probed,
  proberByName,
  report,
  runScan,
  scanDisk,
  scanSteps,
  states,
  walk,
} from './testing/scan-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();

describe('a scan that was interrupted', () => {
  it('ends with the result of an undisturbed one after a crash', async () => {
    const before = await openLibrary();
    await scanDisk(before, { 'b.mov': {}, 'gone.mp4': {}, 'trip/c.mkv': {} });
    const disk: Disk = { ...DISK, 'b.mov': { sizeBytes: 4 } };
    const steps = scanSteps(before, await claimScan(before));
    await steps.begin();
    await steps.reconcile(disk);
    await steps.finishListing();
    const half = await steps.take(2);
    await steps.write(half.map((task) => report(task, proberByName(task))));

    const after = await openLibrary({ directory: copyOfCrash(before) });
    expect(await after.library.call('recoverJobs', null)).toBe(1);
    const claimed = await claimAgain(after);
    expect(claimed).toMatchObject({ attempt: 2, crashCount: 1 });
    const { result, probedPaths } = await runScan(after, claimed, disk);
    expect(probedPaths).toHaveLength(2);
    expect(result).toMatchObject({
      discovered: 5,
      added: 3,
      changed: 1,
      unchanged: 1,
      missing: 1,
      unreadable: 1,
    });
  });

  it('by a cancel is completed by the next one, which counts by what it sees itself', async () => {
    const library = await openLibrary();
    const claimed = await claimScan(library);
    const steps = scanSteps(library, claimed);
    await steps.begin();
    await steps.reconcile(DISK);
    await library.library.call('transitionJob', {
      jobId: claimed.jobId,
      from: ['running'],
      to: 'cancelled',
    });
    const { result, probedPaths } = await scanDisk(library, DISK);
    expect(probedPaths).toHaveLength(5);
    expect(result).toMatchObject({ added: 0, unchanged: 5, unreadable: 1 });
  });

  it('writes nothing any more with its old token', async () => {
    const library = await openLibrary();
    const claimed = await claimScan(library);
    const steps = scanSteps(library, claimed);
    await steps.begin();
    await steps.reconcile(DISK);
    const tasks = await steps.take(1);
    await library.library.call('transitionJob', {
      jobId: claimed.jobId,
      from: ['running'],
      to: 'queued',
      crashed: true,
    });
    const stale = { code: 'STALE_RUN' };
    await expect(steps.begin()).rejects.toMatchObject(stale);
    await expect(steps.reconcile({ 'late.mp4': {} })).rejects.toMatchObject(stale);
    await expect(steps.take()).rejects.toMatchObject(stale);
    await expect(steps.write(tasks.map((task) => report(task, probed())))).rejects.toMatchObject(
      stale,
    );
    await expect(steps.finishListing()).rejects.toMatchObject(stale);
    await expect(steps.finish()).rejects.toMatchObject(stale);
    expect(Object.keys(await states(library))).toHaveLength(5);
    expect((await detail(library, 'a.mp4')).probeLevel).toBe('none');
  });

  it('in the middle of a large batch stops at the next slice', async () => {
    const library = await openLibrary();
    const claimed = await claimScan(library);
    const steps = scanSteps(library, claimed);
    await steps.begin();
    const large = Object.fromEntries(
      Array.from({ length: 4000 }, (_, index) => [`clip ${index}.mp4`, {}]),
    );
    const reconciling = expect(steps.reconcile(large)).rejects.toMatchObject({ code: 'STALE_RUN' });
    await library.library.call('transitionJob', {
      jobId: claimed.jobId,
      from: ['running'],
      to: 'cancelled',
    });
    await reconciling;
    const { counts } = await library.library.call('summary', null);
    expect(counts.all).toBeLessThan(4000);
  });
});

describe('a batch that its caller gives up', () => {
  it('is not written to its end, and the run is over', async () => {
    const library = await openLibrary();
    const { jobId, runToken, rootId } = await claimScan(library);
    const run = { jobId, runToken };
    await library.sink.call('beginScan', { ...run, rootId });
    const large = Object.fromEntries(
      Array.from({ length: 4000 }, (_, index) => [`clip ${index}.mp4`, {}]),
    );
    const controller = new AbortController();
    const request = { ...run, folders: walk(large) };
    const reconciling = library.sink.call('reconcile', request, { signal: controller.signal });
    controller.abort();
    await expect(reconciling).rejects.toMatchObject({ code: 'CANCELLED' });
    await vi.waitFor(async () => {
      const next = library.sink.call('takeProbeTasks', { ...run, limit: 1 });
      await expect(next).rejects.toMatchObject({ code: 'STALE_RUN' });
    });
    const { counts } = await library.library.call('summary', null);
    expect(counts.all).toBeLessThan(4000);
  });
});
