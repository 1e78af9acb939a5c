import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { libraryFile, libraryLog } from '../library-files';
import type { TestLibrary, TestLibraryOptions } from './library-fixture';
import { type Disk, scanDisk } from './scan-fixture';

/** Videos of the library in its backup: enough for every kind of page. */
export const BACKED_UP = 300;
/** Videos that came after the backup, all in the log. */
export const SINCE_BACKUP = 20;

const PAGE_BYTES = 4096;

function files(count: number): Disk {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`card ${index % 7}/clip ${index}.mp4`, {}]),
  );
}

/**
 * A library as a process that was killed leaves it: with a backup, and commits since then in its log.
 * @returns the folder of the library, and what removes it
 */
export async function makeCrashedLibrary(
  openLibrary: (options: TestLibraryOptions) => Promise<TestLibrary>,
): Promise<{ directory: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-crashed-'));
  const live = join(folder, 'live');
  const first = await openLibrary({ directory: live });
  // Rows that come and go leave free pages.
  await scanDisk(first, files(BACKED_UP));
  await first.library.call('close', null);
  makeFreePages(live);
  const second = await openLibrary({ directory: live });
  await scanDisk(second, files(BACKED_UP + SINCE_BACKUP));
  const directory = join(folder, 'crashed');
  cpSync(live, directory, { recursive: true });
  await second.library.call('close', null);
  return { directory, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

function makeFreePages(directory: string): void {
  const database = new Database(libraryFile(directory));
  database.exec('CREATE TABLE passing (lump BLOB)');
  database.prepare('INSERT INTO passing VALUES (?)').run(Buffer.alloc(20 * PAGE_BYTES));
  database.exec('DROP TABLE passing');
  database.close();
}

/** Puts everything of the log into the file, as a checkpoint before the crash would have. */
export function checkpoint(directory: string): void {
  const database = new Database(libraryFile(directory));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

export type PageKind = 'table leaf' | 'table internal' | 'index leaf' | 'free';

/** A page in the middle of those of a kind, counted from 1. */
export function pageOf(directory: string, kind: PageKind): number {
  if (kind === 'free') return readFileSync(libraryFile(directory)).readUInt32BE(32);
  const [type, place] = kind.split(' ');
  const database = new Database(libraryFile(directory), { readonly: true });
  const pages = database
    .prepare<unknown[], number>(
      `SELECT pageno FROM dbstat JOIN sqlite_schema USING (name)
       WHERE type = ? AND pagetype = ? AND tbl_name = 'videos'`,
    )
    .pluck()
    .all(type, place);
  database.close();
  return pages[Math.floor(pages.length / 2)] ?? 0;
}

/** Turns every bit of a stretch of a file. */
export function flip(path: string, offset: number, length: number): void {
  const bytes = readFileSync(path);
  if (offset < 0 || offset + length > bytes.length) throw new Error('The file ends before that.');
  for (let at = offset; at < offset + length; at += 1) bytes[at] = 0xff ^ (bytes[at] ?? 0);
  writeFileSync(path, bytes);
}

export function flipPage(directory: string, page: number): void {
  flip(libraryFile(directory), (page - 1) * PAGE_BYTES, PAGE_BYTES);
}

/** Digests of the database and its log. No file counts as an empty one: SQLite makes an empty log to read. */
export function contentOf(directory: string): string[] {
  return [libraryFile(directory), libraryLog(directory)].map((path) =>
    createHash('sha256')
      .update(existsSync(path) ? readFileSync(path) : '')
      .digest('hex'),
  );
}
