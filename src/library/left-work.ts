import type { KnownVideo, PendingWork } from './reconcile';

/** What is left to do with a video that was seen. */
export interface LeftWork {
  work: PendingWork;
  unreadable: boolean;
}

/** How far the reading of a video has come; columns of the table `videos`. */
export const READ_PROGRESS =
  'state, needs_probe AS needsProbe, content_hash IS NOT NULL AS isIdentified';

export interface ReadProgress {
  state: KnownVideo['state'];
  needsProbe: number;
  isIdentified: number;
}

export function leftWork(progress: ReadProgress | undefined): LeftWork {
  if (!progress || progress.needsProbe === 1) return { work: 'probe', unreadable: false };
  return {
    work: progress.isIdentified === 1 ? 'nothing' : 'identify',
    unreadable: progress.state === 'unreadable',
  };
}
