import { toErrorShape } from '../../shared/errors';
import type { LibraryApi } from '../../shared/library-protocol';
import type { AskLibrary } from './ask-library';
import type { MediaPeer } from './runners';

export type ScanSubmission = LibraryApi['procedures']['submitScan']['request'];

/** Without an answer by then the folder is taken for a new one: a person waits for it. */
const LOCATE_TIMEOUT_MS = 5_000;

/**
 * A scan of a folder that is a root under another path, because its drive is mounted elsewhere than before, becomes a
 * scan of that root. The disk is asked only where a root of the library may be meant.
 */
export async function toKnownRoot(
  submission: ScanSubmission,
  { ask, media }: { ask: AskLibrary; media(): Promise<MediaPeer> },
): Promise<ScanSubmission> {
  if (!('path' in submission)) return submission;
  const { path, ...rest } = submission;
  const candidates = await ask('findRootsOnVolumes', { path });
  if (candidates.length === 0) return submission;
  try {
    const peer = await media();
    const place = await peer.call('locateFolder', { path }, { timeoutMs: LOCATE_TIMEOUT_MS });
    const root = candidates.find(
      ({ volumeIdentity, pathOnVolume }) =>
        volumeIdentity === place.volume.identity && pathOnVolume === place.pathOnVolume,
    );
    return root ? { ...rest, rootId: root.rootId } : submission;
  } catch (thrown) {
    console.error(`Where ${path} is could not be told:`, toErrorShape(thrown).message);
    return submission;
  }
}
