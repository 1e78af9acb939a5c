import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { VitrineError } from '../../shared/errors';
import type { Backup } from '../../shared/library';
import {
  APPLICATION_ID,
  type Connection,
  openReaderConnection,
  openWriterConnection,
} from '../connection';
import { renameDurably, syncFile } from '../durable-files';
import { assertIntact, sizeOf } from '../integrity';
import { libraryFile } from '../library-files';
import { schemaVersion } from '../migrate';
import { SessionMark } from '../session-mark';
import { toLibraryError } from '../sqlite-errors';
import { backupName, backupsFolder, removeUnfinishedBackup, unfinishedBackup } from './backup-file';

/** Pages in one step: 4 MB. Between two the thread that makes the backup may be ended. */
const PAGES_A_STEP = 1000;

/** What a copy must agree on with its source. */
interface Facts {
  schemaVersion: number;
  videoCount: number;
}

/**
 * Copies the library as it is at this moment, beside whoever writes to it. Under its final name there is always a
 * complete copy that was checked and is on the disk.
 * @throws VitrineError `LIBRARY_CORRUPT` when it is the library that is damaged, `DISK_FULL`, `LIBRARY_IO`
 */
export async function makeBackup(directory: string, madeAtMs: number): Promise<Backup> {
  const databasePath = libraryFile(directory);
  const folder = backupsFolder(directory);
  const unfinished = unfinishedBackup(directory);
  try {
    mkdirSync(folder, { recursive: true });
    removeUnfinishedBackup(directory);
    const facts = await copy(databasePath, unfinished);
    finishCopy(unfinished, facts, databasePath);
    syncFile(unfinished);
    const { videoCount } = facts;
    const backup = { backupId: backupName(madeAtMs, videoCount), madeAtMs, videoCount };
    const sizeBytes = statSync(unfinished).size;
    renameDurably(unfinished, join(folder, backup.backupId));
    return { ...backup, sizeBytes };
  } catch (thrown) {
    removeUnfinishedBackup(directory);
    throw toLibraryError(thrown);
  }
}

/** A backup must not take the last room from the library that it is for: as much again stays free. */
function assertRoom(database: Connection, folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= 2 * sizeOf(database)) return;
  throw new VitrineError('DISK_FULL', 'There is too little room for a backup of the library.');
}

/** In one read transaction: what is committed meanwhile neither gets in nor makes the copy begin anew. */
async function copy(databasePath: string, target: string): Promise<Facts> {
  const source = openReaderConnection(databasePath);
  try {
    source.exec('BEGIN');
    assertRoom(source, dirname(target));
    const facts = factsOf(source);
    await source.backup(target, { progress: () => PAGES_A_STEP });
    return facts;
  } finally {
    source.close();
  }
}

function finishCopy(path: string, facts: Facts, databasePath: string): void {
  const database = new Database(path);
  try {
    // A single file, which can be opened without making others beside it.
    database.pragma('journal_mode = DELETE');
    assertSame(factsOf(database), facts);
    assertIntact(database, { wholeCheckBytes: Number.POSITIVE_INFINITY });
    new SessionMark(database).end(true);
  } catch (thrown) {
    throw explained(toLibraryError(thrown), databasePath);
  } finally {
    database.close();
  }
}

/** Damage of a copy is the library's own, unless the library turns out to be intact. */
function explained(error: unknown, databasePath: string): unknown {
  if (!(error instanceof VitrineError) || error.code !== 'LIBRARY_CORRUPT') return error;
  // The library is open, so that this one, which may write, is not the last to be closed and copies nothing.
  const source = openWriterConnection(databasePath);
  try {
    assertIntact(source, { wholeCheckBytes: Number.POSITIVE_INFINITY });
  } finally {
    source.close();
  }
  return new VitrineError('LIBRARY_IO', `A copy of the library was damaged (${error.message})`);
}

function factsOf(database: Connection): Facts {
  if (database.pragma('application_id', { simple: true }) !== APPLICATION_ID) {
    throw new VitrineError('LIBRARY_CORRUPT', 'The file is a database of another program.');
  }
  const videoCount = database
    .prepare<[], number>(
      'SELECT count(*) FROM videos WHERE root_id IN (SELECT id FROM roots WHERE removed_at IS NULL)',
    )
    .pluck()
    .get();
  return { schemaVersion: schemaVersion(database), videoCount: videoCount ?? 0 };
}

function assertSame(copied: Facts, source: Facts): void {
  const same =
    copied.schemaVersion === source.schemaVersion && copied.videoCount === source.videoCount;
  if (!same) throw new VitrineError('LIBRARY_CORRUPT', 'The copy differs from the library.');
}
