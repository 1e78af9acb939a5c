/** Where one way of reading becomes cheaper than another, in videos. */
export interface ReadingLimits {
  /** From one remembered place of an order to the next. */
  markDistance: number;
  /** So many of a library with removed folders are read row by row while its columns are not there yet. */
  near: number;
  /** Up to so many are sorted rather than looked for in an order. */
  few: number;
  /** Rows that columns take at once. */
  rowStep: number;
  /** Room that columns keep for new videos, so that not every one of them makes the arrays grow. */
  spare: number;
  /** IDs of an order that are read at once: first, and at most. */
  orderSteps: readonly [first: number, longest: number];
}

/** Measured on a million videos: a mark takes 0.1 ms, a step of rows one millisecond, a step of an order up to five. */
export const READING_LIMITS: ReadingLimits = {
  markDistance: 16_384,
  near: 2000,
  few: 2000,
  rowStep: 1024,
  spare: 4096,
  orderSteps: [4096, 65_536],
};
