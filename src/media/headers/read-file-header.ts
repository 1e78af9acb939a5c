import { open } from 'node:fs/promises';
import type { RawPath } from '../scan/file-system';
import { HeaderSource } from './header-source';
import type { QuickFacts } from './quick-facts';
import { readHeader } from './read-header';

/**
 * Facts from the header of a file, which is opened for reading only.
 * @param path absolute; bytes where it is not valid UTF-8
 * @param fileName the file's name: it tells WebM from Matroska
 * @returns null where the header does not tell
 * @throws NodeJS.ErrnoException when the file cannot be opened or read
 */
export async function readFileHeader(path: RawPath, fileName: string): Promise<QuickFacts | null> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const source = new HeaderSource(
      async (buffer, position) => (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
      size,
    );
    return await readHeader(source, fileName);
  } finally {
    await handle.close();
  }
}
