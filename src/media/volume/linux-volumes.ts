import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { VolumeReport } from '../../shared/root-place';
import { innermost } from './mount-path';
import { type MountInfo, parseMountInfo } from './mountinfo';
import { shareIdentity, shareLabel } from './share';
import { type Mount, UNKNOWN_VOLUME, type VolumeSystem } from './volume-system';

/** File systems whose files are on another machine, or on the host of this one: neither tells of changes there. */
const NETWORK_TYPES = new Set([
  ...['nfs', 'nfs4', 'cifs', 'smb3', 'smbfs', 'afs', 'ceph', 'ncpfs', 'lustre', 'beegfs'],
  ...['9p', 'virtiofs', 'vboxsf', 'prl_fs'],
  ...['sshfs', 'rclone', 's3fs', 'gcsfuse', 'goofys', 'curlftpfs', 'davfs', 'gvfsd-fuse'],
  ...['smbnetfs', 'glusterfs', 'ceph-fuse', 'mfs', 'juicefs', 'vmhgfs-fuse'],
]);

/** FAT has no inodes; the kernel numbers its files as it meets them, anew after every mount. */
const TYPES_WITHOUT_INODES = new Set(['vfat', 'msdos', 'exfat']);

export interface LinuxVolumePaths {
  mountInfo: string;
  /** Where udev links every file system to its device, by UUID and by label. */
  byUuid: string;
  byLabel: string;
  /** The kernel's block devices, by number and by name. */
  devicesByNumber: string;
  devicesByName: string;
}

const SYSTEM_PATHS: LinuxVolumePaths = {
  mountInfo: '/proc/self/mountinfo',
  byUuid: '/dev/disk/by-uuid',
  byLabel: '/dev/disk/by-label',
  devicesByNumber: '/sys/dev/block',
  devicesByName: '/sys/class/block',
};

/** Volumes as Linux tells of them, without starting any program. */
export class LinuxVolumes implements VolumeSystem {
  readonly #paths: LinuxVolumePaths;

  constructor(paths: Partial<LinuxVolumePaths> = {}) {
    this.#paths = { ...SYSTEM_PATHS, ...paths };
  }

  async mounts(): Promise<Mount[]> {
    const text = await readFile(this.#paths.mountInfo, 'utf8').catch(() => '');
    return parseMountInfo(text).map((mount) => ({
      mountPoint: mount.mountPoint,
      folder: mount.folder,
      stableInodes: hasStableInodes(mount.type),
      describe: () => this.#describe(mount),
    }));
  }

  async mountOf(path: string): Promise<Mount | null> {
    return innermost(await this.mounts(), path);
  }

  async #describe(mount: MountInfo): Promise<VolumeReport> {
    const type = mount.type.replace(/^fuse\./, '');
    const { source } = mount;
    if (NETWORK_TYPES.has(type)) {
      return { identity: shareIdentity(type, source), label: shareLabel(source), kind: 'network' };
    }
    const device = await this.#blockDevice(mount);
    if (device === null) return UNKNOWN_VOLUME;
    const name = basename(device);
    const uuid = await linkTo(this.#paths.byUuid, name);
    const label = await linkTo(this.#paths.byLabel, name);
    return {
      identity: uuid === null ? null : `uuid:${uuid}`,
      label: label === null ? null : unescapeLabel(label),
      kind: await kindOf(device),
    };
  }

  /** The device's folder in sysfs; null where the file system is on none (memory, a container's layers). */
  async #blockDevice({ deviceNumber, source }: MountInfo): Promise<string | null> {
    const { devicesByNumber, devicesByName } = this.#paths;
    if (!deviceNumber.startsWith('0:')) return resolved(join(devicesByNumber, deviceNumber));
    // Btrfs spans devices and has a number of its own: its source names one of them.
    if (!source.startsWith('/dev/')) return null;
    const node = (await resolved(source)) ?? source;
    return resolved(join(devicesByName, basename(node)));
  }
}

function hasStableInodes(type: string): boolean {
  return !TYPES_WITHOUT_INODES.has(type) && !type.startsWith('fuse.');
}

/** Name of the link in a folder of udev's that leads to a device. */
async function linkTo(folder: string, device: string): Promise<string | null> {
  // There is no such folder where no udev runs.
  for (const name of await readdir(folder).catch(() => [])) {
    const target = await resolved(join(folder, name));
    if (target !== null && basename(target) === device) return name;
  }
  return null;
}

/** Udev writes what is no plain character as `\xNN`, byte by byte. */
function unescapeLabel(text: string): string {
  const plain = text.replace(/%/g, '%25').replace(/\\x([0-9a-f]{2})/gi, '%$1');
  try {
    return decodeURIComponent(plain);
  } catch {
    return text; // not UTF-8: shown as udev has it
  }
}

/** Only whole disks have a queue: a partition's is its parent folder's. */
async function kindOf(device: string): Promise<VolumeReport['kind']> {
  for (const folder of [device, dirname(device)]) {
    const flag = await readFile(join(folder, 'queue', 'rotational'), 'utf8').catch(() => null);
    if (flag !== null) return flag.trim() === '1' ? 'rotational' : 'solid-state';
  }
  return 'unknown';
}

function resolved(path: string): Promise<string | null> {
  return realpath(path).catch(() => null);
}
