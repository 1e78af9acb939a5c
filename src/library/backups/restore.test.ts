import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { libraryFile } from '../library-files';
import { openLibraryFile } from '../open';
import {
  BACKED_UP,
  checkpoint,
  contentOf,
  flipPage,
  makeCrashedLibrary,
  pageOf,
  SINCE_BACKUP,
} from '../testing/damage-fixture';
import { faultFixture } from '../testing/fault-fixture';
import { whyNoFaults } from '../testing/faults';
import { claim, submit } from '../testing/job-fixture';
import { libraryFixture } from '../testing/library-fixture';
import { mountSmallDisk } from '../testing/small-disk';
import { backupName, backupsFolder, listBackups } from './backup-file';

const { temporaryFolder, startService, openLibrary } = libraryFixture();
const { startProcess } = faultFixture();

let crashed: Awaited<ReturnType<typeof makeCrashedLibrary>>;

beforeAll(async () => {
  crashed = await makeCrashedLibrary(openLibrary);
});
afterAll(() => crashed.remove());

/** A library with more videos than its backup. */
function someLibrary() {
  const directory = join(temporaryFolder(), 'library');
  cpSync(crashed.directory, directory, { recursive: true });
  const [backup] = listBackups(directory);
  if (!backup) throw new Error('The library has no backup.');
  return { directory, backup, backupId: backup.backupId };
}

function countAfterOpening(directory: string): unknown {
  const file = openLibraryFile(directory, 'write');
  const count = file.database.prepare('SELECT count(*) FROM videos').pluck().get();
  file.close();
  return count;
}

const OLD = BACKED_UP + SINCE_BACKUP;
const restoresOf = (directory: string) =>
  readdirSync(directory).filter((name) => name.includes('.resto'));

describe('a restore', () => {
  it('brings back what the backup has, and keeps the backup and what stood there', async () => {
    const { directory, backup, backupId } = someLibrary();
    const before = contentOf(directory);
    const { library } = startService();
    const restored = await library.call('restoreBackup', { directory, backupId });
    expect(restored.backup).toEqual(backup);
    expect(restored.evidence).toMatch(/damaged-\d{4}-\d\d-\d\dT/);
    expect(contentOf(restored.evidence ?? '')).toEqual(before);
    expect(listBackups(directory)).toEqual([backup]);
    expect(countAfterOpening(directory)).toBe(BACKED_UP);
    // What was replaced is a library still.
    expect(countAfterOpening(restored.evidence ?? '')).toBe(OLD);
  });

  it('of a library that is gone brings it back', async () => {
    const { directory, backupId } = someLibrary();
    rmSync(libraryFile(directory));
    rmSync(`${libraryFile(directory)}-wal`);
    rmSync(`${libraryFile(directory)}-shm`);
    const { library } = startService();
    expect(await library.call('restoreBackup', { directory, backupId })).toMatchObject({
      evidence: null,
    });
    expect(countAfterOpening(directory)).toBe(BACKED_UP);
  });

  it('queues again the job that was running when the backup was made', async () => {
    const service = await openLibrary();
    const jobId = await submit(service);
    expect(await claim(service)).toMatchObject({ jobId });
    await service.library.call('close', null);
    const [backup] = listBackups(service.directory);
    const { directory } = service;
    await service.library.call('restoreBackup', { directory, backupId: backup?.backupId ?? '' });
    await service.library.call('open', { directory, mode: 'write' });
    expect(await service.library.call('getJob', { jobId })).toMatchObject({ state: 'running' });
    expect(await service.library.call('recoverJobs', null)).toBe(1);
    expect(await service.library.call('getJob', { jobId })).toMatchObject({ state: 'queued' });
  });

  it('takes an ID for nothing but a backup of the library', async () => {
    const { directory, backupId } = someLibrary();
    const folder = backupsFolder(directory);
    const before = contentOf(directory);
    const outside = backupName(1, 1);
    copyFileSync(join(folder, backupId), join(directory, outside));
    const [asFolder, asLink] = [backupName(2, 2), backupName(3, 3)];
    mkdirSync(join(folder, asFolder));
    symlinkSync(join(directory, outside), join(folder, asLink));
    writeFileSync(join(folder, 'notes.sqlite'), 'mine');
    const { library } = startService();
    const names = ['', '.', '..', 'latest', '../library.sqlite', `../${outside}`, outside];
    const paths = [join(folder, backupId), `./${backupId}`, '/etc/passwd', `${backupId}\0`];
    for (const id of [...names, ...paths, asFolder, asLink, 'notes.sqlite']) {
      const call = library.call('restoreBackup', { directory, backupId: id });
      await expect(call).rejects.toMatchObject({ code: 'BACKUP_NOT_FOUND' });
    }
    expect(contentOf(directory)).toEqual(before);
    expect(listBackups(directory).map((one) => one.backupId)).toEqual([backupId]);
  });

  it('is refused while somebody has the library open, here or elsewhere', async () => {
    const { directory, backupId } = someLibrary();
    const { library } = await openLibrary({ directory });
    const request = { directory, backupId };
    await expect(library.call('restoreBackup', request)).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
    });
    await expect(startService().library.call('restoreBackup', request)).rejects.toMatchObject({
      code: 'LIBRARY_LOCKED',
    });
    expect((await library.call('summary', null)).counts.all).toBe(OLD);
    expect(restoresOf(directory)).toEqual([]);
  });

  const refusals: [string, string, (backup: string) => void][] = [
    ['is damaged', 'BACKUP_DAMAGED', (path) => writeFileSync(path, 'shopping list '.repeat(999))],
    ['is empty', 'BACKUP_DAMAGED', (path) => writeFileSync(path, '')],
    [
      'has a flipped page',
      'BACKUP_DAMAGED',
      (path) => {
        const folder = join(path, '../../as-library');
        mkdirSync(folder);
        renameSync(path, libraryFile(folder));
        flipPage(folder, pageOf(folder, 'index leaf'));
        renameSync(libraryFile(folder), path);
      },
    ],
    [
      'comes from a newer version',
      'LIBRARY_TOO_NEW',
      (path) => {
        const database = new Database(path);
        database.pragma('user_version = 99');
        database.close();
      },
    ],
  ];
  it.each(refusals)(
    'of a backup that %s leaves the library as it is: %s',
    async (_, code, spoil) => {
      const { directory, backupId } = someLibrary();
      const before = contentOf(directory);
      spoil(join(backupsFolder(directory), backupId));
      const { library } = startService();
      const call = library.call('restoreBackup', { directory, backupId });
      await expect(call).rejects.toMatchObject({ code });
      expect(contentOf(directory)).toEqual(before);
      expect(restoresOf(directory)).toEqual([]);
      expect(countAfterOpening(directory)).toBe(OLD);
    },
  );

  it('on a full disk leaves the library as it is, and works when there is room', async ({
    skip,
  }) => {
    const { directory, backupId } = someLibrary();
    const disk = mountSmallDisk(temporaryFolder(), 4);
    if (!disk) return skip('mounting a volume is not allowed here');
    try {
      const onDisk = join(disk.folder, 'library');
      checkpoint(directory);
      cpSync(directory, onDisk, { recursive: true });
      const before = contentOf(onDisk);
      disk.fill();
      const { library } = startService();
      const request = { directory: onDisk, backupId };
      const call = library.call('restoreBackup', request);
      await expect(call).rejects.toMatchObject({ code: 'DISK_FULL' });
      expect(contentOf(onDisk)).toEqual(before);
      expect(restoresOf(onDisk)).toEqual([]);
      disk.free();
      await library.call('restoreBackup', request);
      expect(countAfterOpening(onDisk)).toBe(BACKED_UP);
    } finally {
      disk.unmount();
    }
  });
});

