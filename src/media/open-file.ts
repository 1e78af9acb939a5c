import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** For reading; Windows has no files that wait when they are opened, and no such flag. */
export const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** An open file, and what it was when it was opened. The handle is the caller's to close. */
export interface OpenedFile {
  handle: FileHandle;
  stats: Stats;
}

/**
 * Opens a regular file for reading; null when it is something else by now. Opening a pipe in the usual way would wait
 * for whoever writes to it, on a thread that nobody gives back.
 */
export async function openFile(path: string | Buffer): Promise<OpenedFile | null> {
  const opened = await openAny(path);
  if (opened.stats.isFile()) return opened;
  await opened.handle.close();
  return null;
}

/** Opens whatever is there by now, without waiting. */
export async function openAny(path: string | Buffer): Promise<OpenedFile> {
  const handle = await open(path, WITHOUT_WAITING);
  try {
    return { handle, stats: await handle.stat() };
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}
