import { type BigIntStats, type Dirent, type Stats, stat as statWithCallback } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type OpenForReading, openWithoutBlocking } from '../open-file';
import { type DecodedName, decodeName, mayHaveLostBytes } from './raw-names';

/** An absolute path; bytes where it is not valid UTF-8. */
export type RawPath = string | Buffer;

export interface FolderEntry extends DecodedName {
  kind: 'file' | 'folder' | 'link' | 'other';
}

interface FolderIdentity {
  device: string;
  /** Device and inode as one text; null where the file system has no inodes. */
  key: string | null;
}

/** The walk's only way to the disk, so that tests can make single operations fail. */
export interface FileSystem {
  /** Every entry of a folder, unsorted. */
  listFolder(path: RawPath): Promise<FolderEntry[]>;
  /**
   * @param links whether a link to a folder counts as one
   */
  identifyFolder(path: RawPath, links: 'follow' | 'refuse'): Promise<FolderIdentity>;
  /** Follows links. One answer a path, in order; failures are answers. */
  statFiles(paths: readonly RawPath[]): Promise<(Stats | NodeJS.ErrnoException)[]>;
  /** The first bytes of a regular file; none of what became something else meanwhile. */
  readHead(path: RawPath, bytes: number): Promise<Uint8Array>;
}

/**
 * Stats in flight hide the latency of a drive. When it hangs, each of them keeps a thread: far fewer than there are
 * threads for all drives together.
 */
const STATS_IN_FLIGHT = 16;

/** The disk without ever blocking the thread that asks. */
export const diskFileSystem: FileSystem = {
  async listFolder(path) {
    const entries = await readdir(path, { withFileTypes: true });
    if (!mayHaveLostNames(entries)) return entries.map(entryOf);
    return (await readdir(path, { withFileTypes: true, encoding: 'buffer' })).map(rawEntryOf);
  },

  async identifyFolder(path, links) {
    const look = links === 'follow' ? stat : lstat;
    return identityOf(path, await look(path, { bigint: true }));
  },

  statFiles(paths) {
    return new Promise((resolve) => {
      const answers = new Array<Stats | NodeJS.ErrnoException>(paths.length);
      let started = 0;
      let finished = 0;
      const startNext = () => {
        const position = started++;
        const path = paths[position];
        if (path === undefined) return;
        statWithCallback(path, (error, stats) => {
          answers[position] = error ?? stats;
          finished++;
          if (finished === paths.length) resolve(answers);
          else startNext();
        });
      };
      if (paths.length === 0) resolve(answers);
      for (let slot = 0; slot < STATS_IN_FLIGHT; slot++) startNext();
    });
  },

  readHead: (path, bytes) => readHeadWith(openWithoutBlocking, path, bytes),
};

export async function readHeadWith(
  open: OpenForReading,
  path: RawPath,
  bytes: number,
): Promise<Uint8Array> {
  const file = await open(path);
  if (!file) return new Uint8Array();
  try {
    const head = Buffer.alloc(bytes);
    return head.subarray(0, await file.readAt(head, 0));
  } finally {
    await file.close();
  }
}

/** Appends a name to a folder's path; the result is bytes as soon as one part is. */
export function joinRaw(folder: RawPath, name: string, nameBytes: Uint8Array | null): RawPath {
  if (typeof folder === 'string' && !nameBytes) return `${folder}${sep}${name}`;
  return Buffer.concat([Buffer.from(folder), Buffer.from(sep), Buffer.from(nameBytes ?? name)]);
}

/** A path relative to a root, made absolute; `pathBytes` where it is not valid UTF-8. */
export function joinRelative(
  rootPath: string,
  path: string,
  pathBytes: Uint8Array | null,
): RawPath {
  return pathBytes ? joinRaw(rootPath, '', pathBytes) : join(rootPath, path);
}

/** Version of a file as rows and reports keep it; see {@link fileFacts}. */
export interface FileFacts {
  sizeBytes: number;
  mtimeMs: number;
  /** 0 where the file system has none, or none that lasts. */
  inode: number;
}

/** Furthest that a `Date` goes in both directions, in milliseconds. */
const FURTHEST_TIME_MS = 8.64e15;

/**
 * Some file systems take any number for a time, and sizes up to 2^63 for files full of holes. What cannot be kept in a
 * library is cut off: one odd file must not fail the scan of all others.
 */
export function fileFacts(stats: FileVersion, stableInodes: boolean): FileFacts {
  return {
    sizeBytes: Math.min(stats.size, Number.MAX_SAFE_INTEGER),
    mtimeMs: Math.floor(Math.max(-FURTHEST_TIME_MS, Math.min(stats.mtimeMs, FURTHEST_TIME_MS))),
    inode: stableInodes ? stats.ino : 0,
  };
}

/** What stays the same as long as nobody writes to a file or puts another in its place. */
export type FileVersion = Pick<Stats, 'size' | 'mtimeMs' | 'ino'>;

export function isSameVersion(one: FileVersion, other: FileVersion): boolean {
  return one.size === other.size && one.mtimeMs === other.mtimeMs && one.ino === other.ino;
}

/** Whether an error says that nothing is there (any more), as opposed to: it cannot be reached now. */
export function isGone(error: unknown): boolean {
  const code = errorCode(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

export function errorCode(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | null)?.code;
}

/** Whether a folder has to be listed again, by the bytes of its names. */
export function mayHaveLostNames(entries: readonly Dirent[]): boolean {
  return entries.some((entry) => mayHaveLostBytes(entry.name));
}

export function entryOf(entry: Dirent): FolderEntry {
  return { name: entry.name, bytes: null, kind: kindOf(entry) };
}

export function rawEntryOf(entry: Dirent<Buffer>): FolderEntry {
  return { ...decodeName(entry.name), kind: kindOf(entry) };
}

/**
 * @param stats in whole numbers: Windows' inode numbers have 64 bits, and rounded ones would make two folders look like one
 * @throws Error when it is no folder
 */
export function identityOf(path: RawPath, stats: BigIntStats): FolderIdentity {
  if (!stats.isDirectory()) throw new Error(`${path} is no folder any more.`);
  const { dev, ino } = stats;
  return { device: String(dev), key: ino === 0n ? null : `${dev}:${ino}` };
}

function kindOf(entry: Dirent | Dirent<Buffer>): FolderEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'link' : 'other';
}
