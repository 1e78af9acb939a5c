import { VitrineError } from '../shared/errors';
import { APPLICATION_ID, type Connection } from './connection';
import type { Migration } from './migrations/migration';

/** The schema's version: how many migrations the file has seen. */
export function schemaVersion(database: Connection): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** @throws LIBRARY_CORRUPT when the file is not a library, LIBRARY_TOO_NEW when it belongs to a newer Vitrine */
export function checkIdentity(database: Connection, newest: number): void {
  const applicationId = database.pragma('application_id', { simple: true });
  if (applicationId !== APPLICATION_ID && !isBlank(database)) {
    throw new VitrineError('LIBRARY_CORRUPT', 'The file is a database of another program.');
  }
  const version = schemaVersion(database);
  if (version === 0 && !isBlank(database)) {
    throw new VitrineError('LIBRARY_CORRUPT', 'The library does not say which schema it has.');
  }
  if (version > newest) {
    throw new VitrineError(
      'LIBRARY_TOO_NEW',
      `The library has schema ${version}; this version knows ${newest}.`,
      { version, newest },
    );
  }
}

/**
 * Brings the file to the newest schema, each step in a transaction.
 * @param backUp makes a backup before the first step of a library that is in use
 * @throws LIBRARY_CORRUPT when the file does not have the schema that it says it has
 */
export async function migrate(
  database: Connection,
  migrations: readonly Migration[],
  backUp: () => Promise<void>,
): Promise<void> {
  const from = schemaVersion(database);
  const due = migrations.filter(({ version }) => version > from);
  if (due.length === 0) return;
  if (from > 0) await backUp();
  for (const migration of due) {
    database
      .transaction(() => {
        apply(database, migration);
        database.pragma(`user_version = ${migration.version}`);
        database.pragma(`application_id = ${APPLICATION_ID}`);
      })
      .immediate();
  }
}

function apply(database: Connection, { sql, version }: Migration): void {
  try {
    database.exec(sql);
  } catch (thrown) {
    const { code, message } = thrown as Error & { code?: string };
    if (code !== 'SQLITE_ERROR') throw thrown;
    throw new VitrineError(
      'LIBRARY_CORRUPT',
      `The library cannot have the schema that it says it has: step ${version}: ${message}`,
    );
  }
}

function isBlank(database: Connection): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
