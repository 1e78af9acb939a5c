/** A line of `/proc/self/mountinfo`. */
export interface MountInfo {
  /** `major:minor` of the file system; major 0 where it is on no single block device. */
  deviceNumber: string;
  /** Folder of the file system that is seen at the mount point: not `/` for a bind mount or a subvolume. */
  folder: string;
  mountPoint: string;
  type: string;
  source: string;
}

/**
 * Parses the kernel's list of mounts, in the order in which they were made.
 * Format: https://docs.kernel.org/filesystems/proc.html#proc-pid-mountinfo-information-about-mounts
 */
export function parseMountInfo(text: string): MountInfo[] {
  return text
    .split('\n')
    .map(parseLine)
    .filter((mount) => mount !== null);
}

function parseLine(line: string): MountInfo | null {
  // Any number of optional fields stand before the lone dash.
  const [front, back] = line.split(' - ', 2);
  const [, , deviceNumber, folder, mountPoint] = front?.split(' ') ?? [];
  const [type, source] = back?.split(' ') ?? [];
  if (!deviceNumber || !folder || !mountPoint || !type || source === undefined) return null;
  return {
    deviceNumber,
    folder: decodeEscapes(folder),
    mountPoint: decodeEscapes(mountPoint),
    type,
    source: decodeEscapes(source),
  };
}

/** Space, tab, line end, backslash and `#` are written as a backslash with three octal digits. */
function decodeEscapes(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
