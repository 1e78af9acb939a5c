import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { packFiles } from '../shared/walked-files';
import { libraryFixture } from './testing/library-fixture';
import {
  claimScan,
  DISK,
  detail,
  probed,
  ROOT,
  report,
  scanDisk,
  scanSteps,
  states,
} from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

const NOTHING_READ = { discovered: 5, quickDone: 0, done: 0, problems: 0 };

describe('a first scan', () => {
  it('adds, probes and counts everything', async () => {
    const library = await openLibrary();
    const { result, probedPaths, job } = await scanDisk(library, DISK);
    expect(result).toEqual({
      discovered: 5,
      added: 5,
      changed: 0,
      unchanged: 0,
      moved: 0,
      missing: 0,
      unconfirmedMissing: 0,
      unreadable: 1,
      unsettled: 0,
      elapsedMs: expect.any(Number),
    });
    expect(probedPaths.sort()).toEqual(Object.keys(DISK).sort());
    expect(job).toMatchObject({ state: 'succeeded', progress: 1, result, target: ROOT });
    expect(await states(library)).toEqual({
      'a.mp4': 'ok',
      'b.mov': 'ok',
      'trip/broken.mp4': 'unreadable',
      'trip/c.mkv': 'ok',
      'trip/day 1/d.avi': 'ok',
    });
    const { roots } = await library.library.call('summary', null);
    expect(roots[0]?.lastScanAtMs).toEqual(expect.any(Number));
  });

  it('shows and finds files before the walk is over', async () => {
    const library = await openLibrary();
    const steps = scanSteps(library, await claimScan(library));
    await steps.begin();
    expect(await steps.reconcile(DISK)).toEqual(NOTHING_READ);
    const query = { ...EVERYTHING, search: 'trip' };
    const { videos } = await library.library.call('scanVideos', { query, after: null, limit: 10 });
    expect(videos.map(({ name, probeLevel }) => [name, probeLevel])).toEqual([
      ['broken.mp4', 'none'],
      ['c.mkv', 'none'],
      ['d.avi', 'none'],
    ]);
  });

  it('counts a file once that the walk reports twice', async () => {
    const library = await openLibrary();
    const steps = scanSteps(library, await claimScan(library));
    await steps.begin();
    await steps.reconcile(DISK);
    expect(await steps.reconcile(DISK)).toEqual(NOTHING_READ);
    await steps.finishListing();
    expect(await steps.probeAll()).toHaveLength(5);
    expect(await steps.finish()).toMatchObject({ discovered: 5, added: 5, unchanged: 0 });
  });

  it('hands out every file that needs a probe exactly once', async () => {
    const library = await openLibrary();
    const steps = scanSteps(library, await claimScan(library));
    await steps.begin();
    await steps.reconcile(DISK);
    const first = await steps.take(3);
    const second = await steps.take(3);
    expect(await steps.take(3)).toEqual([]);
    const paths = [...first, ...second].map(({ path }) => path);
    expect(paths.sort()).toEqual(Object.keys(DISK).sort());
  });

  it('keeps the raw bytes of a name that is not valid text', async () => {
    const library = await openLibrary();
    const { jobId, runToken, rootId } = await claimScan(library);
    const run = { jobId, runToken };
    await library.sink.call('beginScan', { ...run, rootId });
    const file = { name: '\ufffd.mp4', sizeBytes: 1, mtimeMs: 1, inode: 1e19 };
    const nameBytes = [0xff, 0xfe].map((byte) => Buffer.from([byte, 0x2e, 0x6d]));
    const files = nameBytes.map((bytes) => ({ ...file, nameBytes: bytes }));
    const folders = [{ path: 'sub', pathBytes: null, mounted: false, files: packFiles(files) }];
    await library.sink.call('reconcile', { ...run, folders });
    const tasks = await library.sink.call('takeProbeTasks', { ...run, limit: 9 });
    expect(tasks.map(({ pathBytes }) => Buffer.from(pathBytes ?? []).toString('latin1'))).toEqual([
      'sub/\xff.m',
      'sub/\xfe.m',
    ]);
  });
});

