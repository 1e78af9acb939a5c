/** What is left to do with a file that was found. `header`: that its header be read comes before its probe. */
export type PendingWork = 'header' | 'probe' | 'identify' | 'nothing';

/** How far the reading of a video has come. */
export interface ReadingProgress {
  /** Its facts are of an older version, or not all of them are known. */
  needsProbe: boolean;
  /** What its header tells is known. */
  hasQuickFacts: boolean;
  /** The last attempt to read it failed. */
  hasProblem: boolean;
  /** Its content identity, or that it has none, is known. */
  isIdentified: boolean;
}

/** What is left to do with a video that was seen. */
export interface LeftWork {
  work: PendingWork;
  unreadable: boolean;
}

export function leftWork(progress: ReadingProgress): LeftWork {
  const { needsProbe, hasQuickFacts, hasProblem, isIdentified } = progress;
  if (needsProbe) {
    // The header of a file that could not be read tells nothing that would help.
    return { work: hasQuickFacts || hasProblem ? 'probe' : 'header', unreadable: false };
  }
  return { work: isIdentified ? 'nothing' : 'identify', unreadable: hasProblem };
}

/** {@link ReadingProgress} of a video that is not missing; columns of the table `videos`. */
export const READING_PROGRESS = `needs_probe AS needsProbe, probe_level = 'quick' AS hasQuickFacts,
  state = 'unreadable' AS hasProblem, content_hash IS NOT NULL AS isIdentified`;

export type ReadingColumns = Record<keyof ReadingProgress, number>;

export function readingProgressOf(columns: ReadingColumns): ReadingProgress {
  return {
    needsProbe: columns.needsProbe === 1,
    hasQuickFacts: columns.hasQuickFacts === 1,
    hasProblem: columns.hasProblem === 1,
    isIdentified: columns.isIdentified === 1,
  };
}
