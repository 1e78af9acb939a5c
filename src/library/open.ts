import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { VitrineError } from '../shared/errors';
import type { LibraryMode } from '../shared/library-protocol';
import {
  type Connection,
  ensureDurable,
  openReaderConnection,
  openWriterConnection,
} from './connection';
import { acquireLock, type LibraryLock } from './library-lock';
import { checkIdentity, migrate, schemaVersion } from './migrate';
import { MIGRATIONS } from './migrations';
import type { Migration } from './migrations/migration';
import { withLibraryErrors } from './sqlite-errors';

/** An open library file and, when it is open for writing, its lock. */
export interface LibraryFile {
  readonly directory: string;
  readonly mode: LibraryMode;
  readonly databasePath: string;
  readonly database: Connection;
  readonly schemaVersion: number;
  close(): void;
}

/**
 * Opens the library in `directory`.
 * @throws LIBRARY_LOCKED, LIBRARY_READ_ONLY, LIBRARY_TOO_NEW, LIBRARY_CORRUPT, LIBRARY_NOT_FOUND, DISK_FULL
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
  const lock = acquireLock(join(directory, 'lock.sqlite'));
  let database: Connection | null = null;
  try {
    const databasePath = join(directory, 'library.sqlite');
    database = openWriterConnection(databasePath);
    checkIdentity(database, newestOf(migrations));
    database.pragma('journal_mode = WAL');
    if (schemaVersion(database) > 0 && !wasClosedCleanly(database)) checkIntegrity(database);
    migrate(database, migrations, join(directory, 'backups'));
    markClosedCleanly(database, false);
    ensureDurable(database);
    return writable(directory, databasePath, database, lock);
  } catch (thrown) {
    database?.close();
    lock.release();
    throw thrown;
  }
}

function writable(
  directory: string,
  databasePath: string,
  database: Connection,
  lock: LibraryLock,
): LibraryFile {
  return {
    directory,
    mode: 'write',
    databasePath,
    database,
    schemaVersion: schemaVersion(database),
    close: () => {
      try {
        markClosedCleanly(database, true);
        database.pragma('wal_checkpoint(TRUNCATE)');
      } finally {
        database.close();
        lock.release();
      }
    },
  };
}

function openForReading(directory: string, migrations: readonly Migration[]): LibraryFile {
  const databasePath = join(directory, 'library.sqlite');
  if (!existsSync(databasePath)) {
    throw new VitrineError('LIBRARY_NOT_FOUND', `There is no library in ${directory}.`);
  }
  const database = openReaderConnection(databasePath);
  try {
    const newest = newestOf(migrations);
    checkIdentity(database, newest);
    if (schemaVersion(database) < newest) {
      throw new VitrineError(
        'LIBRARY_NOT_FOUND',
        'The library has to be opened for writing once before it can be read.',
      );
    }
    return {
      directory,
      mode: 'read',
      databasePath,
      database,
      schemaVersion: newest,
      close: () => void database.close(),
    };
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function newestOf(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0;
}

function wasClosedCleanly(database: Connection): boolean {
  return (
    database.prepare("SELECT 1 FROM meta WHERE key = 'closed' AND value = 'yes'").get() !==
    undefined
  );
}

function markClosedCleanly(database: Connection, clean: boolean): void {
  database
    .prepare(
      "INSERT INTO meta VALUES ('closed', ?) ON CONFLICT DO UPDATE SET value = excluded.value",
    )
    .run(clean ? 'yes' : 'no');
}

/** After a crash or a power cut. Nothing is repaired or thrown away here: the file stays as evidence. */
function checkIntegrity(database: Connection): void {
  const findings = database.pragma('quick_check(5)') as { quick_check: string }[];
  if (findings.length === 1 && findings[0]?.quick_check === 'ok') return;
  throw new VitrineError(
    'LIBRARY_CORRUPT',
    `The library file is damaged: ${findings.map((finding) => finding.quick_check).join('; ')}`,
  );
}