describe('a probe', () => {
  it('stores all that it told, and another version of the file replaces it', async () => {
    const library = await openLibrary();
    const location = { latitude: 48.1, longitude: 11.5, altitude: null };
    const chapters = [{ startSeconds: 0, endSeconds: 5, title: 'Start' }];
    const facts = {
      location,
      chapters,
      title: 'Harbour',
      cameraMake: 'Canon',
      hdr: 'HLG',
    } as const;
    await scanDisk(library, { 'a.mp4': {} }, { prober: () => probed(facts) });
    expect(await detail(library, 'a.mp4')).toMatchObject({
      ...facts,
      state: 'ok',
      probeLevel: 'full',
      durationSeconds: 12.5,
      frameRate: '30000/1001',
      variableFrameRate: false,
      problem: null,
    });
    const changed = { 'a.mp4': { sizeBytes: 2 } };
    await scanDisk(library, changed, { prober: () => probed({ title: 'Sea' }) });
    expect(await detail(library, 'a.mp4')).toMatchObject({
      title: 'Sea',
      location: null,
      chapters: [],
      cameraMake: null,
      hdr: null,
    });
  });

  it('that found impossible numbers does not fail the scan', async () => {
    const library = await openLibrary();
    const absurd = {
      bitRate: 1e300,
      width: 2 ** 40,
      height: 2 ** 40,
      durationUs: 0.5,
      bitDepth: -1,
    };
    const { result } = await scanDisk(library, { 'a.mp4': {} }, { prober: () => probed(absurd) });
    expect(result.added).toBe(1);
    expect(await detail(library, 'a.mp4')).toMatchObject({ bitRate: null, width: 2 ** 40 });
  });

  it('of a file that vanished leaves the row to be probed by the next scan', async () => {
    const library = await openLibrary();
    const first = await scanDisk(library, DISK, { prober: () => ({ kind: 'gone' }) });
    expect(first.result).toMatchObject({ discovered: 5, added: 5, unreadable: 0 });
    const second = await scanDisk(library, DISK);
    expect(second.probedPaths).toHaveLength(5);
    expect(second.result).toMatchObject({ added: 0, unchanged: 5, unreadable: 1 });
  });

  it('of a file that was still being written leaves what was known, and the next scan probes it', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const growing = { ...DISK, 'a.mp4': { sizeBytes: 2 }, 'new.mp4': {} };
    const first = await scanDisk(library, growing, { prober: () => ({ kind: 'unsettled' }) });
    expect(first.result).toMatchObject({ added: 1, changed: 1, unsettled: 2, unreadable: 1 });
    expect(await detail(library, 'a.mp4')).toMatchObject({ state: 'ok', videoCodec: 'h264' });
    expect(await detail(library, 'new.mp4')).toMatchObject({ state: 'ok', probeLevel: 'none' });
    const second = await scanDisk(library, growing);
    expect(second.probedPaths.sort()).toEqual(['a.mp4', 'new.mp4']);
    expect(second.result).toMatchObject({ unchanged: 6, unsettled: 0 });
  });

  it('stores the version of the file that was really read', async () => {
    const library = await openLibrary();
    const steps = scanSteps(library, await claimScan(library));
    await steps.begin();
    await steps.reconcile({ 'a.mp4': {} });
    await steps.finishListing();
    const reports = (await steps.take()).map((task) => ({
      ...report(task, probed()),
      sizeBytes: 77,
    }));
    await steps.write(reports);
    await steps.finish();
    expect(await detail(library, 'a.mp4')).toMatchObject({ sizeBytes: 77 });
    expect((await scanDisk(library, { 'a.mp4': { sizeBytes: 77 } })).result.unchanged).toBe(1);
  });
});
