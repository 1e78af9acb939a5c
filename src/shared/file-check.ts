import type { KnownPlace } from './root-place';

interface CheckedPath {
  /** Relative to its root. */
  path: string;
  pathBytes: Uint8Array | null;
}

/** What the library has to know of the disk before it can tell moved files from missing ones. */
export type FileCheck =
  /** What is in this file of the scanned root? */
  | ({ type: 'identity'; videoId: number } & CheckedPath)
  /** Is the drive that was mounted at this folder of the scanned root, or above it, there? */
  | ({ type: 'mount'; folderId: number } & CheckedPath)
  /** Is this file of another root still at its place? `mounted`: its folder is on a drive mounted inside of the root. */
  | ({
      type: 'presence';
      videoId: number;
      root: KnownPlace;
      /** Of the version that is looked for. */
      sizeBytes: number;
      mtimeMs: number;
      mounted: boolean;
    } & CheckedPath);

/** `unknown`: its root cannot be reached, or something else is there. */
export type Presence = 'present' | 'gone' | 'unknown';

/** A file's content identity, and the version of the file that it was read from. */
export interface FileIdentity {
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  /** Empty for a file that nothing can be compared by. */
  contentHash: Uint8Array;
}

export type FileAnswer =
  /** Null: it could not be read. */
  | { type: 'identity'; videoId: number; identity: FileIdentity | null }
  | { type: 'mount'; folderId: number; isMounted: boolean }
  | { type: 'presence'; videoId: number; presence: Presence };
