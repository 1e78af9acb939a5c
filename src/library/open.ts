import { existsSync, mkdirSync } from 'node:fs';
import { VitrineError } from '../shared/errors';
import type { LibraryMode } from '../shared/library-protocol';
import { removeUnfinishedBackup } from './backups/backup-file';
import { makeBackupAtOnce } from './backups/make-backup';
import { finishRestore, isRestoreUnfinished } from './backups/restore';
import { type Connection, ensureDurable, openWriterConnection } from './connection';
import {
  assertNotVanished,
  inspectLibrary,
  isChangeUnfinished,
  isThere,
  openForInspection,
} from './inspect';
import { libraryFile, lockFile } from './library-files';
import { acquireLock, type LibraryLock } from './library-lock';
import { migrate, schemaVersion } from './migrate';
import { MIGRATIONS } from './migrations';
import type { Migration } from './migrations/migration';
import type { LastSession } from './session-mark';
import { withLibraryErrors } from './sqlite-errors';

/** An open library file and, when it is open for writing, its lock. */
export interface LibraryFile {
  readonly directory: string;
  readonly mode: LibraryMode;
  readonly databasePath: string;
  readonly database: Connection;
  readonly schemaVersion: number;
  /** Null for a new library and one that is open for reading. */
  readonly lastSession: LastSession | null;
  /** Closes the file, and copies its log into it where this connection is the last. */
  close(): void;
}

/**
 * Opens the library in `directory`. Nothing is written but what a migration needs, and a damaged library is left
 * exactly as it is.
 * @throws LIBRARY_LOCKED, LIBRARY_READ_ONLY, LIBRARY_TOO_NEW, LIBRARY_CORRUPT, LIBRARY_NOT_FOUND, LIBRARY_IO, DISK_FULL
 */
export function openLibraryFile(
  directory: string,
  mode: LibraryMode,
  migrations: readonly Migration[] = MIGRATIONS,
): LibraryFile {
  return withLibraryErrors(() =>
    mode === 'write'
      ? openForWriting(directory, migrations)
      : openForReading(directory, migrations),
  );
}

function openForWriting(directory: string, migrations: readonly Migration[]): LibraryFile {
  mkdirSync(directory, { recursive: true });
  const lock = acquireLock(lockFile(directory));
  let database: Connection | null = null;
  try {
    removeUnfinishedBackup(directory);
    finishRestore(directory);
    const lastSession = inspectLibrary(directory, migrations);
    database = openWriterConnection(libraryFile(directory));
    database.pragma('journal_mode = WAL');
    migrate(database, migrations, () => makeBackupAtOnce(directory, Date.now()));
    ensureDurable(database);
    return writable(directory, database, lock, lastSession);
  } catch (thrown) {
    database?.close();
    lock.release();
    throw thrown;
  }
}

function writable(
  directory: string,
  database: Connection,
  lock: LibraryLock,
  lastSession: LastSession | null,
): LibraryFile {
  return {
    directory,
    mode: 'write',
    databasePath: libraryFile(directory),
    database,
    schemaVersion: schemaVersion(database),
    lastSession,
    close: () => {
      database.close();
      lock.release();
    },
  };
}

function openForReading(directory: string, migrations: readonly Migration[]): LibraryFile {
  const newest = migrations.at(-1)?.version ?? 0;
  if (isRestoreUnfinished(directory) || isChangeUnfinished(directory)) throw needsWriter();
  if (existsSync(directory)) assertNotVanished(directory);
  if (!isThere(directory)) {
    throw new VitrineError('LIBRARY_NOT_FOUND', `There is no library in ${directory}.`);
  }
  const { database } = openForInspection(directory, migrations);
  if (schemaVersion(database) < newest) {
    database.close();
    throw needsWriter();
  }
  return {
    directory,
    mode: 'read',
    databasePath: libraryFile(directory),
    database,
    schemaVersion: newest,
    lastSession: null,
    close: () => void database.close(),
  };
}

function needsWriter(): VitrineError {
  return new VitrineError(
    'LIBRARY_NOT_FOUND',
    'The library has to be opened for writing once before it can be read.',
  );
}
