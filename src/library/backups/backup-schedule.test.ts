import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { libraryFile } from '../library-files';
import { checkpoint, flipPage, pageOf } from '../testing/damage-fixture';
import { libraryFixture } from '../testing/library-fixture';
import { DISK, scanDisk } from '../testing/scan-fixture';
import { mountSmallDisk } from '../testing/small-disk';
import { bundleThreads } from '../testing/thread-bundle';
import { backupsFolder, listBackups } from './backup-file';
import { BackupSchedule, type BackupScheduleOptions, isBackupDue } from './backup-schedule';

const { temporaryFolder, openLibrary, copyOfCrash } = libraryFixture();

const DAY = 24 * 60 * 60_000;
const NOON = Date.parse('2026-03-01T12:00:00Z');

let bundle: Awaited<ReturnType<typeof bundleThreads>>;
beforeAll(async () => {
  bundle = await bundleThreads();
});
afterAll(() => bundle.remove());

function scheduleOf(directory: string, options: Partial<BackupScheduleOptions> = {}) {
  return new BackupSchedule({
    workerPath: bundle.threads.backup,
    directory,
    changed: true,
    uncleanEnd: false,
    now: () => NOON,
    onDamage: () => undefined,
    ...options,
  });
}

/** Makes the library too large to be copied when it is closed. */
function makeLarge(directory: string): void {
  const database = new Database(libraryFile(directory));
  database.exec('CREATE TABLE large (lump BLOB); INSERT INTO large VALUES (zeroblob(70000000))');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

function unfinished(directory: string): string[] {
  const folder = backupsFolder(directory);
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('un')) : [];
}

