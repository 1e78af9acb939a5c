import type { ErrorCode, ErrorShape } from '../../../shared/errors';
import { describeError, type ErrorWords } from '../../errors';

/** Words for errors that mean something else, or something more, when it is the library that does not open. */
const WORDS: Readonly<Partial<Record<ErrorCode, ErrorWords>>> = {
  LIBRARY_CORRUPT: {
    title: 'The library is damaged',
    meaning:
      'Its database does not read correctly, as happens after a power cut or on a failing drive. Nothing was deleted: the damaged library is kept as it is, and your videos are not affected.',
    // What to do depends on whether there are backups; they stand below it.
    action: '',
  },
  DISK_FULL: {
    title: 'There is no room to open the library',
    meaning: 'The drive that it is on is full. Nothing is lost.',
    action: 'Free some space on that drive, then try again.',
  },
  LIBRARY_READ_ONLY: {
    title: 'The library cannot be written to',
    meaning:
      'Its folder or drive is read-only, so nothing that is found or that you write could be kept. Nothing is lost.',
    action: 'Make the folder writable, or move the library to another drive, then try again.',
  },
  PERMISSION_DENIED: {
    title: 'Vitrine may not open the library',
    meaning: 'The system does not give your account access to its folder. Nothing is lost.',
    action: 'Change the permissions of the folder, then try again.',
  },
};

/** What the person reads when the library does not open. */
export function describeLibraryFailure(error: Pick<ErrorShape, 'code'>): ErrorWords {
  return WORDS[error.code] ?? describeError(error);
}
