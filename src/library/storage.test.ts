import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { contentOf } from './testing/damage-fixture';
import { claim, submit } from './testing/job-fixture';
import { libraryFixture } from './testing/library-fixture';
import { DISK, scanDisk } from './testing/scan-fixture';
import { mountSmallDisk, type SmallDisk } from './testing/small-disk';

const { temporaryFolder, startService, openLibrary } = libraryFixture();

const KILOBYTE = 1024;
const MEGABYTE = 1024 * KILOBYTE;
const FULL = { code: 'DISK_FULL' };

let disk: SmallDisk;
let directory: string;

beforeEach(({ skip }) => {
  const mounted = mountSmallDisk(temporaryFolder(), 12);
  if (!mounted) return skip('mounting a volume is not allowed here');
  disk = mounted;
  directory = `${disk.folder}/library`;
  // Backups that find no room say so.
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
  disk.unmount();
});

async function makeLibrary(): Promise<void> {
  const service = await openLibrary({ directory });
  await scanDisk(service, DISK);
  await service.library.call('close', null);
}

const manyFiles = Object.fromEntries(
  Array.from({ length: 10_000 }, (_, index) => [`clip ${index}.mp4`, {}]),
);

describe('a full disk', () => {
  it('refuses what does not fit, loses nothing that was acknowledged, and takes more when there is room', async () => {
    await makeLibrary();
    const service = await openLibrary({ directory });
    const { library } = service;
    disk.fill(1.5 * MEGABYTE);
    await expect(scanDisk(service, manyFiles, { path: '/media/many' })).rejects.toMatchObject(FULL);
    await expect(scanDisk(service, manyFiles, { path: '/media/more' })).rejects.toMatchObject(FULL);
    const kept = await library.call('pageVideos', { query: EVERYTHING, index: 0, limit: 10 });
    disk.free();
    await library.call('submitScan', { path: '/media/yet more' });
    await library.call('close', null);
    await library.call('open', { directory, mode: 'write' });
    expect(await library.call('pageVideos', { query: EVERYTHING, index: 0, limit: 10 })).toEqual(
      kept,
    );
    expect(kept.total).toBeGreaterThanOrEqual(Object.keys(DISK).length);
  });

  it('does not keep a library from being opened and read, and its jobs are seen to when there is room', async () => {
    await makeLibrary();
    const before = await openLibrary({ directory });
    const jobId = await submit(before);
    expect(await claim(before)).toMatchObject({ jobId });
    await before.library.call('close', null);
    // What SQLite needs to read at all; not enough to write.
    disk.fill(40 * KILOBYTE);
    const { library, ...service } = await openLibrary({ directory });
    expect(await library.call('recoverJobs', null)).toBe(0);
    expect((await library.call('summary', null)).counts.all).toBe(5);
    await expect(library.call('submitScan', { path: '/media/more' })).rejects.toMatchObject(FULL);
    expect(await library.call('getJob', { jobId })).toMatchObject({ state: 'running' });
    disk.free();
    await library.call('submitScan', { path: '/media/more' });
    expect(await library.call('getJob', { jobId })).toMatchObject({ state: 'queued' });
    expect(service.failures).toEqual([]);
  });

  it('without a byte left is a clear error, and the library is as it was', async () => {
    await makeLibrary();
    const before = contentOf(directory);
    disk.fill();
    for (const mode of ['write', 'read'] as const) {
      const opening = startService().library.call('open', { directory, mode });
      await expect(opening).rejects.toMatchObject(FULL);
    }
    expect(contentOf(directory)).toEqual(before);
    disk.free();
    const { library } = await openLibrary({ directory });
    expect((await library.call('summary', null)).counts.all).toBe(5);
  });

  it('takes no new library, and leaves nothing that keeps one from being made later', async () => {
    disk.fill();
    const opening = startService().library.call('open', { directory, mode: 'write' });
    await expect(opening).rejects.toMatchObject(FULL);
    disk.free();
    await makeLibrary();
  });
});

describe('a read-only disk', () => {
  it('refuses a library, leaves it as it is, and takes it when it can be written', async () => {
    await makeLibrary();
    const before = contentOf(directory);
    disk.setReadOnly(true);
    const opening = startService().library.call('open', { directory, mode: 'write' });
    await expect(opening).rejects.toMatchObject({ code: 'LIBRARY_READ_ONLY' });
    expect(contentOf(directory)).toEqual(before);
    disk.setReadOnly(false);
    const { library } = await openLibrary({ directory });
    expect((await library.call('summary', null)).counts.all).toBe(5);
  });
});