describe('a backup', () => {
  it.each([
    ['there is none', [], true, false, true],
    ['there is none, but nothing changed', [], false, false, false],
    ['the last is a day old', [NOON - DAY], true, false, true],
    ['the last is a day old, but nothing changed', [NOON - DAY], false, false, false],
    ['the last is younger', [NOON - DAY + 1, NOON - 9 * DAY], true, false, false],
    ['the last is of just now', [NOON], true, false, false],
    ['the only one is from the future', [NOON + 1], true, false, true],
    ['the last session did not end in order', [NOON - 1], false, true, true],
  ])('when %s', (_, madeAtMs, changed, uncleanEnd, due) => {
    expect(isBackupDue({ madeAtMs, nowMs: NOON, changed, uncleanEnd })).toBe(due);
  });

  it('is made when a library is closed, and holds everything in a single file', async () => {
    const { directory, ...service } = await openLibrary({ now: () => NOON });
    await scanDisk({ directory, ...service }, DISK);
    await service.library.call('close', null);
    const name = 'library-2026-03-01T12-00-00-000Z-5-videos.sqlite';
    expect(readdirSync(backupsFolder(directory))).toEqual([name]);
    expect(listBackups(directory)).toEqual([
      { backupId: name, madeAtMs: NOON, videoCount: 5, sizeBytes: expect.any(Number) },
    ]);
    const [copy, original] = [join(backupsFolder(directory), name), libraryFile(directory)].map(
      (path) => {
        const database = new Database(path, { readonly: true });
        const rows = database.prepare('SELECT * FROM videos ORDER BY id').all();
        database.close();
        return rows;
      },
    );
    expect(copy).toEqual(original);
  });

  it('is made once a day while something changes, and not otherwise', async () => {
    let now = NOON;
    const options = { now: () => now };
    const first = await openLibrary(options);
    const { directory } = first;
    await scanDisk(first, DISK);
    await first.library.call('close', null);
    // How long after the last one, whether something changes, and how many backups there are afterwards.
    const sessions: [number, boolean, number][] = [
      [1, true, 1],
      // What changed in the session before was in no backup yet.
      [DAY, false, 2],
      [DAY, false, 2],
      [0, true, 3],
    ];
    for (const [passed, change, count] of sessions) {
      now += passed;
      const next = await openLibrary({ directory, ...options });
      // As the app does at every start.
      await next.library.call('recoverJobs', null);
      if (change) await scanDisk(next, DISK);
      await next.library.call('close', null);
      expect(listBackups(directory)).toHaveLength(count);
    }
  });

  it('is made in a session that lasts for days', async () => {
    let now = NOON;
    const { directory } = await openLibrary();
    const schedule = scheduleOf(directory, { now: () => now });
    await schedule.look();
    schedule.noteChange();
    await schedule.look();
    expect(listBackups(directory)).toHaveLength(1);
    now += DAY;
    await schedule.look();
    expect(listBackups(directory)).toHaveLength(2);
    now += DAY;
    await schedule.look();
    expect(listBackups(directory)).toHaveLength(2);
    await schedule.stop();
  });

  it('follows an unclean end, also when another was made just before', async () => {
    let now = NOON;
    const first = await openLibrary({ now: () => now });
    await scanDisk(first, DISK);
    await first.library.call('close', null);
    const { directory } = first;
    const second = await openLibrary({ directory, now: () => now });
    await scanDisk(second, { ...DISK, 'new.mp4': {} });
    const crashed = copyOfCrash(second);
    cpSync(backupsFolder(directory), backupsFolder(crashed), { recursive: true });
    now += 1;
    const third = await openLibrary({ directory: crashed, now: () => now });
    await third.library.call('close', null);
    expect(listBackups(crashed)).toMatchObject([{ videoCount: 6 }, { videoCount: 5 }]);
    const fourth = await openLibrary({ directory: crashed, now: () => now });
    await fourth.library.call('close', null);
    expect(listBackups(crashed)).toHaveLength(2);
  });

  it('takes the place of those that are not needed any more', async () => {
    let now = NOON;
    const { directory } = await openLibrary();
    const schedule = scheduleOf(directory, { now: () => now });
    for (let day = 0; day < 9; day += 1) {
      await schedule.look();
      schedule.noteChange();
      now += DAY;
    }
    await schedule.stop();
    // Seven days, and the Sunday of the week before.
    const days = listBackups(directory).map(({ madeAtMs }) => Math.round((madeAtMs - NOON) / DAY));
    expect(days).toEqual([8, 7, 6, 5, 4, 3, 2, 0]);
  });

  it('of a large library is not waited for when it is closed', async () => {
    const { directory, library } = await openLibrary();
    makeLarge(directory);
    const schedule = scheduleOf(directory);
    expect(await schedule.finish()).toBe(false);
    await library.call('close', null);
    expect(listBackups(directory)).toEqual([]);
    const next = scheduleOf(directory);
    await next.look();
    expect(listBackups(directory)).toHaveLength(1);
    await next.stop();
  });

  it('that is given up leaves nothing, and neither does a process that died over one', async () => {
    const { directory, library } = await openLibrary();
    makeLarge(directory);
    const schedule = scheduleOf(directory);
    const made = schedule.look();
    await vi.waitFor(() => expect(unfinished(directory)).not.toEqual([]), { interval: 1 });
    await schedule.stop();
    await made;
    expect(unfinished(directory)).toEqual([]);
    await library.call('close', null);

    for (const name of ['unfinished.sqlite', 'unfinished.sqlite-journal']) {
      writeFileSync(join(backupsFolder(directory), name), 'half');
    }
    await openLibrary({ directory });
    expect(unfinished(directory)).toEqual([]);
  });

  it('that fails on a full disk is made later, and leaves the library at work', async ({
    skip,
  }) => {
    const disk = mountSmallDisk(temporaryFolder(), 4);
    if (!disk) return skip('mounting a volume is not allowed here');
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const service = await openLibrary({ directory: join(disk.folder, 'library') });
    const { directory } = service;
    const schedule = scheduleOf(directory);
    try {
      await scanDisk(service, DISK);
      disk.fill(200 * 1024);
      await schedule.look();
      const words = [expect.stringContaining('backup'), expect.stringMatching(/room|full/)];
      expect(logged).toHaveBeenCalledWith(...words);
      expect(readdirSync(backupsFolder(directory))).toEqual([]);
      await service.library.call('submitScan', { path: '/media/more' });
      disk.free();
      await schedule.look();
      expect(listBackups(directory)).toMatchObject([{ videoCount: 5 }]);
    } finally {
      logged.mockRestore();
      await schedule.stop();
      await service.library.call('close', null);
      disk.unmount();
    }
  });

  it('is refused when the library turns out to be damaged, and older ones stay', async () => {
    const first = await openLibrary({ now: () => NOON });
    const { directory } = first;
    await scanDisk(first, DISK);
    await first.library.call('close', null);
    checkpoint(directory);
    flipPage(directory, pageOf(directory, 'table leaf'));
    const damage: unknown[] = [];
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const schedule = scheduleOf(directory, {
      now: () => NOON + DAY,
      onDamage: (error) => damage.push(error),
    });
    await schedule.look();
    await schedule.stop();
    logged.mockRestore();
    expect(damage).toMatchObject([{ code: 'LIBRARY_CORRUPT' }]);
    expect(listBackups(directory)).toMatchObject([{ madeAtMs: NOON }]);
    expect(unfinished(directory)).toEqual([]);
  });
});
