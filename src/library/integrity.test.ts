import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Connection } from './connection';
import { assertIntact } from './integrity';
import { libraryFile } from './library-files';
import { openLibraryFile } from './open';
import { flipPage } from './testing/damage-fixture';
import { libraryFixture } from './testing/library-fixture';

const { temporaryFolder } = libraryFixture();

/** A library with rows that refer to each other, changed by `sql` without SQLite's help. */
function libraryAfter(sql: string): Connection {
  const directory = temporaryFolder();
  openLibraryFile(directory, 'write').close();
  const database = new Database(libraryFile(directory));
  database.exec(`
    INSERT INTO tags (id, name, name_key) VALUES (1, 'Sea', 'sea');
    INSERT INTO settings VALUES ('a', '1');
    PRAGMA foreign_keys = OFF;
    PRAGMA ignore_check_constraints = ON;
    ${sql};
    PRAGMA ignore_check_constraints = OFF;`);
  return database;
}

/** A library in which the page of a table is damaged. */
function libraryWithDamaged(table: string): Connection {
  const directory = join(temporaryFolder(), 'library');
  openLibraryFile(directory, 'write').close();
  const database = new Database(libraryFile(directory));
  const page = database
    .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(table);
  database.close();
  flipPage(directory, page ?? 0);
  return new Database(libraryFile(directory));
}

const HUGE = { wholeCheckBytes: 0 };
const CORRUPT = expect.objectContaining({ code: 'LIBRARY_CORRUPT' });

describe('the check of a library', () => {
  it('has nothing to say about one that is intact, whatever its size', () => {
    const database = libraryAfter('');
    expect(() => assertIntact(database)).not.toThrow();
    expect(() => assertIntact(database, HUGE)).not.toThrow();
    database.close();
  });

  it.each([
    ['a reference to nothing', 'INSERT INTO video_tags VALUES (99, 1)', /video_tags.*videos/],
    [
      'a value that cannot be',
      `INSERT INTO jobs (job_id, kind, target, state, payload, created_at)
       VALUES ('x', 'scan', '/', 'asleep', '{}', 1)`,
      /CHECK/,
    ],
  ])('finds %s', (_, sql, words) => {
    const database = libraryAfter(sql);
    expect(() => assertIntact(database)).toThrow(words);
    database.close();
  });

  it('looks at a huge one for a limited time, first at what no scan could find again', () => {
    const noTime = { ...HUGE, budgetMs: 0 };
    for (const [table, limits, found] of [
      ['user_data', noTime, true],
      ['probes', noTime, false],
      ['probes', HUGE, true],
    ] as const) {
      const database = libraryWithDamaged(table);
      const check = expect(() => assertIntact(database, limits));
      if (found) check.toThrow(CORRUPT);
      else check.not.toThrow();
      database.close();
    }
  });
});
