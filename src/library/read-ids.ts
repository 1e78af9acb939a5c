import type { Connection } from './connection';

/** Gathered into one text by SQLite: a call into JavaScript for every row costs several times more. */
export function readIds(
  database: Connection,
  sql: string,
  parameters: readonly (string | number)[],
): Uint32Array {
  const gathered = database
    .prepare<unknown[], string>(`SELECT json_group_array(id) FROM (${sql})`)
    .pluck()
    .get(...parameters);
  return Uint32Array.from(JSON.parse(gathered ?? '[]') as number[]);
}
