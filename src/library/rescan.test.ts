import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { WalkedFile } from '../shared/library-protocol';
import { packFiles } from '../shared/walked-files';
import { libraryFixture } from './testing/library-fixture';
import { claimScan, type Disk, scanDisk, scanSteps } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

/** From now on every write to these tables fails. */
function forbidWrites(directory: string, tables: readonly string[]): void {
  const database = new Database(join(directory, 'library.sqlite'));
  for (const table of tables) {
    for (const change of ['INSERT', 'UPDATE', 'DELETE']) {
      database.exec(`CREATE TRIGGER no_${change}_${table} BEFORE ${change} ON ${table}
        BEGIN SELECT RAISE(ABORT, '${change} of ${table}'); END`);
    }
  }
  database.close();
}

it('a rescan of what is as it was writes no row', async () => {
  const library = await openLibrary();
  const disk: Disk = Object.fromEntries(
    Array.from({ length: 1_000 }, (_, index) => [`${index % 7}/clip ${index}.mp4`, {}]),
  );
  await scanDisk(library, { ...disk, 'broken.mp4': {} });
  forbidWrites(library.directory, ['videos', 'folders', 'problems', 'streams', 'probes_in_flight']);
  const { result, job } = await scanDisk(library, { ...disk, 'broken.mp4': {} });
  expect(result).toMatchObject({ discovered: 1_001, unchanged: 1_001, unreadable: 1 });
  expect(job).toMatchObject({ state: 'succeeded', done: 1_001, problems: 1 });
});

it('a rescan does not take a name that is no text for one that reads the same', async () => {
  const library = await openLibrary();
  const version = { sizeBytes: 1, mtimeMs: 2, inode: 3 };
  await scanDisk(library, { '\\xFF.mp4': version });
  const job = await claimScan(library);
  const steps = scanSteps(library, job);
  await steps.begin();
  const files: WalkedFile[] = [Buffer.from('\xff.mp4', 'latin1'), null].map((nameBytes) => ({
    name: '\\xFF.mp4',
    nameBytes,
    ...version,
  }));
  const folders = [{ path: '', pathBytes: null, mounted: false, files: packFiles(files) }];
  const { jobId, runToken } = job;
  const counts = await library.sink.call('reconcile', { jobId, runToken, folders });
  expect(counts).toMatchObject({ discovered: 2, done: 1 });
});
