import type { MoveRows, PlacedVideo } from './move-rows';
import type { ScanSession } from './scan-session';

/** The row of a file that was held; null when the scan of another root has taken it there meanwhile. */
export function heldVideo(
  { session, rows }: { session: ScanSession; rows: MoveRows },
  videoId: number,
): PlacedVideo | null {
  const video = rows.video(videoId);
  return video?.rootId === session.run.root.rootId ? video : null;
}

/** Whether the file at a held row's place has the row's own content. */
export function hasOwnContent(session: ScanSession, video: PlacedVideo): boolean {
  const identity = session.heldIdentities.get(video.videoId);
  if (!identity || !video.contentHash || identity.contentHash.length === 0) return false;
  return identity.sizeBytes === video.sizeBytes && video.contentHash.equals(identity.contentHash);
}
