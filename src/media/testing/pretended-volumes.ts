import { innermost } from '../volume/mount-path';
import { UNKNOWN_VOLUME, type VolumeSystem } from '../volume/volume-system';

interface PretendedMount {
  mountPoint: string;
  /** Folder of the volume that is seen there; all of it when left out. */
  folder?: string;
  /** Null: a file system without an identity. */
  uuid: string | null;
  stableInodes?: boolean;
}

/** A system on which real folders are mount points of drives. Drives come and go as the list is changed. */
export function pretendedVolumes(mounts: PretendedMount[]): VolumeSystem {
  const list = () =>
    mounts.map(({ mountPoint, folder, uuid, stableInodes }) => ({
      mountPoint,
      folder: folder ?? '/',
      stableInodes: stableInodes ?? true,
      describe: async () =>
        uuid === null
          ? UNKNOWN_VOLUME
          : { identity: `uuid:${uuid}`, label: uuid, kind: 'solid-state' as const },
    }));
  return {
    mounts: async () => list(),
    mountOf: async (path) => innermost(list(), path),
  };
}
