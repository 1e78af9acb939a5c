import { join } from 'node:path';

/** The library's database; everything else in the folder follows from it or is kept for it. */
export function libraryFile(directory: string): string {
  return join(directory, 'library.sqlite');
}

/** Its log (WAL): commits that are not copied into the file yet. */
export function libraryLog(directory: string): string {
  return `${libraryFile(directory)}-wal`;
}

/** There only while a library has no log yet. */
export function libraryJournal(directory: string): string {
  return `${libraryFile(directory)}-journal`;
}

/** Images of previews: they can all be made again. */
export function previewsFolder(directory: string): string {
  return join(directory, 'previews');
}

export function lockFile(directory: string): string {
  return join(directory, 'lock.sqlite');
}
