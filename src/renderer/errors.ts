import type { ErrorCode, ErrorShape } from '../shared/errors';

/** What a person reads about an error, in this order. */
export interface ErrorWords {
  /** What happened. */
  title: string;
  /** What it means for them. */
  meaning: string;
  /** What to do; empty where there is nothing to do. */
  action: string;
}

const NOTHING_LOST = 'Your library and your videos are unchanged.';
const REPORT = 'If it happens again, please report it with the technical details.';

const WORDS: Readonly<Record<ErrorCode, ErrorWords>> = {
  INVALID_REQUEST: {
    title: 'Vitrine asked itself for something it does not understand',
    meaning: `This is a mistake in Vitrine. ${NOTHING_LOST}`,
    action: REPORT,
  },
  FORBIDDEN_SENDER: {
    title: 'A request was refused',
    meaning: `It did not come from Vitrine’s own window. ${NOTHING_LOST}`,
    action: 'Restart Vitrine. If it happens again, please report it.',
  },
  JOB_NOT_FOUND: {
    title: 'This job is no longer known',
    meaning: 'It was probably cleared from the history.',
    action: 'Start it again if you still need it.',
  },
  ROOT_NOT_FOUND: {
    title: 'This folder is no longer in the library',
    meaning: 'It was removed in the meantime. The files in it are untouched.',
    action: 'Add the folder again to bring its videos and tags back.',
  },
  ROOT_OFFLINE: {
    title: 'This folder cannot be reached',
    meaning: 'Its drive or network share is not connected. Its videos stay in the library.',
    action: 'Connect the drive or share, then scan again.',
  },
  ROOT_OVERLAPS: {
    title: 'This folder is already covered',
    meaning: 'It lies inside a folder of the library, or contains one.',
    action: 'Remove the other folder from the library first, or keep the one that you have.',
  },
  VIDEO_NOT_FOUND: {
    title: 'This video is no longer in the library',
    meaning: 'It was removed together with its folder.',
    action: 'Add the folder again to bring it back.',
  },
  PREVIEW_NOT_FOUND: {
    title: 'This video has no preview',
    meaning: 'None was made yet, or it was thrown away to make room.',
    action: 'Wait until it is made again.',
  },
  TAG_NOT_FOUND: {
    title: 'This tag no longer exists',
    meaning: 'It was removed, or merged into another one, in the meantime.',
    action: 'Undo brings it back.',
  },
  COLLECTION_NOT_FOUND: {
    title: 'This collection no longer exists',
    meaning: 'It was removed in the meantime. Its videos stay in the library.',
    action: 'Undo brings it back.',
  },
  EDIT_NOT_FOUND: {
    title: 'This can no longer be undone or redone',
    meaning: 'Something else was edited in the meantime, or it was too long ago.',
    action: 'The Edit menu shows what is undone and redone next.',
  },
  NAME_TAKEN: {
    title: 'This name is taken',
    meaning: 'Names that differ only in case or accents count as the same.',
    action: 'Choose another name.',
  },
  IMPORT_INVALID: {
    title: 'This file cannot be imported',
    meaning: `It is no export of user data, it is damaged, or a newer Vitrine made it. ${NOTHING_LOST}`,
    action: 'Choose a file that was exported by Vitrine, or update Vitrine.',
  },
  FILE_NOT_FOUND: {
    title: 'The file is not there',
    meaning: 'It was moved, renamed or deleted since its folder was scanned.',
    action: 'Scan the folder again. A moved file is recognised and keeps what you noted.',
  },
  PATH_NOT_A_FOLDER: {
    title: 'This is not a folder',
    meaning: 'Vitrine keeps watch over whole folders, so single files cannot be added.',
    action: 'Add the folder that the file is in.',
  },
  PATH_NOT_ALLOWED: {
    title: 'This folder was not added',
    meaning: 'Vitrine only reads folders that you chose or dropped yourself.',
    action: 'Choose it with Add folder, or drop it onto the window.',
  },
  PERMISSION_DENIED: {
    title: 'Vitrine may not read this folder',
    meaning: 'The system does not give your account access to it.',
    action: 'Change the permissions of the folder, then try again.',
  },
  LIBRARY_LOCKED: {
    title: 'The library is already in use',
    meaning:
      'Another Vitrine, or a scan on the command line, has it open. Two at once could harm it.',
    action: 'Close the other one, then try again.',
  },
  LIBRARY_READ_ONLY: {
    title: 'The library cannot be written to',
    meaning: 'Its folder or drive is read-only, so nothing that is found could be kept.',
    action: 'Make the folder writable or move the library to another drive, then try again.',
  },
  LIBRARY_CORRUPT: {
    title: 'The library is damaged',
    meaning:
      'Its database does not read correctly. Your videos are not affected, and nothing was deleted.',
    action: 'Put a backup of the library in its place, then try again.',
  },
  LIBRARY_TOO_NEW: {
    title: 'The library was made by a newer Vitrine',
    meaning: 'This version does not know its format, and leaves it alone so as not to harm it.',
    action: 'Update Vitrine to open it.',
  },
  LIBRARY_NOT_FOUND: {
    title: 'The library is not there',
    meaning: 'Its folder was moved, or its drive is not connected.',
    action: 'Connect the drive or put the folder back, then try again.',
  },
  LIBRARY_IO: {
    title: 'The library’s disk does not work properly',
    meaning: 'It reported an error while the library was read or written. What was kept is safe.',
    action: 'Check the drive and its connection, then try again.',
  },
  SAVED_FILTER_NOT_FOUND: {
    title: 'The saved filter is gone',
    meaning: 'It was removed. Nothing was changed.',
    action: 'Save the filter anew.',
  },
  BACKUP_NOT_FOUND: {
    title: 'This backup is no longer there',
    meaning: 'Its file was moved or deleted. Nothing was changed.',
    action: 'Choose another backup.',
  },
  BACKUP_DAMAGED: {
    title: 'This backup is damaged',
    meaning: 'It could not be put in place, so the library is as it was.',
    action: 'Choose an older backup.',
  },
  DISK_FULL: {
    title: 'The disk is full',
    meaning: 'What was found so far is kept. Nothing more can be written.',
    action: 'Free some space on the drive of the library, then try again.',
  },
  PROBE_TOOL_MISSING: {
    title: 'A part of Vitrine is missing',
    meaning: 'The program that reads video files could not be started, so nothing can be scanned.',
    action: 'Install Vitrine again. Your library is kept.',
  },
  SYSTEM_BUSY: {
    title: 'The system could not start a program',
    meaning: 'It is short of memory, or too many programs run. What was found so far is kept.',
    action: 'Close some programs, then try again.',
  },
  WORKER_CRASHED: {
    title: 'A background process stopped unexpectedly',
    meaning: 'What was found so far is kept.',
    action: `Try again. ${REPORT}`,
  },
  TIMEOUT: {
    title: 'This took too long',
    meaning: 'The drive or the computer may be very busy. Nothing is lost.',
    action: 'Try again in a moment.',
  },
  STALE_RUN: {
    title: 'A newer run has taken over',
    meaning: 'The answer came from a run that had already been replaced. Nothing is lost.',
    action: '',
  },
  CANCELLED: {
    title: 'Cancelled',
    meaning: 'What was found so far is kept.',
    action: '',
  },
  INTERNAL: {
    title: 'Something went wrong in Vitrine',
    meaning: NOTHING_LOST,
    action: `Try again. ${REPORT}`,
  },
};

/** The words for an error's code; the technical message stays in `error.message`. */
export function describeError(error: Pick<ErrorShape, 'code'>): ErrorWords {
  return WORDS[error.code];
}

/** The text behind “Technical details”: everything a report needs. */
export function technicalText(error: ErrorShape): string {
  const details = Object.entries(error.details ?? {}).map(([key, value]) => `${key}: ${value}`);
  return [`${error.code}: ${error.message}`, ...details].join('\n');
}
