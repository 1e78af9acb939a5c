import type { Stats } from 'node:fs';
import { openFile } from '../open-file';
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
): Promise<QuickFacts | null> {
  const file = await openFile(path);
  if (!file) return null;
  const { handle, stats } = file;
  try {
    if (!isWanted(stats)) return null;
    const source = new HeaderSource(
      async (buffer, position) => (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
      stats.size,
    );
    return await readHeader(source, fileName);
  } finally {
    await handle.close();
  }
}
