import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Checkpointer } from './checkpointer';
import { openWriterConnection } from './connection';
import type { LibraryThreads } from './open-library';
import { bundleThreads } from './testing/thread-bundle';
import { copyWalIntoDatabase, leaveCheckpointsToOthers } from './wal';

let bundle: { threads: LibraryThreads; remove(): void };
let folder: string;

beforeAll(async () => {
  bundle = await bundleThreads();
  folder = mkdtempSync(join(tmpdir(), 'vitrine-checkpoint-'));
});
afterAll(() => {
  bundle.remove();
  rmSync(folder, { recursive: true });
});

const MEGABYTE = 1024 * 1024;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

it('keeps the WAL bounded while commit follows commit, and loses nothing', async () => {
  const databasePath = join(folder, 'library.sqlite');
  const database = openWriterConnection(databasePath);
  database.pragma('journal_mode = WAL');
  leaveCheckpointsToOthers(database);
  database.exec('CREATE TABLE lumps (id INTEGER PRIMARY KEY, lump BLOB)');
  let finished = 0;
  const checkpointer = new Checkpointer({
    workerPath: bundle.threads.checkpointer,
    databasePath,
    finish: async () => {
      await nextTurn();
      copyWalIntoDatabase(database);
      finished += 1;
    },
    onFailure: (thrown) => {
      throw thrown;
    },
  });
  const insert = database.prepare('INSERT INTO lumps (lump) VALUES (?)');
  const lump = Buffer.alloc(MEGABYTE / 4, 7);
  let written = 0;
  let largest = 0;
  // As long as it takes to see the WAL begun anew several times, on a disk of any speed.
  while (finished < 5) {
    insert.run(lump);
    written += 1;
    checkpointer.noteCommit();
    largest = Math.max(largest, statSync(`${databasePath}-wal`).size);
    await nextTurn();
  }
  const size = statSync(`${databasePath}-wal`).size;
  for (let count = 0; count < 8; count += 1) insert.run(lump);
  // Begun anew: what is written now overwrites the file's beginning instead of making it longer.
  expect(statSync(`${databasePath}-wal`).size).toBe(size);
  expect(largest).toBeLessThan((written * MEGABYTE) / 4);
  await checkpointer.close();
  expect(database.prepare('SELECT count(*) FROM lumps').pluck().get()).toBe(written + 8);
  expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  database.close();
});
