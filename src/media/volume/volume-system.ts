import type { VolumeReport } from '../../shared/root-place';
import { DarwinVolumes } from './darwin-volumes';
import { LinuxVolumes } from './linux-volumes';
import { WindowsVolumes } from './windows-volumes';

/** A place where a volume, or a folder of it, is mounted. */
export interface Mount {
  /** Absolute, as the system writes paths. */
  mountPoint: string;
  /** Folder of the volume that is seen at the mount point, with `/` between names; `/` for all of it. */
  folder: string;
  /** Whether a file keeps its inode number over a remount. Where it does not, the number says nothing. */
  stableInodes: boolean;
  /** Never fails: what the system does not tell is null or `unknown`. */
  describe(): Promise<VolumeReport>;
}

/** What the operating system knows of drives and shares. */
export interface VolumeSystem {
  /** Everything that is mounted. */
  mounts(): Promise<Mount[]>;
  /**
   * The mount through which a folder is seen; null where the system does not tell.
   * @param path absolute, without links
   * @param device the folder's device number
   */
  mountOf(path: string, device: number): Promise<Mount | null>;
}

export const UNKNOWN_VOLUME: VolumeReport = { identity: null, label: null, kind: 'unknown' };

const NO_VOLUMES: VolumeSystem = {
  mounts: async () => [],
  mountOf: async () => null,
};

/** The volumes of the system that this runs on. */
export function systemVolumes(): VolumeSystem {
  switch (process.platform) {
    case 'linux':
      return new LinuxVolumes();
    case 'darwin':
      return new DarwinVolumes();
    case 'win32':
      return new WindowsVolumes();
    default:
      return NO_VOLUMES;
  }
}
