import { opendir, stat } from 'node:fs/promises';
import { VitrineError } from '../../shared/errors';
import type { FolderPlace, KnownPlace, KnownRoot, SampleFile } from '../../shared/root-place';
import { type LocatedFolder, locateFolder, pathsOnVolume } from '../volume/folder-place';
import type { VolumeSystem } from '../volume/volume-system';
import { errorCode, fileFacts, joinRelative } from './file-system';

/** A root that is there and can be listed. */
export interface OpenedRoot extends LocatedFolder {
  /** Another one than the library knows when its drive is mounted elsewhere now. */
  rootPath: string;
}

/**
 * Finds a root and makes sure that it can be listed: at its path, or wherever its volume is mounted now. What stands at
 * its path but is on another volume is refused, since all that was known of the root would become missing; unless it
 * holds the same files (the root was copied to a new drive, or the system numbers its devices anew), or the person has
 * confirmed it.
 * @throws VitrineError ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED
 */
export async function openRoot(root: KnownRoot, volumes: VolumeSystem): Promise<OpenedRoot> {
  const { rootPath } = root.place;
  const here = await lookAt(rootPath, volumes);
  if (!(here instanceof VitrineError) && isSamePlace(here.place, root.place)) return here;
  const elsewhere = await findElsewhere(root.place, volumes);
  if (elsewhere) return elsewhere;
  if (here instanceof VitrineError) throw here;
  const isAccepted = root.knownVideos === 0 || root.acceptMissing;
  if (isAccepted || (await holdsSamples(rootPath, root.samples))) return here;
  throw offline(rootPath, 'its drive is not mounted, or another one is in its place');
}

/** Whether a root that was offline is worth another try: it is there, or what is wrong with it now is something else. */
export async function isRootBack(root: KnownRoot, volumes: VolumeSystem): Promise<boolean> {
  try {
    await openRoot(root, volumes);
    return true;
  } catch (thrown) {
    return !(thrown instanceof VitrineError && thrown.code === 'ROOT_OFFLINE');
  }
}

/** The folder at a path that is the known place; null when that is not there or something else is. */
export async function openKnownPlace(
  known: KnownPlace,
  volumes: VolumeSystem,
): Promise<OpenedRoot | null> {
  const here = await lookAt(known.rootPath, volumes);
  if (!(here instanceof VitrineError) && isSamePlace(here.place, known)) return here;
  return findElsewhere(known, volumes);
}

/** Whether a failure is that of a root which cannot be opened, and not of a file in it. */
export function isRootFailure(thrown: unknown): boolean {
  return (
    thrown instanceof VitrineError &&
    ['ROOT_OFFLINE', 'PATH_NOT_A_FOLDER', 'PERMISSION_DENIED'].includes(thrown.code)
  );
}

/**
 * Makes sure that a root is still the folder that was opened, after something in it could not be found.
 * @throws VitrineError ROOT_OFFLINE
 */
export async function confirmRoot(rootPath: string, device: number): Promise<void> {
  const deviceNow = await deviceOfListable(rootPath).catch(() => null);
  if (deviceNow !== device) throw offline(rootPath, 'it went away during the scan');
}

/** @throws VitrineError ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED */
export async function assertListable(path: string): Promise<void> {
  try {
    await deviceOfListable(path);
  } catch (thrown) {
    throw thrown instanceof VitrineError ? thrown : rootError(path, thrown);
  }
}

async function lookAt(path: string, volumes: VolumeSystem): Promise<OpenedRoot | VitrineError> {
  try {
    await deviceOfListable(path);
    return { rootPath: path, ...(await locateFolder(path, volumes)) };
  } catch (thrown) {
    return thrown instanceof VitrineError ? thrown : rootError(path, thrown);
  }
}

/** Device of a folder that can be listed. */
async function deviceOfListable(path: string): Promise<number> {
  const stats = await stat(path);
  if (!stats.isDirectory()) throw notAFolder(path);
  const folder = await opendir(path);
  try {
    await folder.read();
  } finally {
    await folder.close();
  }
  return stats.dev;
}

/** Without an identity on both sides only the device number can tell. */
function isSamePlace(now: FolderPlace, known: KnownPlace): boolean {
  if (now.volume.identity !== null && known.volumeIdentity !== null) {
    return now.volume.identity === known.volumeIdentity && now.pathOnVolume === known.pathOnVolume;
  }
  return known.device === null || now.device === known.device;
}

async function findElsewhere(known: KnownPlace, volumes: VolumeSystem): Promise<OpenedRoot | null> {
  if (known.volumeIdentity === null || known.pathOnVolume === null) return null;
  for (const path of await pathsOnVolume(known.volumeIdentity, known.pathOnVolume, volumes)) {
    const there = await lookAt(path, volumes);
    if (!(there instanceof VitrineError) && isSamePlace(there.place, known)) return there;
  }
  return null;
}

/** Whether at least half of the sample is there. */
async function holdsSamples(rootPath: string, samples: readonly SampleFile[]): Promise<boolean> {
  const found = await Promise.all(
    samples.map(async ({ path, pathBytes, sizeBytes }) => {
      const stats = await stat(joinRelative(rootPath, path, pathBytes)).catch(() => null);
      return stats !== null && fileFacts(stats, true).sizeBytes === sizeBytes;
    }),
  );
  return samples.length > 0 && found.filter(Boolean).length * 2 >= samples.length;
}

function rootError(rootPath: string, thrown: unknown): VitrineError {
  switch (errorCode(thrown)) {
    case 'ENOTDIR':
      return notAFolder(rootPath);
    case 'EACCES':
    case 'EPERM':
      return new VitrineError('PERMISSION_DENIED', `${rootPath} may not be read by this user.`, {
        path: rootPath,
      });
    default:
      return offline(rootPath, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function notAFolder(rootPath: string): VitrineError {
  return new VitrineError('PATH_NOT_A_FOLDER', `${rootPath} is not a folder.`, { path: rootPath });
}

function offline(rootPath: string, reason: string): VitrineError {
  return new VitrineError('ROOT_OFFLINE', `${rootPath} cannot be reached: ${reason}.`, {
    path: rootPath,
  });
}
