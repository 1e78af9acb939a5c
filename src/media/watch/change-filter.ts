import { isSkippedFile, isSkippedFolder } from '../scan/skipped-entries';
import type { VideoNames } from '../scan/video-extensions';

/**
 * What a change at a path may mean, by the walk's own rules. `ignored`: a scan would not look there; `video`: a scan
 * would take it for a video; `other`: it only matters if it is, or was, a folder.
 */
export type ChangeKind = 'ignored' | 'video' | 'other';

/** @param path relative to the root, `/` between names */
export function kindOfChange(path: string, names: VideoNames): ChangeKind {
  const above = path.split('/');
  const name = above.pop() ?? '';
  if (above.some(isSkippedFolder)) return 'ignored';
  if (names.isVideo(name) && !isSkippedFile(name)) return 'video';
  return isSkippedFolder(name) ? 'ignored' : 'other';
}
