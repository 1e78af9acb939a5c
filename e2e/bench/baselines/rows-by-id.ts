import Database from 'better-sqlite3';

/**
 * The least that a page costs: its rows in the order of their numbers, by SQLite alone, without a filter.
 * @param rows how many the table has
 * @returns milliseconds of each of `times` pages, from places all over the table
 */
export function timeRowsById(
  databasePath: string,
  { rows, pageSize, times }: { rows: number; pageSize: number; times: number },
): number[] {
  const database = new Database(databasePath, { readonly: true });
  try {
    const page = database.prepare(
      `SELECT * FROM videos WHERE id > ? ORDER BY id LIMIT ${pageSize}`,
    );
    return Array.from({ length: times }, (_, index) => {
      const startedAt = performance.now();
      page.all(Math.floor((rows / times) * index));
      return performance.now() - startedAt;
    });
  } finally {
    database.close();
  }
}
