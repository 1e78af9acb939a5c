import type { WalkedFile } from '../shared/library-protocol';
import type { WalkedVersion } from '../shared/walked-files';
import { type LeftWork, leftWork, type ReadingProgress } from './left-work';

/** How the running scan counts a file that it has seen. */
export type SeenOutcome = 'added' | 'changed' | 'unchanged' | 'moved';

/** What the library knows of a file that the walk has found. */
export interface KnownVideo extends ReadingProgress {
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  state: 'ok' | 'unreadable' | 'missing';
  /** What an earlier run of this same job decided; a resumed scan counts as an undisturbed one. */
  earlierOutcome: 'added' | 'changed' | 'moved' | null;
}

/** What has to happen with the row of a file that was found. */
export type Reconciliation =
  | ({
      /** `keep`: nothing is written. `revive`: it was missing and is back as it was. */
      action: 'insert' | 'keep' | 'revive';
      outcome: SeenOutcome;
    } & LeftWork)
  /**
   * Another version of the file, or another file that was moved to its place: known when the listing is complete. Until
   * then the row stays as it is.
   */
  | { action: 'hold' };

/** Decides about one found file. */
export function reconcile(found: WalkedFile, known: KnownVideo | null): Reconciliation {
  if (!known) return { action: 'insert', outcome: 'added', work: 'header', unreadable: false };
  if (!isSameVersion(found, known)) return { action: 'hold' };
  return {
    action: known.state === 'missing' ? 'revive' : 'keep',
    outcome: known.earlierOutcome ?? 'unchanged',
    ...leftWork(known),
  };
}

/** File systems without inodes report 0, which says nothing. */
export function isSameVersion(found: WalkedVersion, known: WalkedVersion): boolean {
  const inodesDiffer = found.inode !== known.inode && found.inode !== 0 && known.inode !== 0;
  return found.sizeBytes === known.sizeBytes && found.mtimeMs === known.mtimeMs && !inodesDiffer;
}
