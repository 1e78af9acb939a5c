import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { listBackups } from './backups/backup-file';
import { contentOf, flipPage, pageOf } from './testing/damage-fixture';
import { faultFixture } from './testing/fault-fixture';
import { whyNoFaults } from './testing/faults';
import { claim, submit } from './testing/job-fixture';
import { libraryFixture } from './testing/library-fixture';
import { scanDisk } from './testing/scan-fixture';

const { temporaryFolder, openLibrary } = libraryFixture();
const { startProcess } = faultFixture();

const MANY = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.mp4`, {}]));

describe('damage that is met while the library is open', () => {
  it('ends every use of it, keeps the files, and a restore brings it back', async () => {
    const first = await openLibrary();
    const { directory } = first;
    await scanDisk(first, MANY);
    await first.library.call('close', null);
    const service = await openLibrary({ directory });
    const { library } = service;
    const jobId = await submit(service, '/media/others');
    flipPage(directory, pageOf(directory, 'table leaf'));
    const damaged = contentOf(directory);

    const corrupt = { code: 'LIBRARY_CORRUPT' };
    const everything = { query: EVERYTHING, after: null, limit: 500 };
    await expect(library.call('scanVideos', everything)).rejects.toMatchObject(corrupt);
    expect(service.failures).toEqual(['LIBRARY_CORRUPT']);
    await expect(claim(service)).rejects.toMatchObject(corrupt);
    await expect(library.call('getJob', { jobId })).rejects.toMatchObject(corrupt);
    await expect(library.call('submitScan', { path: '/media' })).rejects.toMatchObject(corrupt);
    await expect(library.call('summary', null)).rejects.toMatchObject(corrupt);
    expect(service.failures).toEqual(['LIBRARY_CORRUPT']);
    expect(contentOf(directory)).toEqual(damaged);

    await library.call('close', null);
    await expect(library.call('open', { directory, mode: 'write' })).rejects.toMatchObject(corrupt);
    const [backup] = await library.call('listBackups', { directory });
    await library.call('restoreBackup', { directory, backupId: backup?.backupId ?? '' });
    await library.call('open', { directory, mode: 'write' });
    expect((await library.call('summary', null)).counts.all).toBe(300);
  });
});

describe('a disk that reports errors', () => {
  const reason = whyNoFaults();
  const io = { code: 'LIBRARY_IO' };

  /** A library in another process, with one folder in it. */
  async function startLibrary() {
    const directory = temporaryFolder();
    const process = startProcess();
    const { library } = process;
    await library.call('open', { directory, mode: 'write' });
    await library.call('submitScan', { path: '/media/a' });
    return { ...process, directory };
  }

  it('at a sync does not disturb reading', async ({ skip }) => {
    if (reason) skip(reason);
    const { library, inject } = await startLibrary();
    await inject('fsync,fdatasync:error=EIO');
    for (let round = 0; round < 5; round += 1) {
      const writes = library.call('submitScan', { path: `/media/${round}` });
      const reads = Array.from({ length: 20 }, () => library.call('summary', null));
      await expect(writes).rejects.toMatchObject(io);
      for (const { roots } of await Promise.all(reads)) expect(roots.length).toBeGreaterThan(0);
    }
  });

  it('at a sync has its library closed, checked and opened again; what was kept is there', async ({
    skip,
  }) => {
    if (reason) skip(reason);
    const { library, inject, heal, directory } = await startLibrary();
    await inject('fsync,fdatasync:error=EIO');
    for (const path of ['/media/b', '/media/c', '/media/d']) {
      await expect(library.call('submitScan', { path })).rejects.toMatchObject(io);
      // It can be read all the time.
      const { roots } = await library.call('summary', null);
      expect(roots.map((root) => root.path)).toContain('/media/a');
    }
    await heal();
    await library.call('submitScan', { path: '/media/e' });
    const paths = (await library.call('summary', null)).roots.map((root) => root.path);
    expect(paths).toEqual(expect.arrayContaining(['/media/a', '/media/e']));
    expect(await library.call('listJobs', { limit: 10 })).toHaveLength(paths.length);
    await library.call('close', null);
    await library.call('open', { directory, mode: 'write' });
    expect((await library.call('summary', null)).roots.map((root) => root.path)).toEqual(paths);
  });

  it.for([
    ['an error', 'EIO'],
    ['that it became read-only', 'EROFS'],
  ])(
    'at a write, %s, loses nothing, and is written to again when it works',
    async ([, error], { skip }) => {
      if (reason) skip(reason);
      const { library, inject, heal, directory } = await startLibrary();
      await inject(`?pwrite64,?pwritev:error=${error}`);
      await expect(library.call('submitScan', { path: '/media/b' })).rejects.toMatchObject(io);
      expect((await library.call('summary', null)).roots).toHaveLength(1);
      await heal();
      await library.call('submitScan', { path: '/media/b' });
      await library.call('close', null);
      expect(listBackups(directory)).toHaveLength(1);
      await library.call('open', { directory, mode: 'write' });
      expect((await library.call('summary', null)).roots).toHaveLength(2);
    },
  );

  it('during a checkpoint loses nothing either', async ({ skip }) => {
    if (reason) skip(reason);
    const { library, inject, heal, directory } = await startLibrary();
    // A checkpoint of the whole log when the library is closed: the file itself cannot be synced.
    await inject('fsync,fdatasync:error=EIO');
    await library.call('close', null).catch(() => undefined);
    await heal();
    await library.call('open', { directory, mode: 'write' });
    expect((await library.call('summary', null)).roots).toHaveLength(1);
  });
});
