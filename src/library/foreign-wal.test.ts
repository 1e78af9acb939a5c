import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { isForeignWal, readHeadOfFile } from './foreign-wal';
import { libraryFile } from './library-files';
import { libraryFixture } from './testing/library-fixture';
import { DISK, scanDisk } from './testing/scan-fixture';

const { temporaryFolder, openLibrary, copyOfCrash } = libraryFixture();

it('a log that was begun anew after a checkpoint still tells whose it is', async () => {
  const first = await openLibrary();
  const { directory } = first;
  await scanDisk(first, DISK);
  await first.library.call('close', null);
  const before = join(temporaryFolder(), 'before.sqlite');
  copyFileSync(libraryFile(directory), before);

  const second = await openLibrary({ directory });
  await second.library.call('submitScan', { path: '/media/first' });
  const afterFirstWrite = readHeadOfFile(libraryFile(directory));
  const rounds = () => {
    const database = new Database(libraryFile(directory), { readonly: true });
    const value = database.prepare("SELECT value FROM meta WHERE key = 'log-rounds'").pluck().get();
    database.close();
    return Number(value);
  };
  // Until the log was copied into the file and begun anew.
  for (let batch = 0; rounds() === 0; batch += 1) {
    const names = Array.from({ length: 500 }, (_, index) => [`${batch}/${index}.mp4`, {}]);
    await scanDisk(second, Object.fromEntries(names));
  }
  await vi.waitFor(() => expect(rounds()).toBeGreaterThan(0));
  await second.library.call('submitScan', { path: '/media/last' });

  const crashed = copyOfCrash(second);
  const head = readHeadOfFile(libraryFile(crashed));
  const database = new Database(libraryFile(crashed), { readonly: true });
  expect(isForeignWal(database, head)).toBe(false);
  // The file as it was when this session began belongs to the log too; one of a session that ended long ago does not.
  expect(isForeignWal(database, afterFirstWrite)).toBe(false);
  database.close();

  await second.library.call('close', null);
  const third = await openLibrary({ directory });
  await third.library.call('submitScan', { path: '/media/later' });
  const later = copyOfCrash(third);
  const newest = new Database(libraryFile(later), { readonly: true });
  expect(isForeignWal(newest, readHeadOfFile(libraryFile(later)))).toBe(false);
  expect(isForeignWal(newest, readHeadOfFile(before))).toBe(true);
  newest.close();
});

it('sessions that crash one after the other before any checkpoint keep the library and their log together', async () => {
  const first = await openLibrary();
  await scanDisk(first, DISK);
  await first.library.call('close', null);
  let { directory } = first;
  for (const crash of [1, 2, 3, 4]) {
    const session = await openLibrary({ directory });
    await session.library.call('submitScan', { path: `/media/${crash}` });
    directory = copyOfCrash(session);
  }
  const last = await openLibrary({ directory });
  expect((await last.library.call('summary', null)).counts.all).toBe(Object.keys(DISK).length);
});
