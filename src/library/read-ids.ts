import type { Connection } from './connection';

/**
 * Prepares a statement that answers IDs. They are gathered into one text by SQLite: a call into JavaScript for every
 * row costs several times more.
 */
export function prepareIds(
  database: Connection,
  sql: string,
): (...parameters: readonly (string | number | null)[]) => Uint32Array {
  const statement = database
    .prepare<unknown[], string>(`SELECT json_group_array(id) FROM (${sql})`)
    .pluck();
  return (...parameters) =>
    Uint32Array.from(JSON.parse(statement.get(...parameters) ?? '[]') as number[]);
}
