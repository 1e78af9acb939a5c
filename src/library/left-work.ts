import type { KnownVideo, PendingWork } from './reconcile';

/** What is left to do with a video that was seen. */
export interface LeftWork {
  work: PendingWork;
  unreadable: boolean;
}

/** How far the reading of a video has come; columns of the table `videos`. */
export const READ_PROGRESS =
  "state, needs_probe AS needsProbe, probe_level = 'quick' AS hasQuickFacts, content_hash IS NOT NULL AS isIdentified";

export interface ReadProgress {
  state: KnownVideo['state'];
  needsProbe: number;
  hasQuickFacts: number;
  isIdentified: number;
}

export function leftWork(progress: ReadProgress | undefined): LeftWork {
  if (!progress) return { work: 'probe', unreadable: false };
  if (progress.needsProbe === 1) {
    const isHeaderOfUse = progress.hasQuickFacts === 0 && progress.state === 'ok';
    return { work: isHeaderOfUse ? 'header' : 'probe', unreadable: false };
  }
  return {
    work: progress.isIdentified === 1 ? 'nothing' : 'identify',
    unreadable: progress.state === 'unreadable',
  };
}
