import { readdirSync, statSync } from 'node:fs';
import { VitrineError } from '../shared/errors';
import { listBackups } from './backups/backup-file';
import { EVIDENCE_PREFIX } from './backups/restore';
import { type Connection, openReaderConnection } from './connection';
import { isForeignWal, readHeadOfFile } from './foreign-wal';
import { assertIntact, sizeOf } from './integrity';
import { libraryFile, libraryLog } from './library-files';
import { checkIdentity, schemaVersion } from './migrate';
import { type LastSession, SessionMark } from './session-mark';
import { damageOfWal } from './wal-damage';

/** A library up to this size is checked at every start, also after it was closed in order: it takes 50 ms. */
const ALWAYS_CHECKED_BYTES = 16 * 1024 * 1024;

/**
 * Looks at a library before anything is written to it. The connection only reads: one that writes would copy the log
 * into the file when it is closed, also where one of them is damaged.
 * @returns how the last session ended, null for a library that is still to be made
 * @throws LIBRARY_CORRUPT, LIBRARY_TOO_NEW
 */
export function inspectLibrary(directory: string, newestSchema: number): LastSession | null {
  assertNotVanished(directory);
  if (!isThere(directory)) return null;
  const damage = damageOfWal(libraryLog(directory));
  if (damage) throw corrupt(`The library is damaged: ${damage}.`);
  const database = openForInspection(directory, newestSchema);
  try {
    if (schemaVersion(database) === 0) return null;
    const last = new SessionMark(database).last;
    if (!last.closedCleanly || sizeOf(database) <= ALWAYS_CHECKED_BYTES) assertIntact(database);
    return last;
  } finally {
    database.close();
  }
}

/**
 * A connection that only reads, to a file that is a library of this version or an older one (0: of none yet), with
 * its own log beside it.
 * @throws LIBRARY_CORRUPT, LIBRARY_TOO_NEW
 */
export function openForInspection(directory: string, newestSchema: number): Connection {
  const head = readHeadOfFile(libraryFile(directory));
  const database = openReaderConnection(libraryFile(directory));
  try {
    checkIdentity(database, newestSchema);
    if (schemaVersion(database) === 0) assertNeverUsed(directory);
    else if (sizeOnDisk(libraryLog(directory)) > 0 && isForeignWal(database, head)) {
      throw corrupt('The log beside the library file belongs to another library.');
    }
    return database;
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

function vanished(whatIsThere: string): VitrineError {
  return corrupt(`The library file is empty or gone, but ${whatIsThere} still there.`);
}

function corrupt(message: string): VitrineError {
  return new VitrineError('LIBRARY_CORRUPT', message);
}

function sizeOnDisk(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
