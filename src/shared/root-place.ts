import type { Volume } from './library';

/** A drive or share as the system tells it. */
export interface VolumeReport {
  /** Stays the same wherever it is mounted (a file system's UUID, a share's address); null where the system knows none. */
  identity: string | null;
  label: string | null;
  kind: Volume['kind'];
}

/** Where a folder is, whatever its path is today. */
export interface FolderPlace {
  /** Number of the device. Some systems give another one with every mount: the identity of last resort. */
  device: number;
  volume: VolumeReport;
  /** From the top of the volume, with `/` in front and between names; null when the volume has no identity. */
  pathOnVolume: string | null;
}

/** Where the library has last seen a root. */
export interface KnownPlace {
  rootPath: string;
  /** Null before its first scan. */
  device: number | null;
  volumeIdentity: string | null;
  pathOnVolume: string | null;
}

/** A video of a root, by which the root is recognised on another device. */
export interface SampleFile {
  /** Relative to the root. */
  path: string;
  pathBytes: Uint8Array | null;
  sizeBytes: number;
}

/** What a root is recognised by. */
export interface KnownRoot {
  place: KnownPlace;
  knownVideos: number;
  samples: SampleFile[];
  /** The person confirmed that what is not found there is gone. */
  acceptMissing: boolean;
}
