import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { libraryFixture } from './testing/library-fixture';
import {
  claimScan,
  DISK,
  type Disk,
  detail,
  NOT_MEDIA,
  probed,
  runScan,
  scanDisk,
  scanSteps,
  states,
  without,
} from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

describe('a rescan', () => {
  it('leaves unchanged files alone, broken ones included', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const before = await detail(library, 'a.mp4');
    const { result, probedPaths } = await scanDisk(library, DISK);
    expect(probedPaths).toEqual([]);
    expect(result).toMatchObject({
      discovered: 5,
      added: 0,
      changed: 0,
      unchanged: 5,
      unreadable: 1,
    });
    expect(await detail(library, 'a.mp4')).toEqual(before);
  });

  it('probes only what was added or changed and finds what is gone', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const disk: Disk = { ...without(DISK, 'b.mov'), 'a.mp4': { mtimeMs: 5 }, 'new.mp4': {} };
    const { result, probedPaths } = await scanDisk(library, disk);
    expect(probedPaths.sort()).toEqual(['a.mp4', 'new.mp4']);
    expect(result).toMatchObject({ discovered: 5, added: 1, changed: 1, unchanged: 3, missing: 1 });
    expect(await states(library)).toMatchObject({ 'b.mov': 'missing', 'a.mp4': 'ok' });
    expect((await detail(library, 'b.mov')).missingSinceMs).toEqual(expect.any(Number));
  });

  it('brings files back from missing without probing them again, each as it was', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    await scanDisk(library, {}, { acceptMissing: true });
    expect(new Set(Object.values(await states(library)))).toEqual(new Set(['missing']));
    const { result, probedPaths } = await scanDisk(library, DISK);
    expect(probedPaths).toEqual([]);
    expect(result).toMatchObject({ added: 0, unchanged: 5, missing: 0, unreadable: 1 });
    expect(await states(library)).toMatchObject({ 'a.mp4': 'ok', 'trip/broken.mp4': 'unreadable' });
    expect((await detail(library, 'a.mp4')).missingSinceMs).toBeNull();
  });

  it('probes a broken file again once it changed', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const repaired: Disk = { ...DISK, 'trip/broken.mp4': { sizeBytes: 9 } };
    const { result, probedPaths } = await scanDisk(library, repaired, { prober: () => probed() });
    expect(probedPaths).toEqual(['trip/broken.mp4']);
    expect(result).toMatchObject({ changed: 1, unreadable: 0 });
    expect(await detail(library, 'trip/broken.mp4')).toMatchObject({ state: 'ok', problem: null });
  });

  it('forgets the facts of a file that became unreadable and keeps its problem', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const disk: Disk = { ...DISK, 'a.mp4': { sizeBytes: 3 } };
    await scanDisk(library, disk, { prober: () => ({ kind: 'unreadable', problem: NOT_MEDIA }) });
    expect(await detail(library, 'a.mp4')).toMatchObject({
      state: 'unreadable',
      durationSeconds: null,
      videoCodec: null,
      problem: NOT_MEDIA,
    });
  });

  it('takes nothing for missing below a folder that could not be listed', async () => {
    const library = await openLibrary();
    await scanDisk(library, { ...DISK, 'trip 2/e.mp4': {} });
    const disk = { 'a.mp4': {} };
    const { result } = await scanDisk(library, disk, { unreadableFolders: ['trip'] });
    expect(result.missing).toBe(2);
    expect(await states(library)).toMatchObject({
      'b.mov': 'missing',
      'trip 2/e.mp4': 'missing',
      'trip/c.mkv': 'ok',
      'trip/day 1/d.avi': 'ok',
      'trip/broken.mp4': 'unreadable',
    });
    const whole = await scanDisk(library, {}, { unreadableFolders: [''] });
    expect(whole.result.missing).toBe(0);
  });
});

it('a scan took no less than no time, whatever happened to the clock', async () => {
  let now = 1_700_000_000_000;
  const library = await openLibrary({ now: () => now });
  const claimed = await claimScan(library);
  now -= 60_000;
  expect((await runScan(library, claimed, DISK)).result.elapsedMs).toBe(0);
});

describe('a root', () => {
  it('that was removed shows nothing, and comes back with all that was known', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const before = await detail(library, 'a.mp4');
    await library.library.call('removeRoot', { rootId: before.rootId });
    expect(await states(library)).toEqual({});
    await expect(detail(library, 'a.mp4')).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
    const page = await library.library.call('pageVideos', {
      query: EVERYTHING,
      index: 0,
      limit: 9,
    });
    expect(page).toEqual({ videos: [], total: 0, errors: [] });
    const { counts, roots } = await library.library.call('summary', null);
    expect({ counts, roots }).toEqual({
      counts: { all: 0, recent: 0, problems: 0, missing: 0 },
      roots: [],
    });

    const { result } = await scanDisk(library, DISK);
    expect(result).toMatchObject({ added: 0, unchanged: 5 });
    expect(await detail(library, 'a.mp4')).toEqual(before);
  });

  it('that is removed during its scan cancels the scan', async () => {
    const library = await openLibrary();
    const claimed = await claimScan(library);
    const steps = scanSteps(library, claimed);
    await steps.begin();
    await library.library.call('removeRoot', { rootId: claimed.rootId });
    await expect(steps.reconcile(DISK)).rejects.toMatchObject({ code: 'STALE_RUN' });
    const job = await library.library.call('getJob', { jobId: claimed.jobId });
    expect(job.state).toBe('cancelled');
  });

  it('that is offline makes its videos offline, but not those known to be missing', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    await scanDisk(library, without(DISK, 'b.mov'));
    const { rootId } = await detail(library, 'a.mp4');
    await library.library.call('setRootOnline', { rootId, online: false });
    expect(await states(library)).toMatchObject({ 'a.mp4': 'offline', 'b.mov': 'missing' });
    await library.library.call('setRootOnline', { rootId, online: true });
    expect(await states(library)).toMatchObject({ 'a.mp4': 'ok', 'b.mov': 'missing' });
  });
});
