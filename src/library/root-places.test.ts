import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { libraryFixture, type TestLibrary } from './testing/library-fixture';
import {
  claimScan,
  type Disk,
  placeOnDevice,
  placeOnVolume,
  runScan,
  scanDisk,
  scanSteps,
} from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

const DISK: Disk = { 'a.mp4': {}, 'trip/b.mp4': {} };
const FIRST = '/media/ada/NO NAME';
const SECOND = '/media/ada/NO NAME1';

async function roots({ library }: TestLibrary) {
  return (await library.call('summary', null)).roots;
}

async function folders({ library }: TestLibrary): Promise<string[]> {
  const query = { ...EVERYTHING, sort: 'folder' as const };
  const { videos } = await library.call('scanVideos', { query, after: null, limit: 99 });
  return videos.map(({ path }) => path);
}

/** A scan that finds the root at another path than the library knows. */
async function scanAt(library: TestLibrary, known: string, found: string, uuid: string) {
  const steps = scanSteps(library, await claimScan(library, known));
  const before = await steps.begin(placeOnVolume(uuid, '/'), found);
  await steps.reconcile(DISK);
  await steps.finishListing();
  await steps.probeAll();
  return { before, result: await steps.finish() };
}

describe('the volume of a root', () => {
  it('is shown once the root was scanned', async () => {
    const library = await openLibrary();
    await library.library.call('submitScan', { path: FIRST });
    expect((await roots(library))[0]?.volume).toBeNull();
    await scanDisk(library, DISK, { path: FIRST, place: placeOnVolume('a', '/') });
    expect((await roots(library))[0]?.volume).toEqual({ label: 'Drive a', kind: 'solid-state' });
  });

  it('without an identity is shown by its kind alone', async () => {
    const library = await openLibrary();
    const place = placeOnDevice(9);
    const volume = { ...place.volume, kind: 'rotational' as const };
    await scanDisk(library, DISK, { path: FIRST, place: { ...place, volume } });
    expect((await roots(library))[0]?.volume).toEqual({ label: null, kind: 'rotational' });
  });

  it('is forgotten when the root is removed: what stands there when it is added again may be another drive', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: FIRST, place: placeOnVolume('a', '/') });
    const [root] = await roots(library);
    await library.library.call('removeRoot', { rootId: root?.rootId ?? 0 });
    const steps = scanSteps(library, await claimScan(library, FIRST));
    const place = { rootPath: FIRST, device: null, volumeIdentity: null, pathOnVolume: null };
    expect(await steps.begin(placeOnVolume('b', '/'))).toMatchObject({ place, knownVideos: 2 });
    expect((await roots(library))[0]?.volume).toMatchObject({ label: 'Drive b' });
  });

  it('is what the next scan recognises the root by', async () => {
    const library = await openLibrary();
    const first = scanSteps(library, await claimScan(library, FIRST));
    expect(await first.begin(placeOnVolume('a', '/clips', 11))).toEqual({
      place: { rootPath: FIRST, device: null, volumeIdentity: null, pathOnVolume: null },
      knownVideos: 0,
      samples: [],
      acceptMissing: false,
    });
    await first.reconcile(DISK);
    await first.finishListing();
    await first.probeAll();
    await first.finish();
    const second = scanSteps(library, await claimScan(library, FIRST, { acceptMissing: true }));
    expect(await second.begin()).toMatchObject({
      place: { rootPath: FIRST, device: 11, volumeIdentity: 'uuid:a', pathOnVolume: '/clips' },
      knownVideos: 2,
      samples: [
        { path: 'a.mp4', sizeBytes: 1000 },
        { path: 'trip/b.mp4', sizeBytes: 1000 },
      ],
      acceptMissing: true,
    });
  });

  it('without an identity is recognised by the number of its device alone', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: FIRST, place: placeOnDevice(9) });
    const steps = scanSteps(library, await claimScan(library, FIRST));
    const { place } = await steps.begin();
    expect(place).toMatchObject({ device: 9, volumeIdentity: null, pathOnVolume: null });
  });

  it('is told by samples from all over the root, few however many videos there are', async () => {
    const library = await openLibrary();
    const disk = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`${index}.mp4`, {}]),
    );
    await scanDisk(library, disk, { path: FIRST });
    const { samples } = await scanSteps(library, await claimScan(library, FIRST)).begin();
    expect(samples).toHaveLength(16);
    const numbers = samples.map(({ path }) => Number.parseInt(path, 10));
    expect(Math.min(...numbers)).toBeLessThan(20);
    expect(Math.max(...numbers)).toBeGreaterThan(270);
  });
});

