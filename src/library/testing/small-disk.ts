import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const PAGE_BYTES = 4096;

/** A disk of its own, in memory, so small that it can be filled. */
export interface SmallDisk {
  readonly folder: string;
  /** Takes all room but so many bytes (whole pages of 4 KB). */
  fill(leaving?: number): void;
  /** Gives back what {@link fill} took. */
  free(): void;
  setReadOnly(readOnly: boolean): void;
  unmount(): void;
}

/** Mounts a disk of so many megabytes on an empty folder; null where that is not allowed. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  const options = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder];
  if (spawnSync('mount', options).status !== 0) return null;
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: (leaving = 0) => {
      const { bavail, bsize } = statfsSync(folder);
      takeRoom(ballast, Math.max(0, bavail * bsize - leaving));
    },
    free: () => rmSync(ballast, { force: true }),
    setReadOnly: (readOnly) => {
      const remount = spawnSync('mount', ['-o', `remount,${readOnly ? 'ro' : 'rw'}`, folder]);
      if (remount.status !== 0) throw new Error(String(remount.stderr));
    },
    unmount: () => void spawnSync('umount', ['-l', folder]),
  };
}

/** Others may write at the same time: what they took needs not be taken. */
function takeRoom(path: string, bytes: number): void {
  for (let left = bytes; left > 0; left -= PAGE_BYTES) {
    try {
      appendFileSync(path, Buffer.alloc(PAGE_BYTES));
    } catch (thrown) {
      if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown;
      return;
    }
  }
}
