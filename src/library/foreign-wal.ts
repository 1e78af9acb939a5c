import { closeSync, openSync, readSync } from 'node:fs';
import type { Connection } from './connection';
import { SessionMark } from './session-mark';

/** The table with the session's name is the first of the schema: its page is the second. */
const HEAD_BYTES = 64 * 1024;

/**
 * The beginning of the library's file as it stands there, without what the log (WAL) has newer. To be read before
 * the library is opened: closing a file drops every lock that the process has on it.
 */
export function readHeadOfFile(databasePath: string): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  const file = openSync(databasePath, 'r');
  try {
    return head.subarray(0, readSync(file, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * Whether the log beside the library's file belongs to another file: SQLite would take it without a word and copy
 * another library's pages over this one's. It happens when files are put in place by hand and an old log stays.
 *
 * Every log carries the name of its session (see `SessionMark`). The file carries it too from the session's first
 * checkpoint on. Until then it carries the name of an earlier session, which the log knows as well.
 * @param database the library as SQLite sees it, with the log
 * @param head what {@link readHeadOfFile} gave before
 */
export function isForeignWal(database: Connection, head: Buffer): boolean {
  const inFile = metaPageIn(head, database);
  // A file that never saw a checkpoint has nothing that could be taken from it.
  if (inFile === null) return false;
  // Every library says whether it was closed: this page is another table's.
  if (!inFile.includes('closed')) return true;
  // Sessions have names since schema 2.
  return inFile.includes('session') && sessionOfFile(database, head) === null;
}

/**
 * Name of the session that wrote the file as it stands there, which may be older than the last one: a session that
 * ended before its first checkpoint is in the log only. Null where it is none that the log knows.
 * @param database the library as SQLite sees it, with the log
 * @param head what {@link readHeadOfFile} gave before
 */
export function sessionOfFile(database: Connection, head: Buffer): string | null {
  const inFile = metaPageIn(head, database);
  if (inFile === null) return null;
  const names = new SessionMark(database).names;
  return names.find((name) => inFile.includes(`session${name}`)) ?? null;
}

/**
 * The page of the few rows of `meta`, null when the file does not reach that far. Each row stands there as its key
 * and value in plain text, one after the other (https://www.sqlite.org/fileformat2.html).
 */
function metaPageIn(head: Buffer, database: Connection): Buffer | null {
  const root = database
    .prepare<[], number>("SELECT rootpage FROM sqlite_schema WHERE name = 'meta'")
    .pluck()
    .get();
  if (root === undefined) return Buffer.alloc(0);
  const pageSize = Number(database.pragma('page_size', { simple: true }));
  const end = root * pageSize;
  return head.length < end ? null : head.subarray(end - pageSize, end);
}
