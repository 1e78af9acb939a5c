import { mkdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
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
import { toLibraryError, withLibraryErrors } from '../sqlite-errors';
import { backupName, backupsFolder, removeUnfinishedBackup, unfinishedBackup } from './backup-file';

/** Pages in one step: 4 MB. Between two the thread that makes the backup may be ended. */
const PAGES_A_STEP = 1000;

/** What a copy must agree on with its source. */
interface Facts {
  schemaVersion: number;
  videoCount: number;
}

/** A copy in the making. */
interface Copy {
  directory: string;
  source: Connection;
  /** The copy's file. */
  target: string;
}

/**
 * Copies the library as it is at this moment, beside whoever writes to it. Under its final name there is always a
 * complete copy that was checked and is on the disk.
 * @throws VitrineError `LIBRARY_CORRUPT` when it is the library that is damaged, `DISK_FULL`, `LIBRARY_IO`
 */
export async function makeBackup(directory: string, madeAtMs: number): Promise<Backup> {
  const copy = beginCopy(directory);
  try {
    // What is committed meanwhile neither gets in nor makes the copy begin anew.
    copy.source.exec('BEGIN');
    const facts = factsOf(copy.source);
    await copy.source.backup(copy.target, { progress: () => PAGES_A_STEP });
    return finishCopy(copy, facts, madeAtMs);
  } catch (thrown) {
    throw giveUpCopy(copy, thrown);
  }
}

/** As {@link makeBackup}, at one go and where nobody else writes: before a migration. */
export function makeBackupAtOnce(directory: string, madeAtMs: number): Backup {
  const copy = beginCopy(directory);
  try {
    const facts = factsOf(copy.source);
    copy.source.prepare('VACUUM INTO ?').run(copy.target);
    return finishCopy(copy, facts, madeAtMs);
  } catch (thrown) {
    throw giveUpCopy(copy, thrown);
  }
}

function beginCopy(directory: string): Copy {
  removeUnfinishedBackup(directory);
  return withLibraryErrors(() => {
    mkdirSync(backupsFolder(directory), { recursive: true });
    const source = openReaderConnection(libraryFile(directory));
    try {
      assertRoom(source, backupsFolder(directory));
    } catch (thrown) {
      source.close();
      throw thrown;
    }
    return { directory, source, target: unfinishedBackup(directory) };
  });
}

/** A backup must not take the last room from the library that it is for: as much again stays free. */
function assertRoom(database: Connection, folder: string): void {
  const { blocks, bavail, bsize } = statfsSync(folder);
  // Some network drives do not tell.
  if (blocks === 0 || bavail * bsize >= 2 * sizeOf(database)) return;
  throw new VitrineError('DISK_FULL', 'There is too little room for a backup of the library.');
}

function giveUpCopy({ directory, source }: Copy, thrown: unknown): unknown {
  source.close();
  removeUnfinishedBackup(directory);
  return toLibraryError(thrown);
}

function finishCopy({ directory, source, target }: Copy, facts: Facts, madeAtMs: number): Backup {
  // To check the copy takes a while, and the library's log cannot begin anew under a reader.
  source.close();
  checkCopy(target, facts, directory);
  syncFile(target);
  const { videoCount } = facts;
  const backupId = backupName(madeAtMs, videoCount);
  const sizeBytes = statSync(target).size;
  renameDurably(target, join(backupsFolder(directory), backupId));
  return { backupId, madeAtMs, sizeBytes, videoCount };
}

function checkCopy(path: string, facts: Facts, directory: string): void {
  const database = new Database(path);
  try {
    // A single file, which can be opened without making others beside it.
    database.pragma('journal_mode = DELETE');
    assertSame(factsOf(database), facts);
    assertIntact(database, { wholeCheckBytes: Number.POSITIVE_INFINITY });
    new SessionMark(database).end(true);
  } catch (thrown) {
    throw explained(toLibraryError(thrown), directory);
  } finally {
    database.close();
  }
}

/** Damage of a copy is the library's own, unless the library turns out to be intact. */
function explained(error: unknown, directory: string): unknown {
  if (!(error instanceof VitrineError) || error.code !== 'LIBRARY_CORRUPT') return error;
  // The library is open, so that this one, which may write, is not the last to be closed and copies nothing.
  const source = openWriterConnection(libraryFile(directory));
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
