import Database from 'better-sqlite3';
import type { Connection } from './connection';
import type { Migration } from './migrations/migration';

/**
 * Tables with their columns and references, indexes with their columns. Not the SQL: SQLite may word what it alters
 * differently one day.
 */
const SHAPE = `
  SELECT 'table ' || s.name || ' ' || group_concat(concat_ws(' ', c.name, c.type, c."notnull", c.pk), ',' ORDER BY c.cid)
  FROM sqlite_schema AS s JOIN pragma_table_xinfo(s.name) AS c WHERE s.type = 'table' GROUP BY s.name
  UNION ALL
  SELECT 'index ' || s.name || ' ' || s.tbl_name || ' ' || group_concat(ifnull(c.name, '-'), ',' ORDER BY c.seqno)
  FROM sqlite_schema AS s JOIN pragma_index_xinfo(s.name) AS c WHERE s.type = 'index' GROUP BY s.name
  UNION ALL
  SELECT 'reference ' || concat_ws(' ', s.name, r."from", r."table", r."to", r.on_update, r.on_delete)
  FROM sqlite_schema AS s JOIN pragma_foreign_key_list(s.name) AS r WHERE s.type = 'table'`;

/** What the migrations make that `database` does not have; null when it has everything. */
export function missingInSchema(
  database: Connection,
  migrations: readonly Migration[],
): string | null {
  const expected = new Database(':memory:');
  try {
    for (const { sql } of migrations) expected.exec(sql);
    const there = new Set(shapeOf(database));
    return shapeOf(expected).find((line) => !there.has(line)) ?? null;
  } finally {
    expected.close();
  }
}

function shapeOf(database: Connection): string[] {
  return database.prepare<[], string>(SHAPE).pluck().all();
}
