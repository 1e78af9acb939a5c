import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { toErrorShape, VitrineError } from '../../shared/errors';
import type { Backup } from '../../shared/library';
import { openWriterConnection } from '../connection';
import { renameDurably, syncFile } from '../durable-files';
import { assertIntact } from '../integrity';
import { libraryFile, lockFile } from '../library-files';
import { acquireLock } from '../library-lock';
import { checkIdentity, schemaVersion } from '../migrate';
import type { Migration } from '../migrations/migration';
import { toLibraryError, withLibraryErrors } from '../sqlite-errors';
import { backupsFolder, listBackups, timeInName } from './backup-file';

/** Folders with what a backup replaced are named so, with the time. */
export const EVIDENCE_PREFIX = 'damaged-';

/** What is replaced: the database and what SQLite keeps beside it. */
const SUFFIXES = ['', '-wal', '-shm', '-journal'];

/** What came back, and where the files that stood there are kept; null when there were none. */
export interface Restored {
  backup: Backup;
  evidence: string | null;
}

interface Move {
  from: string;
  to: string;
}

/**
 * Puts a copy of a backup in the library's place and keeps what stood there. Whatever happens in between, a power
 * cut too, the library is the old one or the new one: a copy that is complete, checked and on the disk gets the name
 * `library.sqlite.restored`, and whoever opens a library that has such a file finishes what was begun.
 * @throws VitrineError BACKUP_NOT_FOUND, BACKUP_DAMAGED, LIBRARY_LOCKED, LIBRARY_TOO_NEW, DISK_FULL,
 *   LIBRARY_READ_ONLY, LIBRARY_IO; the library is as it was then
 */
export function restoreBackup(
  directory: string,
  backupId: string,
  migrations: readonly Migration[],
): Restored {
  return withLibraryErrors(() => {
    // Looked up, not joined to a path: an ID can name nothing but a backup.
    const backup = listBackups(directory).find((one) => one.backupId === backupId);
    if (!backup) throw new VitrineError('BACKUP_NOT_FOUND', `There is no backup ${backupId}.`);
    const lock = acquireLock(lockFile(directory));
    try {
      finishRestore(directory);
      prepare(directory, backup, migrations);
      const forget = () => rmSync(preparedFile(directory), { force: true });
      return { backup, evidence: replace(directory, forget) };
    } finally {
      lock.release();
    }
  });
}

/** Finishes a restore that was interrupted after its copy was complete; forgets one that was interrupted before. */
export function finishRestore(directory: string): void {
  rmSync(copyInTheMaking(directory), { force: true });
  if (existsSync(preparedFile(directory))) replace(directory, () => undefined);
}

/** Whether a restore was interrupted, so that the library must be opened for writing once. */
export function isRestoreUnfinished(directory: string): boolean {
  return existsSync(preparedFile(directory));
}

function prepare(directory: string, { backupId }: Backup, migrations: readonly Migration[]): void {
  const copy = copyInTheMaking(directory);
  try {
    const backup = join(backupsFolder(directory), backupId);
    copyFileSync(backup, copy, constants.COPYFILE_FICLONE);
    syncFile(copy);
    checkCopy(copy, backupId, migrations);
    renameDurably(copy, preparedFile(directory));
  } catch (thrown) {
    rmSync(copy, { force: true });
    rmSync(preparedFile(directory), { force: true });
    throw thrown;
  }
}

function checkCopy(path: string, backupId: string, migrations: readonly Migration[]): void {
  try {
    const database = openWriterConnection(path);
    try {
      checkIdentity(database, migrations);
      if (schemaVersion(database) === 0) throw new VitrineError('LIBRARY_CORRUPT', 'It is empty.');
      assertIntact(database, { wholeCheckBytes: Number.POSITIVE_INFINITY });
    } finally {
      database.close();
    }
  } catch (thrown) {
    const { code, message } = toErrorShape(toLibraryError(thrown));
    if (code !== 'LIBRARY_CORRUPT') throw thrown;
    throw new VitrineError('BACKUP_DAMAGED', `The backup ${backupId} is damaged: ${message}`);
  }
}

/**
 * Moves the old files away and the prepared copy into their place.
 * @param onUndone called when that failed and everything is where it was before the call
 * @returns the folder with the old files
 */
function replace(directory: string, onUndone: () => void): string | null {
  const prepared = preparedFile(directory);
  // The same at every attempt to finish the same restore.
  const evidence = join(directory, `${EVIDENCE_PREFIX}${timeInName(statSync(prepared).mtimeMs)}`);
  const moves = SUFFIXES.map((suffix) => `${libraryFile(directory)}${suffix}`)
    .filter((from) => existsSync(from))
    .map((from) => ({ from, to: join(evidence, basename(from)) }));
  try {
    if (moves.length > 0) mkdirSync(evidence, { recursive: true });
    for (const { from, to } of moves) renameDurably(from, to);
    renameDurably(prepared, libraryFile(directory));
  } catch (thrown) {
    undo(moves, evidence);
    onUndone();
    throw thrown;
  }
  return moves.length > 0 ? evidence : null;
}

/** When this fails too, the next opening finishes the restore. */
function undo(moves: readonly Move[], evidence: string): void {
  for (const { from, to } of moves) {
    if (existsSync(to)) renameSync(to, from);
  }
  try {
    rmdirSync(evidence);
  } catch {
    // It was not made, or holds what an earlier attempt moved there.
  }
}

function copyInTheMaking(directory: string): string {
  return `${libraryFile(directory)}.restoring`;
}

function preparedFile(directory: string): string {
  return `${libraryFile(directory)}.restored`;
}