describe('a restore that is disturbed', () => {
  const reason = whyNoFaults();

  /** Names differ by processor. */
  const RENAME = '?rename,?renameat,?renameat2';

  it.for([
    ['a rename that fails', `${RENAME}:error=EIO`],
    ['a rename during which the power goes', `${RENAME}:signal=SIGKILL`],
    ['a sync that fails', 'fsync,fdatasync:error=EIO'],
    ['a sync during which the power goes', 'fsync,fdatasync:signal=SIGKILL'],
  ])('by %s, whichever it is, leaves the old or the new library', async ([, fault], { skip }) => {
    if (reason) skip(reason);
    let restored = false;
    let nth = 0;
    while (!restored) {
      nth += 1;
      const { directory, backupId } = someLibrary();
      const before = contentOf(directory);
      const { library, inject, end } = startProcess();
      await library.call('listBackups', { directory });
      await inject(`${fault}:when=${nth}`);
      restored = await library.call('restoreBackup', { directory, backupId }).then(
        () => true,
        () => false,
      );
      await end();
      const [evidence] = readdirSync(directory).filter((name) => name.startsWith('damaged-'));
      const count = countAfterOpening(directory);
      expect([OLD, BACKED_UP]).toContain(count);
      if (restored) expect(count).toBe(BACKED_UP);
      if (count === BACKED_UP) {
        const [kept] = readdirSync(directory).filter((name) => name.startsWith('damaged-'));
        expect(contentOf(join(directory, kept ?? ''))).toEqual(before);
      } else expect(evidence).toBeUndefined();
      expect(restoresOf(directory)).toEqual([]);
      expect(listBackups(directory).map((one) => one.backupId)).toContain(backupId);
    }
    // The last run was one call too late to be disturbed.
    expect(nth).toBeGreaterThan(3);
  });
});
