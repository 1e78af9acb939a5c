import { statSync } from 'node:fs';
import type { Connection } from './connection';

/** The WAL is copied into the database when it is larger than this. */
const CHECKPOINT_BYTES = 4 * 1024 * 1024;

/** Passive: copies what it can without making anybody wait. */
export function copyWalIntoDatabase(database: Connection): void {
  database.pragma('wal_checkpoint(PASSIVE)');
}

/** From now on the connection's commits never checkpoint by themselves. */
export function leaveCheckpointsToOthers(database: Connection): void {
  database.pragma('wal_autocheckpoint = 0');
}

/** Whether the WAL beside `databasePath` is due to be copied. */
export function isCheckpointDue(databasePath: string): boolean {
  const wal = statSync(`${databasePath}-wal`, { throwIfNoEntry: false });
  return wal !== undefined && wal.size > CHECKPOINT_BYTES;
}
