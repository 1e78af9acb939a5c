import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { openFile, WITHOUT_WAITING } from '../open-file';
import type { RawPath } from '../scan/file-system';
import { HeaderSource, type ReadAt } from './header-source';
import type { QuickFacts } from './quick-facts';
import { readHeader } from './read-header';

/** A regular file that is open for reading. */
interface OpenedFile {
  stats: Stats;
  readAt: ReadAt;
  close(): Promise<void> | void;
}

/** Null when it is something else than a regular file. */
export type OpenForReading = (path: RawPath) => Promise<OpenedFile | null>;

/** Never blocks the thread that asks. */
export const openWithoutBlocking: OpenForReading = async (path) => {
  const file = await openFile(path);
  if (!file) return null;
  const { handle, stats } = file;
  return {
    stats,
    readAt: async (buffer, position) =>
      (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
    close: () => handle.close(),
  };
};

/** For a thread of its own: it is blocked by every call, which saves it the way through others and back. */
export const openBlocking: OpenForReading = async (path) => {
  const descriptor = openSync(path, WITHOUT_WAITING);
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) {
    closeSync(descriptor);
    return null;
  }
  return {
    stats,
    readAt: async (buffer, position) => readSync(descriptor, buffer, 0, buffer.length, position),
    close: () => closeSync(descriptor),
  };
};

/**
 * Facts from the header of a file, which is opened for reading only.
 * @param path absolute; bytes where it is not valid UTF-8
 * @param fileName the file's name: it tells WebM from Matroska
 * @param isWanted whether the file that was opened is the right one
 * @returns null where the header does not tell, and for a file that is not wanted
 * @throws NodeJS.ErrnoException when the file cannot be opened or read
 */
export async function readFileHeader(
  path: RawPath,
  fileName: string,
  isWanted: (stats: Stats) => boolean,
  open: OpenForReading,
): Promise<QuickFacts | null> {
  const file = await open(path);
  if (!file) return null;
  try {
    if (!isWanted(file.stats)) return null;
    return await readHeader(new HeaderSource(file.readAt, file.stats.size), fileName);
  } finally {
    await file.close();
  }
}
