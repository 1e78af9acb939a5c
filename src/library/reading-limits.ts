/** Where one way of reading becomes cheaper than another, in videos. */
export interface ReadingLimits {
  /** Farther from both ends of an order, its IDs are worth being kept. */
  far: number;
  /** So many of a library with removed folders are read row by row while its columns are not there yet. */
  near: number;
  /** Up to so many are sorted rather than looked for in an order. */
  few: number;
  /** Rows that columns take at once. */
  rowStep: number;
  /** IDs of an order that are read at once: first, and at most. */
  orderSteps: readonly [first: number, longest: number];
}

/** Measured on a million videos: a page takes less than a millisecond up to `far`, a step one (rows) or five (IDs). */
export const READING_LIMITS: ReadingLimits = {
  far: 20_000,
  near: 2000,
  few: 2000,
  rowStep: 1024,
  orderSteps: [4096, 65_536],
};
