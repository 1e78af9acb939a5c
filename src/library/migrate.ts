import { VitrineError } from '../shared/errors';
import { APPLICATION_ID, type Connection } from './connection';
import type { Migration } from './migrations/migration';
import { missingInSchema } from './schema-shape';
import { withDamageErrors } from './sqlite-errors';

/** The schema's version: how many migrations the file has seen. */
export function schemaVersion(database: Connection): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/**
 * Makes sure that the file is a library of this version or an older one, or still blank.
 * @throws LIBRARY_CORRUPT when it is none, LIBRARY_TOO_NEW when it belongs to a newer Vitrine
 */
export function checkIdentity(database: Connection, migrations: readonly Migration[]): void {
  const newest = migrations.at(-1)?.version ?? 0;
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
  const missing = missingInSchema(database, migrations.slice(0, version));
  if (missing !== null) {
    throw new VitrineError('LIBRARY_CORRUPT', `The library is damaged: it lacks ${missing}.`);
  }
}

/**
 * Brings the file to the newest schema, each step in a transaction.
 * @param backUp makes a backup before the first step of a library that is in use
 * @throws LIBRARY_CORRUPT when the file does not have the schema that it says it has
 */
export function migrate(
  database: Connection,
  migrations: readonly Migration[],
  backUp: () => void,
): void {
  const from = schemaVersion(database);
  const due = migrations.filter(({ version }) => version > from);
  if (due.length === 0) return;
  if (from > 0) backUp();
  for (const migration of due) {
    database
      .transaction(() => {
        withDamageErrors(() => database.exec(migration.sql));
        database.pragma(`user_version = ${migration.version}`);
        database.pragma(`application_id = ${APPLICATION_ID}`);
      })
      .immediate();
  }
}

function isBlank(database: Connection): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
