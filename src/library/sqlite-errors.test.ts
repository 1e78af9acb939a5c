import { describe, expect, it } from 'vitest';
import { VitrineError } from '../shared/errors';
import { isFailedSync, toLibraryError } from './sqlite-errors';

describe('errors of SQLite and the file system', () => {
  it.each([
    ['SQLITE_BUSY', 'LIBRARY_LOCKED'],
    ['SQLITE_BUSY_RECOVERY', 'LIBRARY_LOCKED'],
    ['SQLITE_NOTADB', 'LIBRARY_CORRUPT'],
    ['SQLITE_CORRUPT_VTAB', 'LIBRARY_CORRUPT'],
    ['SQLITE_FULL', 'DISK_FULL'],
    ['ENOSPC', 'DISK_FULL'],
    ['SQLITE_READONLY_DIRECTORY', 'LIBRARY_READ_ONLY'],
    ['SQLITE_CANTOPEN', 'LIBRARY_READ_ONLY'],
    ['EROFS', 'LIBRARY_READ_ONLY'],
    ['EBUSY', 'LIBRARY_LOCKED'],
  ])('%s becomes %s', (code, expected) => {
    const thrown = Object.assign(new Error('words'), { code });
    expect(toLibraryError(thrown)).toMatchObject({ code: expected });
  });

  it('tell a failed sync from other errors of the disk', () => {
    const failed = (code: string) =>
      isFailedSync(toLibraryError(Object.assign(new Error('words'), { code })));
    expect(['SQLITE_IOERR_FSYNC', 'SQLITE_IOERR_DIR_FSYNC'].map(failed)).toEqual([true, true]);
    expect(['SQLITE_IOERR_WRITE', 'SQLITE_FULL', 'ENOENT'].map(failed)).toEqual([
      false,
      false,
      false,
    ]);
    expect(isFailedSync(undefined)).toBe(false);
  });

  it('stay as they are when they are unknown or coded already', () => {
    const unknown = new Error('words');
    const coded = new VitrineError('STALE_RUN', 'over');
    expect(toLibraryError(unknown)).toBe(unknown);
    expect(toLibraryError(coded)).toBe(coded);
  });
});
