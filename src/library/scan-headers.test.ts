import { describe, expect, it } from 'vitest';
import { claimAgain } from './testing/job-fixture';
import { libraryFixture } from './testing/library-fixture';
import {
  claimScan,
  type Disk,
  detail,
  headerReport,
  NOT_MEDIA,
  probed,
  report,
  runScan,
  scanDisk,
  scanSteps,
} from './testing/scan-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();

/** A library whose scan has listed the disk. */
async function listed(disk: Disk, library?: Awaited<ReturnType<typeof openLibrary>>) {
  const open = library ?? (await openLibrary());
  const steps = scanSteps(open, await claimScan(open));
  await steps.begin();
  await steps.reconcile(disk);
  return { library: open, steps };
}

describe('what headers tell', () => {
  it('is shown before the files are probed, and replaced by the probe', async () => {
    const { library, steps } = await listed({ 'a.mp4': {}, 'b.mp4': {} });
    const tasks = await steps.takeHeaders();
    expect(tasks.map(({ path }) => path)).toEqual(['a.mp4', 'b.mp4']);
    const counts = await steps.writeHeaders(tasks.map((task) => headerReport(task)));
    expect(counts).toEqual({ discovered: 2, quickDone: 2, done: 0, problems: 0 });
    expect(await detail(library, 'a.mp4')).toMatchObject({
      ...{ probeLevel: 'quick', state: 'ok', container: 'mp4', width: 1920, bitDepth: null },
      ...{ probedAtMs: null, streams: [] },
    });
    await steps.finishListing();
    expect(await steps.probeAll()).toEqual(['a.mp4', 'b.mp4']);
    expect(await detail(library, 'a.mp4')).toMatchObject({ probeLevel: 'full', bitDepth: 8 });
  });

  it('is read once a run, and not of what is known already', async () => {
    const library = await openLibrary();
    await scanDisk(library, { 'known.mp4': {} });
    const { steps } = await listed({ 'known.mp4': {}, 'new.mp4': {} }, library);
    expect(await steps.takeHeaders()).toMatchObject([{ path: 'new.mp4' }]);
    expect(await steps.takeHeaders()).toEqual([]);
  });

  it('may be nothing: then the file waits for its probe as it is', async () => {
    const { library, steps } = await listed({ 'a.avi': {} });
    const [task] = await steps.takeHeaders();
    if (!task) throw new Error('There was no header to read.');
    const counts = await steps.writeHeaders([{ ...headerReport(task), facts: null }]);
    expect(counts).toMatchObject({ quickDone: 1 });
    expect(await detail(library, 'a.avi')).toMatchObject({ probeLevel: 'none', container: null });
  });

  it('comes too late once the file has been probed', async () => {
    const { library, steps } = await listed({ 'a.mp4': {} });
    const headers = await steps.takeHeaders();
    await steps.finishListing();
    await steps.probeAll();
    await steps.writeHeaders(headers.map((task) => headerReport(task, { width: 1 })));
    expect(await detail(library, 'a.mp4')).toMatchObject({ probeLevel: 'full', width: 1920 });
  });

  it('is not believed of another version of the file', async () => {
    const { library, steps } = await listed({ 'a.mp4': {} });
    const headers = await steps.takeHeaders();
    await steps.writeHeaders(headers.map((task) => ({ ...headerReport(task), sizeBytes: 1 })));
    expect(await detail(library, 'a.mp4')).toMatchObject({ probeLevel: 'none', width: null });
  });

  it('takes the place of all that was known of an older version', async () => {
    const library = await openLibrary();
    const chapters = [{ startSeconds: 0, endSeconds: 5, title: 'Start' }];
    const prober = () => probed({ chapters, title: 'Old' });
    await scanDisk(library, { 'a.mp4': {} }, { prober });
    const { steps } = await listed({ 'a.mp4': { sizeBytes: 5, content: 'other' } }, library);
    await steps.finishListing();
    expect(await detail(library, 'a.mp4')).toMatchObject({ probeLevel: 'none' });
    const headers = await steps.takeHeaders();
    await steps.writeHeaders(headers.map((task) => headerReport(task, { width: 640 })));
    expect(await detail(library, 'a.mp4')).toMatchObject({
      ...{ probeLevel: 'quick', width: 640, audioCodec: null, chapters: [], title: null },
    });
  });

  it('is not asked of a changed file that could not be read', async () => {
    const library = await openLibrary();
    await scanDisk(library, { 'broken.mp4': {} });
    const { steps } = await listed({ 'broken.mp4': { sizeBytes: 5, content: 'other' } }, library);
    await steps.finishListing();
    expect(await steps.takeHeaders()).toEqual([]);
    const [task] = await steps.take();
    if (!task) throw new Error('The changed file was not to be probed.');
    await steps.write([report(task, { kind: 'unreadable', problem: NOT_MEDIA })]);
    expect(await detail(library, 'broken.mp4')).toMatchObject({ state: 'unreadable' });
  });
});

describe('a scan that was interrupted between the two levels', () => {
  it('goes on with the headers that were not read, and probes everything', async () => {
    const disk = { 'a.mp4': {}, 'b.mp4': {} };
    const { library: before, steps } = await listed(disk);
    const [first] = await steps.takeHeaders(1);
    if (!first) throw new Error('There was no header to read.');
    await steps.writeHeaders([headerReport(first)]);

    const after = await openLibrary({ directory: copyOfCrash(before) });
    await after.library.call('recoverJobs', null);
    const job = await claimAgain(after);
    const again = scanSteps(after, job);
    await again.begin();
    await again.reconcile(disk);
    expect(await again.takeHeaders()).toMatchObject([{ path: 'b.mp4' }]);
    const { result, probedPaths } = await runScan(after, job, disk);
    expect(probedPaths).toEqual(['a.mp4', 'b.mp4']);
    expect(result).toMatchObject({ discovered: 2, added: 2, unchanged: 0 });
  });

  it('still recognises a new file that was moved here', async () => {
    const library = await openLibrary();
    await scanDisk(library, { 'old.mp4': { content: 'harbour' } });
    const { id } = await detail(library, 'old.mp4');
    const disk = { 'new.mp4': { content: 'harbour' } };
    const { steps } = await listed(disk, library);
    const headers = await steps.takeHeaders();
    await steps.writeHeaders(headers.map((task) => headerReport(task)));

    const after = await openLibrary({ directory: copyOfCrash(library) });
    await after.library.call('recoverJobs', null);
    const job = await claimAgain(after);
    expect((await runScan(after, job, disk)).result).toMatchObject({ moved: 1, added: 0 });
    expect(await detail(after, 'new.mp4')).toMatchObject({ id, probeLevel: 'full' });
  });
});

describe('videos that are on screen', () => {
  it('are probed before the others', async () => {
    const { library, steps } = await listed({ 'a.mp4': {}, 'b.mp4': {}, 'c.mp4': {} });
    const { id } = await detail(library, 'c.mp4');
    await library.library.call('readFirst', { videoIds: [id] });
    const paths = (await steps.take()).map(({ path }) => path);
    expect(paths).toEqual(['c.mp4', 'a.mp4', 'b.mp4']);
  });
});
