import { describe, expect, it } from 'vitest';
import { claimAgain } from './testing/job-fixture';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import {
  claimScan,
  type Disk,
  ROOT,
  scanDisk,
  scanSteps,
  states,
  without,
} from './testing/scan-fixture';

const { openLibrary, copyOfCrash } = libraryFixture();

/** So many videos, each with its own content. */
function disk(count: number, folder = ''): Disk {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${folder}clip ${index}.mp4`,
      { sizeBytes: 100 + index },
    ]),
  );
}

async function summary({ library }: TestLibrary, path = ROOT) {
  const { roots } = await library.call('summary', null);
  const root = roots.find((one) => one.path === path);
  return { missing: root?.missingCount, unconfirmed: root?.unconfirmedMissing };
}

describe('many videos that are gone at once', () => {
  it('stay as they are until the person confirms it', async () => {
    const library = await openLibrary();
    await scanDisk(library, disk(100));
    const { result } = await scanDisk(library, disk(40));
    expect(result).toMatchObject({ unchanged: 40, missing: 0, unconfirmedMissing: 60 });
    expect(await summary(library)).toEqual({ missing: 0, unconfirmed: 60 });
    expect(Object.values(await states(library)).every((state) => state === 'ok')).toBe(true);

    const confirmed = await scanDisk(library, disk(40), { acceptMissing: true });
    expect(confirmed.result).toMatchObject({ unchanged: 40, missing: 60, unconfirmedMissing: 0 });
    expect(await summary(library)).toEqual({ missing: 60, unconfirmed: 0 });
  });

  it('are forgotten as such when the next scan finds them', async () => {
    const library = await openLibrary();
    await scanDisk(library, disk(100));
    await scanDisk(library, disk(40));
    const { result } = await scanDisk(library, disk(100));
    expect(result).toMatchObject({ unchanged: 100, missing: 0, unconfirmedMissing: 0 });
    expect(await summary(library)).toEqual({ missing: 0, unconfirmed: 0 });
  });

  it.each([
    [100, 50, 'no more than fifty'],
    [400, 340, 'no more than a fifth'],
  ])('of %i with %i left are missing without a question: %s', async (before, after) => {
    const library = await openLibrary();
    await scanDisk(library, disk(before));
    const { result } = await scanDisk(library, disk(after));
    expect(result).toMatchObject({ missing: before - after, unconfirmedMissing: 0 });
  });

  it('does not count what was moved', async () => {
    const library = await openLibrary();
    const files = Object.entries(disk(100)).map(
      ([path, file]) => [path, { ...file, content: path }] as const,
    );
    await scanDisk(library, Object.fromEntries(files));
    const renamed = Object.fromEntries(files.map(([path, file]) => [`new/${path}`, file]));
    const { result } = await scanDisk(library, without(renamed, 'new/clip 0.mp4'));
    expect(result).toMatchObject({ moved: 99, missing: 1, unconfirmedMissing: 0 });
  });

  it('are asked for again by a scan that was interrupted, with the same numbers', async () => {
    const library = await openLibrary();
    await scanDisk(library, disk(100));
    const steps = scanSteps(library, await claimScan(library));
    await steps.begin();
    await steps.reconcile(disk(40));
    await steps.finishListing();
    const after = await openLibrary({ directory: copyOfCrash(library) });
    await after.library.call('recoverJobs', null);
    const again = scanSteps(after, await claimAgain(after));
    await again.begin();
    await again.reconcile(disk(40));
    await again.finishListing();
    expect(await again.finish()).toMatchObject({ missing: 0, unconfirmedMissing: 60 });
  });

  it('are gone when the person confirms it while the scan still reads files', async () => {
    const library = await openLibrary();
    await scanDisk(library, disk(100));
    const steps = scanSteps(library, await claimScan(library));
    await steps.begin();
    await steps.reconcile({ ...disk(40), 'new.mp4': {} });
    await steps.finishListing();
    await library.library.call('submitScan', { path: ROOT, acceptMissing: true });
    await steps.probeAll();
    expect(await steps.finish()).toMatchObject({ missing: 60, unconfirmedMissing: 0, added: 1 });
    expect(await summary(library)).toEqual({ missing: 60, unconfirmed: 0 });
  });

  it('that turn up in another root are not waited for any more', async () => {
    const library = await openLibrary();
    const files = Object.fromEntries(
      Object.entries(disk(100)).map(([path, file]) => [path, { ...file, content: path }]),
    );
    const left = Object.fromEntries(Object.entries(files).slice(60));
    await scanDisk(library, files);
    await scanDisk(library, left);
    expect(await summary(library)).toEqual({ missing: 0, unconfirmed: 60 });
    const moved = Object.fromEntries(Object.entries(files).slice(0, 60));
    const roots = { [ROOT]: left };
    const { result } = await scanDisk(library, moved, { path: '/elsewhere', roots });
    expect(result).toMatchObject({ moved: 60, added: 0 });
    expect(await summary(library)).toEqual({ missing: 0, unconfirmed: 0 });
  });
});

describe('a root without any video', () => {
  it('that had some asks, however few they were, and can be confirmed', async () => {
    const library = await openLibrary();
    await scanDisk(library, disk(2));
    expect((await scanDisk(library, {})).result).toMatchObject({
      missing: 0,
      unconfirmedMissing: 2,
    });
    expect(await summary(library)).toEqual({ missing: 0, unconfirmed: 2 });
    const { result } = await scanDisk(library, {}, { acceptMissing: true });
    expect(result).toMatchObject({ missing: 2, unconfirmedMissing: 0 });
  });

  it('whose videos are missing already asks nothing', async () => {
    const library = await openLibrary();
    await scanDisk(library, disk(2));
    await scanDisk(library, {}, { acceptMissing: true });
    expect((await scanDisk(library, {})).result).toMatchObject({
      missing: 0,
      unconfirmedMissing: 0,
    });
  });
});

describe('a drive that is mounted inside of a root', () => {
  const onDrive = Object.fromEntries(
    Object.entries(disk(3, 'usb/')).map(([path, file]) => [path, { ...file, mounted: true }]),
  );
  const whole: Disk = { ...onDrive, ...disk(3) };

  it('and was unplugged takes no video away', async () => {
    const library = await openLibrary();
    await scanDisk(library, whole);
    const left = without(disk(3), 'clip 0.mp4');
    const { result } = await scanDisk(library, left, { unmounted: ['usb'] });
    expect(result).toMatchObject({ missing: 1, unconfirmedMissing: 3 });
    expect(await states(library)).toMatchObject({
      'usb/clip 0.mp4': 'ok',
      'clip 0.mp4': 'missing',
    });
    const back = await scanDisk(library, { ...onDrive, ...left });
    expect(back.result).toMatchObject({ unchanged: 5, missing: 0, unconfirmedMissing: 0 });
  });

  it('and is there makes deleted videos missing', async () => {
    const library = await openLibrary();
    await scanDisk(library, whole);
    const { result } = await scanDisk(library, without(whole, 'usb/clip 0.mp4'));
    expect(result).toMatchObject({ missing: 1, unconfirmedMissing: 0 });
  });

  it('and will not come back can be given up by the person', async () => {
    const library = await openLibrary();
    await scanDisk(library, whole);
    const options = { unmounted: ['usb'], acceptMissing: true } as const;
    expect((await scanDisk(library, disk(3), options)).result).toMatchObject({ missing: 3 });
  });

  it('and was unplugged keeps its rows when the same content appears next to it', async () => {
    const library = await openLibrary();
    const clip = { content: 'clip', sizeBytes: 5 };
    await scanDisk(library, { 'usb/a.mp4': { ...clip, mounted: true }, 'rest.mp4': {} });
    const copied = { 'a.mp4': clip, 'rest.mp4': {} };
    const { result } = await scanDisk(library, copied, { unmounted: ['usb'] });
    expect(result).toMatchObject({ added: 1, moved: 0, missing: 0, unconfirmedMissing: 1 });
  });
});
