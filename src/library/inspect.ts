import { readdirSync, statSync } from 'node:fs';
import { VitrineError } from '../shared/errors';
import { listBackups } from './backups/backup-file';
import { EVIDENCE_PREFIX } from './backups/restore';
import { type Connection, openReaderConnection, openWriterConnection } from './connection';
import { isForeignWal, readHeadOfFile, sessionOfFile } from './foreign-wal';
import { assertIntact, sizeOf } from './integrity';
import { libraryFile, libraryJournal, libraryLog } from './library-files';
import { checkIdentity, schemaVersion } from './migrate';
import type { Migration } from './migrations/migration';
import { type LastSession, SessionMark } from './session-mark';
import { withDamageErrors } from './sqlite-errors';
import { damageOfWal } from './wal-damage';

/** A library up to this size is checked at every start, also after it was closed in order: it takes 50 ms. */
const ALWAYS_CHECKED_BYTES = 16 * 1024 * 1024;

/** Of https://www.sqlite.org/fileformat2.html#the_database_header */
const WRITE_VERSION_OFFSET = 18;
const WAL_WRITE_VERSION = 2;

/**
 * Looks at a library before anything is written to it. The connection only reads: one that writes would copy the log
 * into the file when it is closed, also where one of them is damaged.
 * @returns how the last session ended, null for a library that is still to be made
 * @throws LIBRARY_CORRUPT, LIBRARY_TOO_NEW
 */
export function inspectLibrary(
  directory: string,
  migrations: readonly Migration[],
): LastSession | null {
  assertNotVanished(directory);
  if (!isThere(directory)) return null;
  takeBackUnfinishedChange(directory);
  const damage = damageOfWal(libraryLog(directory));
  if (damage) throw corrupt(`The library is damaged: ${damage}.`);
  const { database, head } = openForInspection(directory, migrations);
  try {
    return withDamageErrors(() => lastSessionOfIntact(database, head, directory));
  } finally {
    database.close();
  }
}

function lastSessionOfIntact(
  database: Connection,
  head: Buffer,
  directory: string,
): LastSession | null {
  if (schemaVersion(database) === 0) return null;
  const last = new SessionMark(database).last;
  if (!last.closedCleanly || sizeOf(database) <= ALWAYS_CHECKED_BYTES) check(directory);
  return { ...last, sessionOfFile: sessionOfFile(database, head) };
}

/**
 * By a connection that may write: on others SQLite does not look at constraints. It is closed before the one that
 * only reads, so that it is not the last and copies nothing.
 */
function check(directory: string): void {
  const database = openWriterConnection(libraryFile(directory));
  try {
    assertIntact(database);
  } finally {
    database.close();
  }
}

/**
 * A connection that only reads, to a file that is a library of this version or an older one (0: of none yet), with
 * its own log beside it; with the beginning of the file as it was before.
 * @throws LIBRARY_CORRUPT, LIBRARY_TOO_NEW
 */
export function openForInspection(
  directory: string,
  migrations: readonly Migration[],
): { database: Connection; head: Buffer } {
  const head = readHeadOfFile(libraryFile(directory));
  assertWritableFormat(head);
  const database = withDamageErrors(() => openReaderConnection(libraryFile(directory)));
  try {
    withDamageErrors(() => {
      checkIdentity(database, migrations);
      if (schemaVersion(database) === 0) assertNeverUsed(directory);
      else if (sizeOnDisk(libraryLog(directory)) > 0 && isForeignWal(database, head)) {
        throw corrupt('The log beside the library file belongs to another library.');
      }
    });
    return { database, head };
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Whether there is a library's file; one of zero bytes is none. */
export function isThere(directory: string): boolean {
  return sizeOnDisk(libraryFile(directory)) > 0;
}

/**
 * A library that is empty or gone is a new one only where nothing tells of an older one: SQLite would make a new
 * one in silence, and delete the log.
 * @throws LIBRARY_CORRUPT
 */
export function assertNotVanished(directory: string): void {
  if (isThere(directory)) return;
  if (sizeOnDisk(libraryLog(directory)) > 0) throw vanished('its log is');
  assertNeverUsed(directory);
}

function assertNeverUsed(directory: string): void {
  if (listBackups(directory).length > 0) throw vanished('backups are');
  const evidence = readdirSync(directory).some((name) => name.startsWith(EVIDENCE_PREFIX));
  if (evidence) throw vanished('an older, damaged one is');
}

/**
 * A library gets its log when it is opened for the first time, a restored one too; when that is interrupted, a
 * rollback journal is left, which only a connection that may write can apply.
 */
function takeBackUnfinishedChange(directory: string): void {
  if (!isChangeUnfinished(directory)) return;
  const database = openWriterConnection(libraryFile(directory));
  try {
    withDamageErrors(() => schemaVersion(database));
  } finally {
    database.close();
  }
}

/** Whether the library was being given its log, so that it must be opened for writing once. */
export function isChangeUnfinished(directory: string): boolean {
  return sizeOnDisk(libraryJournal(directory)) > 0 && sizeOnDisk(libraryLog(directory)) === 0;
}

/** SQLite takes a file that says it needs a newer SQLite to write it for one that is only to be read. */
function assertWritableFormat(head: Buffer): void {
  const writeVersion = head[WRITE_VERSION_OFFSET];
  if (writeVersion !== undefined && writeVersion > WAL_WRITE_VERSION) {
    throw corrupt('The header of the library file is damaged.');
  }
}

function vanished(whatIsThere: string): VitrineError {
  return corrupt(`The library file is empty or gone, but ${whatIsThere} still there.`);
}

function corrupt(message: string): VitrineError {
  return new VitrineError('LIBRARY_CORRUPT', message);
}

function sizeOnDisk(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
