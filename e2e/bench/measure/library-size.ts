import { statSync } from 'node:fs';
import { join } from 'node:path';

/** Bytes that the library's database takes on the disk, and its log beside it. */
export function librarySize(folder: string): { database: number; log: number } {
  const sizeOf = (name: string) =>
    statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0;
  return { database: sizeOf('library.sqlite'), log: sizeOf('library.sqlite-wal') };
}
