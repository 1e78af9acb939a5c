import { opendir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { VitrineError } from '../../shared/errors';
import type { AwaitedRoot } from '../../shared/library-protocol';
import { errorCode } from './file-system';

/**
 * Makes sure that a root is there and can be listed.
 * @returns the number of the device that it is on
 * @throws VitrineError ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED
 */
export async function openRoot(rootPath: string): Promise<number> {
  try {
    const stats = await stat(rootPath);
    if (!stats.isDirectory()) throw notAFolder(rootPath);
    await isEmptyFolder(rootPath);
    return stats.dev;
  } catch (thrown) {
    if (thrown instanceof VitrineError) throw thrown;
    throw rootError(rootPath, thrown);
  }
}

/**
 * Refuses an empty root that looks like the place where its drive used to be mounted: it had videos, is on another
 * device than then, and that device is its parent folder's. Without this, all its videos would become missing.
 * @param before what the library remembers of the root
 * @throws VitrineError ROOT_OFFLINE
 */
export async function refuseUnmountedRoot(
  rootPath: string,
  device: number,
  before: { knownVideos: number; device: number | null },
): Promise<void> {
  if (before.knownVideos === 0 || before.device === device) return;
  if (!(await isEmptyFolder(rootPath))) return;
  const parent = await stat(dirname(resolve(rootPath)));
  if (parent.dev === device) throw offline(rootPath, 'its drive is not mounted');
}

/** Whether a root that was offline is worth another try: it is there, or what is wrong with it now is something else. */
export async function isRootBack({
  rootPath,
  ...before
}: Omit<AwaitedRoot, 'rootId'>): Promise<boolean> {
  try {
    await refuseUnmountedRoot(rootPath, await openRoot(rootPath), before);
    return true;
  } catch (thrown) {
    return !(thrown instanceof VitrineError && thrown.code === 'ROOT_OFFLINE');
  }
}

/**
 * Makes sure that a root is still the folder that was opened, after something in it could not be found.
 * @throws VitrineError ROOT_OFFLINE
 */
export async function confirmRoot(rootPath: string, device: number): Promise<void> {
  const deviceNow = await openRoot(rootPath).catch(() => null);
  if (deviceNow !== device) throw offline(rootPath, 'it went away during the scan');
}

async function isEmptyFolder(path: string): Promise<boolean> {
  const folder = await opendir(path);
  try {
    return (await folder.read()) === null;
  } finally {
    await folder.close();
  }
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
