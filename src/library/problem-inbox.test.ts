import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { claim } from './testing/job-fixture';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import {
  claimScan,
  type Disk,
  detail,
  probed,
  report,
  runScan,
  scanDisk,
  scanSteps,
  states,
} from './testing/scan-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();

const DISK: Disk = { 'a.mp4': {}, 'broken 1.mp4': {}, 'trip/broken 2.mp4': {} };
const OTHER = '/media/other';

async function listed({ library }: TestLibrary): Promise<string[]> {
  const { problems } = await library.call('listProblems', { after: null, limit: 100 });
  return problems.map(({ name }) => name).sort();
}

async function counts({ library }: TestLibrary) {
  const { counts, roots } = await library.call('summary', null);
  return { all: counts.problems, byRoot: roots.map(({ problemCount }) => problemCount) };
}

const idOf = async (library: TestLibrary, path: string) => (await detail(library, path)).id;

/** Claims what was queued and runs it; answers what it probed. */
async function runNext(library: TestLibrary, disk: Disk = DISK) {
  const job = await claim(library);
  if (!job) throw new Error('Nothing was queued.');
  return (await runScan(library, job, disk)).probedPaths.sort();
}

describe('retrying problems', () => {
  it('reads the chosen files again although they did not change, and no others', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const ids = [await idOf(library, 'broken 1.mp4'), await idOf(library, 'a.mp4'), 999];
    const { jobIds } = await library.library.call('retryProblems', { ids });
    expect(jobIds).toHaveLength(1);
    // It stays in the list until it is known better.
    expect(await listed(library)).toEqual(['broken 1.mp4', 'broken 2.mp4']);
    expect(await runNext(library)).toEqual(['broken 1.mp4']);
    expect((await scanDisk(library, DISK)).probedPaths).toEqual([]);
  });

  it('reads all of them by a scan of each folder', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    await scanDisk(library, { 'broken 3.mp4': {} }, { path: OTHER });
    await scanDisk(library, { 'fine.mp4': {} }, { path: '/media/fine' });
    const { jobIds } = await library.library.call('retryProblems', { all: true });
    const jobs = await library.library.call('listJobs', { limit: 2 });
    expect(jobs.map(({ jobId }) => jobId).sort()).toEqual(jobIds.sort());
    expect(jobs.map(({ target }) => target).sort()).toEqual(['/media/films', OTHER]);
    expect(await runNext(library)).toEqual(['broken 1.mp4', 'trip/broken 2.mp4']);
    expect(await runNext(library, { 'broken 3.mp4': {} })).toEqual(['broken 3.mp4']);
  });

  it('makes no job where nothing is to be read', async () => {
    const library = await openLibrary();
    await scanDisk(library, { 'a.mp4': {} });
    const { jobIds } = await library.library.call('retryProblems', { all: true });
    expect(jobIds).toEqual([]);
    expect(await library.library.call('listJobs', { limit: 9 })).toHaveLength(1);
  });

  it('is not forgotten when everything stops right after', async () => {
    const before = await openLibrary();
    await scanDisk(before, DISK);
    await before.library.call('retryProblems', { all: true });
    const after = await openLibrary({ directory: copyOfCrash(before) });
    expect(await runNext(after)).toEqual(['broken 1.mp4', 'trip/broken 2.mp4']);
  });

  it('is done by the scan that runs, also when it was about to end', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const job = await claimScan(library);
    const steps = scanSteps(library, job);
    await steps.begin();
    await steps.reconcile(DISK);
    await steps.finishListing();
    expect(await steps.take()).toEqual([]);
    const { jobIds } = await library.library.call('retryProblems', { all: true });
    expect(jobIds).toEqual([job.jobId]);
    expect(await steps.finish()).toBeNull();
    const tasks = await steps.take();
    expect(tasks.map(({ path }) => path).sort()).toEqual(['broken 1.mp4', 'trip/broken 2.mp4']);
    await steps.write(tasks.map((task) => report(task, probed())));
    expect(await steps.finish()).toMatchObject({ discovered: 3, unchanged: 3, unreadable: 0 });
    expect(await states(library)).toMatchObject({ 'broken 1.mp4': 'ok' });
  });

  it('is done once by the scan that has not come to the file yet', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const steps = scanSteps(library, await claimScan(library));
    await steps.begin();
    await library.library.call('retryProblems', { all: true });
    await steps.reconcile(DISK);
    await steps.finishListing();
    expect(await steps.probeAll()).toHaveLength(2);
    expect(await steps.finish()).toMatchObject({ unchanged: 3, unreadable: 2 });
  });

  it('leaves folders alone that were taken out of the library', async () => {
    const library = await openLibrary();
    const { job } = await scanDisk(library, DISK);
    await library.library.call('removeRoot', { rootId: job.rootId ?? 0 });
    expect(await library.library.call('retryProblems', { all: true })).toEqual({ jobIds: [] });
  });
});

