import Database from 'better-sqlite3';
import { VitrineError } from '../shared/errors';

export type Connection = Database.Database;

/** Marks a SQLite file as ours: `Vitr` in ASCII. */
export const APPLICATION_ID = 0x56697472;

const BUSY_TIMEOUT_MS = 5000;
/** Four times as much saved a scan of 100,000 files no time. */
const WRITER_CACHE_KIB = 16 * 1024;
/** To count a million videos, an index of more than 8 MiB is read: with room for it a page takes 1 ms, else 4. */
const READER_CACHE_KIB = 16 * 1024;
const SYNCHRONOUS_FULL = 2;

/**
 * The writing connection, which changes nothing in the file yet. Memory mapping stays off on purpose: a library on a drive that is
 * pulled out would then kill the process by a signal instead of failing with an error.
 */
export function openWriterConnection(path: string): Connection {
  const database = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    configure(database, WRITER_CACHE_KIB);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** A connection that only reads, beside a writer in this or another process. */
export function openReaderConnection(path: string): Connection {
  const database = new Database(path, {
    readonly: true,
    fileMustExist: true,
    timeout: BUSY_TIMEOUT_MS,
  });
  try {
    configure(database, READER_CACHE_KIB);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function configure(database: Connection, cacheKib: number): void {
  database.pragma(`cache_size = -${cacheKib}`);
  database.pragma('foreign_keys = ON');
  database.pragma('temp_store = MEMORY');
  ensureDurable(database);
}

/**
 * Sets `synchronous = FULL` and makes sure that it holds. In WAL mode the bundled SQLite falls back to
 * NORMAL when a connection first writes without an own setting, so this is called after the first write too.
 */
export function ensureDurable(database: Connection): void {
  database.pragma('synchronous = FULL');
  const level = database.pragma('synchronous', { simple: true });
  if (level !== SYNCHRONOUS_FULL) {
    throw new VitrineError('INTERNAL', `SQLite refuses synchronous = FULL and stays at ${level}.`);
  }
}
