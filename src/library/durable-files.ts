import { closeSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';

/** Waits until the file's content is on the disk. */
export function syncFile(path: string): void {
  syncOpened(path, 'r+');
}

/** Renames, and waits until the new name is on the disk. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  syncFolder(dirname(to));
  if (dirname(from) !== dirname(to)) syncFolder(dirname(from));
}

function syncFolder(path: string): void {
  // Windows knows no fsync of a folder; NTFS keeps the order of renames itself.
  if (process.platform !== 'win32') syncOpened(path, 'r');
}

function syncOpened(path: string, flags: string): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