describe('a dismissed problem', () => {
  async function withOneDismissed() {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    await library.library.call('dismissProblems', { ids: [await idOf(library, 'broken 1.mp4')] });
    return library;
  }

  it('leaves the list and every count, while the video stays unreadable', async () => {
    const library = await withOneDismissed();
    expect(await listed(library)).toEqual(['broken 2.mp4']);
    expect(await counts(library)).toEqual({ all: 1, byRoot: [1] });
    const query = { ...EVERYTHING, scope: { type: 'problems' as const } };
    const page = await library.library.call('pageVideos', { query, index: 0, limit: 9 });
    expect(page.videos.map(({ name }) => name)).toEqual(['broken 2.mp4']);
    expect(await detail(library, 'broken 1.mp4')).toMatchObject({
      state: 'unreadable',
      problem: { code: 'NOT_MEDIA' },
    });
  });

  it('stays away as long as the file is as it was', async () => {
    const library = await withOneDismissed();
    expect((await scanDisk(library, DISK)).probedPaths).toEqual([]);
    await library.library.call('retryProblems', { all: true });
    expect(await runNext(library)).toEqual(['trip/broken 2.mp4']);
    expect(await counts(library)).toEqual({ all: 1, byRoot: [1] });
  });

  it('comes back when the file changed and cannot be read again', async () => {
    const library = await withOneDismissed();
    await scanDisk(library, { ...DISK, 'broken 1.mp4': { sizeBytes: 7 } });
    expect(await listed(library)).toEqual(['broken 1.mp4', 'broken 2.mp4']);
    expect(await counts(library)).toEqual({ all: 2, byRoot: [2] });
  });

  it('comes back when it is retried by itself and fails again', async () => {
    const library = await withOneDismissed();
    await library.library.call('retryProblems', { ids: [await idOf(library, 'broken 1.mp4')] });
    expect(await listed(library)).toEqual(['broken 2.mp4']);
    expect(await runNext(library)).toEqual(['broken 1.mp4']);
    expect(await listed(library)).toEqual(['broken 1.mp4', 'broken 2.mp4']);
  });

  it('is not counted against other problems of its folder once it is solved', async () => {
    const library = await withOneDismissed();
    const healed: Disk = { ...DISK, 'broken 1.mp4': { sizeBytes: 7 } };
    await scanDisk(library, healed, {
      prober: () => probed(),
    });
    expect(await counts(library)).toEqual({ all: 1, byRoot: [1] });
  });

  it('can be every one', async () => {
    const library = await withOneDismissed();
    await library.library.call('dismissProblems', { all: true });
    expect(await listed(library)).toEqual([]);
    expect(await counts(library)).toEqual({ all: 0, byRoot: [0] });
  });
});

describe('a report on problems', () => {
  it('holds the newest of the chosen ones, and says how many there are', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const selection = { all: true } as const;
    const { problems, total } = await library.library.call('reportProblems', {
      selection,
      limit: 1,
    });
    expect(total).toBe(2);
    expect(problems).toEqual([
      {
        path: '/media/films/trip/broken 2.mp4',
        sizeBytes: 1000,
        mtimeMs: 1_700_000_000_000,
        problem: expect.objectContaining({ code: 'NOT_MEDIA', toolOutput: 'moov atom not found' }),
      },
    ]);
  });

  it('may be on a dismissed one, when that is chosen', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK);
    const ids = [await idOf(library, 'broken 1.mp4')];
    await library.library.call('dismissProblems', { ids });
    const ask = (selection: { ids: number[] } | { all: true }) =>
      library.library.call('reportProblems', { selection, limit: 9 });
    expect((await ask({ ids })).problems.map(({ path }) => path)).toEqual([
      '/media/films/broken 1.mp4',
    ]);
    expect((await ask({ all: true })).total).toBe(1);
  });
});
