import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** For reading; Windows has no files that wait when they are opened, and no such flag. */
export const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Opens a regular file for reading; null when it is something else by now. Opening a pipe in the usual way would wait
 * for whoever writes to it, on a thread that nobody gives back.
 */
export async function openFile(
  path: string | Buffer,
): Promise<{ handle: FileHandle; stats: Stats } | null> {
  const handle = await open(path, WITHOUT_WAITING);
  const stats = await handle.stat();
  if (stats.isFile()) return { handle, stats };
  await handle.close();
  return null;
}
