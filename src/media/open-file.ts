import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { ReadAt } from './headers/header-source';

/** For reading; Windows has no files that wait when they are opened, and no such flag. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

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

/** A regular file that is open for reading. */
interface ReadableFile {
  stats: Stats;
  readAt: ReadAt;
  close(): Promise<void> | void;
}

/** Null when it is something else than a regular file. */
export type OpenForReading = (path: string | Buffer) => Promise<ReadableFile | null>;

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
  let stats: Stats | null = null;
  try {
    stats = fstatSync(descriptor);
  } finally {
    if (!stats?.isFile()) closeSync(descriptor);
  }
  if (!stats.isFile()) return null;
  return {
    stats,
    readAt: async (buffer, position) => readSync(descriptor, buffer, 0, buffer.length, position),
    close: () => closeSync(descriptor),
  };
};
