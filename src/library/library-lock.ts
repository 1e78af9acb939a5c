import Database from 'better-sqlite3';

/** A process that was just killed may hold its lock for another moment. */
const LOCK_PATIENCE_MS = 1000;

/** The exclusive right to write a library, held until released or until the process is gone. */
export interface LibraryLock {
  release(): void;
}

/**
 * Takes the library's lock: a SQLite file of its own with an exclusive transaction left open. The system
 * releases it however the process ends, on every platform, and readers of the library are not hindered.
 * @throws SqliteError `SQLITE_BUSY` when another process holds it
 */
export function acquireLock(path: string): LibraryLock {
  const database = new Database(path, { timeout: LOCK_PATIENCE_MS });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (thrown) {
    database.close();
    throw thrown;
  }
  return { release: () => void database.close() };
}
