import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FileAnswer, FileCheck, Presence } from '../../shared/file-check';
import type { KnownPlace } from '../../shared/root-place';
import { pathsOnVolume } from '../volume/folder-place';
import type { VolumeSystem } from '../volume/volume-system';
import { orNull } from './abortable';
import { readIdentity } from './content-identity';
import { fileFacts, isGone, joinRelative, type RawPath } from './file-system';
import { confirmRoot, type OpenedRoot, openKnownPlace } from './root-folder';

type PresenceCheck = Extract<FileCheck, { type: 'presence' }>;

/** `gone`: its volume is there, its folder is not. */
type RootState = { state: 'here'; rootPath: string; device: number } | 'gone' | 'unreachable';

/** Another root whose drive hangs keeps nobody waiting for longer, in milliseconds: a network drive may never answer. */
const PATIENCE_MS = 10_000;

/** Looks at the disk for what the library has to know about moved and missing files. */
export class FileChecker {
  readonly #root: OpenedRoot;
  readonly #volumes: VolumeSystem;
  readonly #patienceMs: number;
  readonly #otherRoots = new Map<string, Promise<RootState>>();

  constructor(root: OpenedRoot, volumes: VolumeSystem, patienceMs = PATIENCE_MS) {
    this.#root = root;
    this.#volumes = volumes;
    this.#patienceMs = patienceMs;
  }

  async answer(check: FileCheck): Promise<FileAnswer> {
    const { rootPath, place, stableInodes } = this.#root;
    switch (check.type) {
      case 'identity': {
        const path = joinRelative(rootPath, check.path, check.pathBytes);
        const identity = await readIdentity(path).then(
          ({ stats, contentHash }) => ({ ...fileFacts(stats, stableInodes), contentHash }),
          () => null,
        );
        return { type: 'identity', videoId: check.videoId, identity };
      }
      case 'mount': {
        const path = joinRelative(rootPath, check.path, check.pathBytes);
        const isMounted = await isOnOtherDevice(path, place.device);
        return { type: 'mount', folderId: check.folderId, isMounted };
      }
      case 'presence':
        return { type: 'presence', videoId: check.videoId, presence: await this.#presence(check) };
    }
  }

  /** Who did not answer once is not asked again: each call to a drive that hangs keeps a thread. */
  async #presence(check: PresenceCheck): Promise<Presence> {
    const presence = await orNull(this.#lookFor(check), this.#patienceMs);
    if (presence !== null) return presence;
    this.#otherRoots.set(check.root.rootPath, Promise.resolve('unreachable'));
    return 'unknown';
  }

  async #lookFor(check: PresenceCheck): Promise<Presence> {
    const root = await this.#otherRoot(check.root);
    if (root === 'gone') return 'gone';
    if (root === 'unreachable') return 'unknown';
    const path = joinRelative(root.rootPath, check.path, check.pathBytes);
    try {
      const stats = await stat(path);
      const { sizeBytes, mtimeMs } = fileFacts(stats, true);
      const isSame = sizeBytes === check.sizeBytes && mtimeMs === check.mtimeMs;
      return stats.isFile() && isSame ? 'present' : 'unknown';
    } catch (thrown) {
      return isGone(thrown) && (await this.#isDriveThere(path, root, check)) ? 'gone' : 'unknown';
    }
  }

  /** A file that is not found says nothing once its drive is gone. */
  async #isDriveThere(
    path: RawPath,
    { rootPath, device }: { rootPath: string; device: number },
    { mounted }: { mounted: boolean },
  ): Promise<boolean> {
    if (mounted && !(await isOnOtherDevice(path, device))) return false;
    return confirmRoot(rootPath, device).then(
      () => true,
      () => false,
    );
  }

  #otherRoot(known: KnownPlace): Promise<RootState> {
    const found = this.#otherRoots.get(known.rootPath) ?? findRoot(known, this.#volumes);
    this.#otherRoots.set(known.rootPath, found);
    return found;
  }
}

async function findRoot(known: KnownPlace, volumes: VolumeSystem): Promise<RootState> {
  const opened = await openKnownPlace(known, volumes);
  if (opened) return { state: 'here', rootPath: opened.rootPath, device: opened.place.device };
  return (await isRemovedFromVolume(known, volumes)) ? 'gone' : 'unreachable';
}

/** Whether a root's volume is mounted, and there is nothing at the root's place on it. */
async function isRemovedFromVolume(known: KnownPlace, volumes: VolumeSystem): Promise<boolean> {
  const { rootPath, device, volumeIdentity, pathOnVolume } = known;
  if (volumeIdentity === null || pathOnVolume === null) {
    return (await isMissing(rootPath)) && (await deviceAtOrAbove(rootPath)) === device;
  }
  const paths = await pathsOnVolume(volumeIdentity, pathOnVolume, volumes);
  const missing = await Promise.all(paths.map(isMissing));
  return paths.length > 0 && missing.every(Boolean);
}

function isMissing(path: RawPath): Promise<boolean> {
  return stat(path).then(() => false, isGone);
}

async function isOnOtherDevice(path: RawPath, device: number): Promise<boolean> {
  return (await deviceAtOrAbove(path)) !== device;
}

/** Device of the innermost folder that is there. */
async function deviceAtOrAbove(path: RawPath): Promise<number | null> {
  for (let current = path; ; ) {
    try {
      return (await stat(current)).dev;
    } catch (thrown) {
      const above = parentOf(current);
      if (!isGone(thrown) || above === null) return null;
      current = above;
    }
  }
}

/** Null at the top. */
function parentOf(path: RawPath): RawPath | null {
  // Latin-1 keeps every byte as it is.
  const text = typeof path === 'string' ? path : path.toString('latin1');
  const above = dirname(text);
  if (above === text) return null;
  return typeof path === 'string' ? above : Buffer.from(above, 'latin1');
}
