import type { WalkedFile } from '../shared/library-protocol';

/** How the running scan counts a file that it has seen. */
export type SeenOutcome = 'added' | 'changed' | 'unchanged';

/** What the library knows of a file that the walk has found. */
export interface KnownVideo {
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  state: 'ok' | 'unreadable' | 'missing';
  /** Its facts are of an older version, or there are none yet. */
  needsProbe: boolean;
  /** The last attempt to read it failed. */
  hasProblem: boolean;
  /** What an earlier run of this same job decided; a resumed scan counts as an undisturbed one. */
  earlierOutcome: 'added' | 'changed' | null;
}

/** What has to happen with the row of a file that was found. */
export type Reconciliation =
  | { action: 'insert'; outcome: 'added'; probe: true; unreadable: false }
  /** Nothing to write. */
  | { action: 'keep'; outcome: SeenOutcome; probe: boolean; unreadable: boolean }
  /** It was missing and is back as it was. */
  | { action: 'revive'; outcome: SeenOutcome; probe: boolean; unreadable: boolean }
  /** Another version of the file. Old facts and problem stay until the probe replaces them. */
  | {
      action: 'replace';
      outcome: 'added' | 'changed';
      probe: true;
      unreadable: false;
      state: 'ok' | 'unreadable';
    };

/** Decides about one found file. */
export function reconcile(found: WalkedFile, known: KnownVideo | null): Reconciliation {
  if (!known) return { action: 'insert', outcome: 'added', probe: true, unreadable: false };
  if (!isSameVersion(found, known)) {
    return {
      action: 'replace',
      outcome: known.earlierOutcome ?? 'changed',
      probe: true,
      unreadable: false,
      state: known.hasProblem ? 'unreadable' : 'ok',
    };
  }
  return {
    action: known.state === 'missing' ? 'revive' : 'keep',
    outcome: known.earlierOutcome ?? 'unchanged',
    probe: known.needsProbe,
    unreadable: known.hasProblem && !known.needsProbe,
  };
}

/** File systems without inodes report 0, which says nothing. */
function isSameVersion(found: WalkedFile, known: KnownVideo): boolean {
  const inodesDiffer = found.inode !== known.inode && found.inode !== 0 && known.inode !== 0;
  return found.sizeBytes === known.sizeBytes && found.mtimeMs === known.mtimeMs && !inodesDiffer;
}
