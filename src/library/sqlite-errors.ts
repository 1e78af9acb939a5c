import { type ErrorCode, VitrineError } from '../shared/errors';

/** SQLite's and Node's codes by prefix; the first that fits wins. */
const CODES: readonly (readonly [prefix: string, code: ErrorCode, message: string])[] = [
  ['SQLITE_BUSY', 'LIBRARY_LOCKED', 'The library is in use by another process.'],
  ['SQLITE_LOCKED', 'LIBRARY_LOCKED', 'The library is in use by another process.'],
  ['EBUSY', 'LIBRARY_LOCKED', 'The library is in use by another process.'],
  ['SQLITE_CORRUPT', 'LIBRARY_CORRUPT', 'The library file is damaged.'],
  ['SQLITE_NOTADB', 'LIBRARY_CORRUPT', 'The library file is not a database.'],
  ['SQLITE_FULL', 'DISK_FULL', 'The disk that holds the library is full.'],
  // The shared-memory file beside the database is the only one that SQLite allocates ahead of writing.
  ['SQLITE_IOERR_SHMSIZE', 'DISK_FULL', 'The disk that holds the library is full.'],
  ['SQLITE_IOERR', 'LIBRARY_IO', 'The disk that holds the library reports an error.'],
  ['EIO', 'LIBRARY_IO', 'The disk that holds the library reports an error.'],
  ['ENOSPC', 'DISK_FULL', 'The disk that holds the library is full.'],
  ['EDQUOT', 'DISK_FULL', 'The disk quota is used up.'],
  ['SQLITE_READONLY', 'LIBRARY_READ_ONLY', 'The library cannot be written.'],
  ['SQLITE_CANTOPEN', 'LIBRARY_READ_ONLY', 'The library file cannot be opened or made.'],
  ['SQLITE_PERM', 'LIBRARY_READ_ONLY', 'The library cannot be written.'],
  ['EROFS', 'LIBRARY_READ_ONLY', 'The library is on a read-only volume.'],
  ['EACCES', 'LIBRARY_READ_ONLY', 'There is no permission to write the library.'],
  ['EPERM', 'LIBRARY_READ_ONLY', 'There is no permission to write the library.'],
  ['EEXIST', 'LIBRARY_READ_ONLY', 'A file stands where the library folder should be.'],
  ['ENOTDIR', 'LIBRARY_READ_ONLY', 'A file stands where the library folder should be.'],
];

/**
 * The one place where errors of SQLite and of the file system become coded ones.
 * What is unknown stays as it is and ends as `INTERNAL`.
 */
export function toLibraryError(thrown: unknown): unknown {
  if (thrown instanceof VitrineError || !(thrown instanceof Error)) return thrown;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  const known = CODES.find(([prefix]) => code.startsWith(prefix));
  if (!known) return thrown;
  return new VitrineError(known[1], `${known[2]} (${code}: ${thrown.message})`, { cause: code });
}

/**
 * Whether a sync to the disk failed. The system may have dropped what was to be written and says so once: the next
 * sync succeeds without it. Whatever a connection believes to be on the disk is in doubt from then on.
 */
export function isFailedSync(error: unknown): boolean {
  const cause = error instanceof VitrineError ? error.details?.['cause'] : undefined;
  return cause === 'SQLITE_IOERR_FSYNC' || cause === 'SQLITE_IOERR_DIR_FSYNC';
}

/** Runs `work`; whatever it throws comes out as a coded error. */
export function withLibraryErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    return throwLibraryError(thrown);
  }
}

/** The same for what a promise rejects with. */
export function throwLibraryError(thrown: unknown): never {
  throw toLibraryError(thrown);
}

/** Runs statements that are known to be right: where SQLite does not understand them, the file is not what it says. */
export function withDamageErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'SQLITE_ERROR'))
      throw thrown;
    throw new VitrineError('LIBRARY_CORRUPT', `The library file is damaged: ${thrown.message}`);
  }
}
