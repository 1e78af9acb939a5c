import type { WalkedFile, WalkedFiles } from './library-protocol';

/** Numbers that stand for one file in {@link WalkedFiles.versions}. */
const COLUMNS = 3;

/** What is compared to tell whether a file is as it was. */
export type WalkedVersion = Pick<WalkedFile, 'sizeBytes' | 'mtimeMs' | 'inode'>;

export function packFiles(files: readonly WalkedFile[]): WalkedFiles {
  const versions = new Float64Array(files.length * COLUMNS);
  const nameBytes = new Map<number, Uint8Array>();
  let column = 0;
  for (const [position, file] of files.entries()) {
    if (file.nameBytes) nameBytes.set(position, file.nameBytes);
    versions[column++] = file.sizeBytes;
    versions[column++] = file.mtimeMs;
    versions[column++] = file.inode;
  }
  return { names: JSON.stringify(files.map(({ name }) => name)), nameBytes, versions };
}

export function countFiles({ versions }: WalkedFiles): number {
  return versions.length / COLUMNS;
}

/** @throws RangeError when there are not so many files */
export function versionAt({ versions }: WalkedFiles, position: number): WalkedVersion {
  const column = position * COLUMNS;
  const sizeBytes = versions[column];
  const mtimeMs = versions[column + 1];
  const inode = versions[column + 2];
  if (sizeBytes === undefined || mtimeMs === undefined || inode === undefined) {
    throw new RangeError(`There is no file ${position}.`);
  }
  return { sizeBytes, mtimeMs, inode };
}

/** The files in their order. */
export function unpackFiles(files: WalkedFiles): WalkedFile[] {
  const names = JSON.parse(files.names) as string[];
  return names.map((name, position) => ({
    name,
    nameBytes: files.nameBytes.get(position) ?? null,
    ...versionAt(files, position),
  }));
}
