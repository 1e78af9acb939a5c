import { HeaderDoubt, type HeaderSource } from './header-source';
import { isIsoMedia, readIsoMedia } from './iso-media';
import { isMatroska, readMatroska } from './matroska';
import type { QuickFacts } from './quick-facts';

/**
 * Facts from a file's header, a few kilobytes by position.
 * @param fileName the file's name: it tells WebM from Matroska
 * @returns null where the file is of another kind, or not as the readers know such files
 */
export async function readHeader(
  source: HeaderSource,
  fileName: string,
): Promise<QuickFacts | null> {
  try {
    const head = await source.bytes(0, Math.min(16, source.size));
    if (isMatroska(head)) return await readMatroska(source, fileName);
    return isIsoMedia(head) ? await readIsoMedia(source) : null;
  } catch (thrown) {
    if (thrown instanceof HeaderDoubt) return null;
    throw thrown;
  }
}
