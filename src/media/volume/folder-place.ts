import { stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { FolderPlace } from '../../shared/root-place';
import { isAtOrBelow, rebase } from './mount-path';
import { UNKNOWN_VOLUME, type VolumeSystem } from './volume-system';

/** A place with what a scan of it has to know besides. */
export interface LocatedFolder {
  place: FolderPlace;
  stableInodes: boolean;
}

/**
 * Where a folder is.
 * @param path absolute, without links
 * @throws the system's error when there is nothing at the path
 */
export async function locateFolder(path: string, volumes: VolumeSystem): Promise<LocatedFolder> {
  const { dev: device } = await stat(path);
  const mount = await volumes.mountOf(path, device);
  if (!mount) {
    return { place: { device, volume: UNKNOWN_VOLUME, pathOnVolume: null }, stableInodes: true };
  }
  const volume = await mount.describe();
  const pathOnVolume =
    volume.identity === null ? null : rebase(slashed(path), mount.mountPoint, mount.folder);
  return { place: { device, volume, pathOnVolume }, stableInodes: mount.stableInodes };
}

/** Paths at which a folder of a volume can be reached now, whether or not it is there; none while it is unplugged. */
export async function pathsOnVolume(
  identity: string,
  pathOnVolume: string,
  volumes: VolumeSystem,
): Promise<string[]> {
  const paths: string[] = [];
  for (const mount of await volumes.mounts()) {
    if (!isAtOrBelow(pathOnVolume, mount.folder)) continue;
    if ((await mount.describe()).identity !== identity) continue;
    paths.push(native(rebase(pathOnVolume, mount.folder, mount.mountPoint)));
  }
  return paths;
}

function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/').replace(/\/+$/, '');
}

function native(path: string): string {
  if (sep === '/') return path;
  const separated = path.replaceAll('/', sep);
  return separated.endsWith(':') ? separated + sep : separated;
}