describe('a root whose drive is mounted elsewhere', () => {
  it('has the new path, and its videos are the same', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: FIRST, place: placeOnVolume('a', '/') });
    const [before] = await roots(library);
    const video = await library.library.call('getVideo', { path: `${FIRST}/trip/b.mp4` });
    const { result } = await scanAt(library, FIRST, SECOND, 'a');
    expect(result).toMatchObject({ unchanged: 2, added: 0, missing: 0 });
    expect(await roots(library)).toMatchObject([
      { rootId: before?.rootId, path: SECOND, online: true },
    ]);
    const moved = await library.library.call('getVideo', { id: video.id });
    expect(moved.path).toBe(`${SECOND}/trip/b.mp4`);
    await expect(
      library.library.call('getVideo', { path: `${FIRST}/trip/b.mp4` }),
    ).rejects.toMatchObject({ code: 'VIDEO_NOT_FOUND' });
  });

  it('stands among the other folders where its new path belongs', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: '/a/drive', place: placeOnVolume('a', '/') });
    await scanDisk(library, DISK, { path: '/m/fixed', place: placeOnVolume('m', '/') });
    expect((await folders(library))[0]).toBe('/a/drive/a.mp4');
    await scanAt(library, '/a/drive', '/z/drive', 'a');
    expect(await folders(library)).toEqual([
      '/m/fixed/a.mp4',
      '/m/fixed/trip/b.mp4',
      '/z/drive/a.mp4',
      '/z/drive/trip/b.mp4',
    ]);
  });

  it('keeps one live scan: a second one asked for by the new path is the same', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: FIRST, place: placeOnVolume('a', '/') });
    const claimed = await claimScan(library, FIRST);
    await scanSteps(library, claimed).begin(placeOnVolume('a', '/'), SECOND);
    const again = await library.library.call('submitScan', { path: SECOND });
    expect(again.jobId).toBe(claimed.jobId);
    expect(await library.library.call('submitScan', { rootId: claimed.rootId })).toEqual(again);
    expect((await library.library.call('getJob', again)).target).toBe(SECOND);
  });

  it('changes its path with the root that had that path, when their drives were swapped', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: FIRST, place: placeOnVolume('a', '/') });
    await scanDisk(library, { 'c.mp4': {} }, { path: SECOND, place: placeOnVolume('b', '/') });
    const [first, second] = await roots(library);
    await scanAt(library, FIRST, SECOND, 'a');
    expect(await roots(library)).toMatchObject([
      { rootId: first?.rootId, path: SECOND, videoCount: 2 },
      { rootId: second?.rootId, path: FIRST, videoCount: 1 },
    ]);
    const claimed = await claimScan(library, FIRST);
    expect(claimed.rootId).toBe(second?.rootId);
    const place = placeOnVolume('b', '/');
    const { result } = await runScan(library, claimed, { 'c.mp4': {} }, { place });
    expect(result).toMatchObject({ unchanged: 1 });
  });

  it('stays where it was when the new path lies in another root that is there', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: FIRST, place: placeOnVolume('a', '/') });
    await scanDisk(library, DISK, { path: '/mnt', place: placeOnVolume('m', '/') });
    const steps = scanSteps(library, await claimScan(library, FIRST));
    await expect(steps.begin(placeOnVolume('a', '/'), '/mnt/usb')).rejects.toMatchObject({
      code: 'ROOT_OVERLAPS',
    });
    expect((await roots(library)).map(({ path }) => path)).toEqual([FIRST, '/mnt']);
  });

  it('is told by its volume when the person adds its folder by the new path', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, {
      path: '/media/usb/clips',
      place: placeOnVolume('a', '/clips'),
    });
    await scanDisk(library, DISK, { path: '/media/whole', place: placeOnVolume('w', '/') });
    await scanDisk(library, DISK, { path: '/tmp/clips', place: placeOnDevice(3) });
    const [clips, whole] = await roots(library);
    const ask = (path: string) => library.library.call('findRootsOnVolumes', { path });
    const wholeRoot = { rootId: whole?.rootId, volumeIdentity: 'uuid:w', pathOnVolume: '/' };
    const clipsRoot = { rootId: clips?.rootId, volumeIdentity: 'uuid:a', pathOnVolume: '/clips' };
    expect(await ask('/mnt/other/Clips')).toEqual([clipsRoot, wholeRoot]);
    expect(await ask('/mnt/other/films')).toEqual([wholeRoot]);
    expect(await ask('/media/usb/clips')).toEqual([]);
  });
});

describe('a root whose drive is waited for', () => {
  it('is described by all that it can be recognised by', async () => {
    const library = await openLibrary();
    await scanDisk(library, DISK, { path: FIRST, place: placeOnVolume('a', '/clips', 5) });
    const { jobId, runToken, rootId } = await claimScan(library, FIRST);
    await library.library.call('transitionJob', {
      ...{ jobId, runToken, from: ['running'], to: 'waiting' },
      ...{ waitingFor: 'volume', notBefore: null },
    });
    const { roots: awaited } = await library.library.call('releaseWaiting', { rootIds: [] });
    const place = { rootPath: FIRST, device: 5, volumeIdentity: 'uuid:a', pathOnVolume: '/clips' };
    expect(awaited).toMatchObject([{ rootId, place, knownVideos: 2 }]);
    expect(awaited[0]?.samples).toHaveLength(2);
  });
});
