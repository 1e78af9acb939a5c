import type { Stats } from 'node:fs';
import type { OpenForReading } from '../open-file';
import type { RawPath } from '../scan/file-system';
import { HeaderSource } from './header-source';
import type { QuickFacts } from './quick-facts';
import { readHeader } from './read-header';

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
