export interface EditLimits {
  /** Edits that can be undone or redone. */
  edits: number;
  /** Of their changes; the newest edit may have more. */
  bytes: number;
  /** Videos of one change: what is written in one go, and by how much a slice may last longer than it should. */
  videosOfChange: number;
  /** An edit of no more changes is one transaction, which interactive writes can wait for. */
  fewChanges: number;
}

/** A change takes about a millisecond. */
export const EDIT_LIMITS: EditLimits = {
  edits: 200,
  bytes: 64 * 1024 * 1024,
  videosOfChange: 100,
  fewChanges: 4,
};
