import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { VitrineError } from '../shared/errors';
import { APPLICATION_ID, type Connection } from './connection';
import type { Migration } from './migrations/migration';

/** The schema's version: how many migrations the file has seen. */
export function schemaVersion(database: Connection): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** @throws LIBRARY_CORRUPT when the file belongs to another program, LIBRARY_TOO_NEW when to a newer Vitrine */
export function checkIdentity(database: Connection, newest: number): void {
  const applicationId = database.pragma('application_id', { simple: true });
  if (applicationId !== APPLICATION_ID && !isBlank(database)) {
    throw new VitrineError('LIBRARY_CORRUPT', 'The file is a database of another program.');
  }
  const version = schemaVersion(database);
  if (version > newest) {
    throw new VitrineError(
      'LIBRARY_TOO_NEW',
      `The library has schema ${version}; this version knows ${newest}.`,
      { version, newest },
    );
  }
}

/** Brings the file to the newest schema, each step in a transaction, a copy in `backups` before the first. */
export function migrate(
  database: Connection,
  migrations: readonly Migration[],
  backups: string,
): void {
  const from = schemaVersion(database);
  const due = migrations.filter(({ version }) => version > from);
  if (due.length === 0) return;
  if (from > 0) backUp(database, backups, `before-schema-${due.at(-1)?.version}-from-${from}`);
  for (const migration of due) {
    database
      .transaction(() => {
        database.exec(migration.sql);
        database.pragma(`user_version = ${migration.version}`);
        database.pragma(`application_id = ${APPLICATION_ID}`);
      })
      .immediate();
  }
}

/** A copy under its final name is always a complete one. An older one of the same name gives way. */
function backUp(database: Connection, folder: string, name: string): void {
  mkdirSync(folder, { recursive: true });
  const half = join(folder, `${name}.partial`);
  rmSync(half, { force: true });
  database.prepare('VACUUM INTO ?').run(half);
  renameSync(half, join(folder, `${name}.sqlite`));
}

function isBlank(database: Connection): boolean {
  return database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}
