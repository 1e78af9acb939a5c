import { stat } from 'node:fs/promises';
import { parse as parsePlist } from 'plist';
import { z } from 'zod';
import type { VolumeReport } from '../../shared/root-place';
import { innermost } from './mount-path';
import { Remembered } from './remembered';
import { runTool } from './run-tool';
import { shareIdentity, shareLabel } from './share';
import { type Mount, UNKNOWN_VOLUME, type VolumeSystem } from './volume-system';

/** A tool that takes longer waits for a drive that does not answer. */
const TOOL_TIMEOUT_MS = 10_000;

/** An unplugged root is looked for every few seconds: each disk need not be asked for its name every time. */
const REMEMBER_MS = 60_000;

const NETWORK_TYPES = new Set(['smbfs', 'afpfs', 'nfs', 'webdav', 'ftp', 'cifs', 'sshfs', 'ftpfs']);

/** A line of `/sbin/mount`. */
interface DarwinMount {
  source: string;
  mountPoint: string;
  type: string;
}

/** Parses lines such as `/dev/disk4s1 on /Volumes/T7 (exfat, local, nodev)`. */
export function parseMountOutput(text: string): DarwinMount[] {
  return text
    .split('\n')
    .map((line) => /^(.+?) on (\/.*) \(([^,()]+)[^()]*\)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, source = '', mountPoint = '', type = '']) => ({ source, mountPoint, type }));
}

/** What is used of `diskutil info`. Of its keys only those are there that apply to the disk. */
const diskInfoSchema = z.object({
  VolumeUUID: z.string().optional(),
  VolumeName: z.string().optional(),
  SolidState: z.boolean().optional(),
});

/** Parses the property list that `diskutil info -plist` prints. */
export function parseDiskInfo(text: string): VolumeReport {
  // The parser writes to the log of what is no property list at all.
  if (!text.includes('<plist')) return UNKNOWN_VOLUME;
  try {
    const { VolumeUUID, VolumeName, SolidState } = diskInfoSchema.parse(parsePlist(text));
    return {
      identity: VolumeUUID ? `uuid:${VolumeUUID}` : null,
      label: VolumeName || null,
      kind: SolidState === undefined ? 'unknown' : SolidState ? 'solid-state' : 'rotational',
    };
  } catch {
    return UNKNOWN_VOLUME; // a list of another kind, such as an error message
  }
}

/** Volumes as macOS tells of them. */
export class DarwinVolumes implements VolumeSystem {
  readonly #reports = new Remembered<string, VolumeReport>(REMEMBER_MS);

  async mounts(): Promise<Mount[]> {
    return (await listMounts()).map((line) => {
      const mount = mountOfLine(line);
      const key = `${line.source} on ${line.mountPoint}`;
      return { ...mount, describe: () => this.#reports.get(key, () => mount.describe()) };
    });
  }

  /**
   * By path where that is a share; otherwise by device, since the folders of the person are seen below `/` although
   * they are on another volume than it (firmlinks).
   */
  async mountOf(path: string, device: number): Promise<Mount | null> {
    const lines = await listMounts();
    const byPath = innermost(lines, path);
    if (byPath && NETWORK_TYPES.has(byPath.type)) return mountOfLine(byPath);
    for (const line of lines.filter(({ type }) => !NETWORK_TYPES.has(type))) {
      const stats = await stat(line.mountPoint).catch(() => null);
      if (stats?.dev !== device) continue;
      const mount = mountOfLine(line);
      return byPath === line ? mount : { ...mount, mountPoint: '/' };
    }
    return byPath && mountOfLine(byPath);
  }
}

async function listMounts(): Promise<DarwinMount[]> {
  return parseMountOutput((await runTool('/sbin/mount', [], TOOL_TIMEOUT_MS)) ?? '');
}

function mountOfLine({ source, mountPoint, type }: DarwinMount): Mount {
  return {
    mountPoint,
    folder: '/',
    stableInodes: true,
    describe: async () => {
      if (NETWORK_TYPES.has(type)) {
        return {
          identity: shareIdentity(type, source),
          label: shareLabel(source),
          kind: 'network',
        };
      }
      if (!source.startsWith('/dev/')) return UNKNOWN_VOLUME;
      const info = await runTool('/usr/sbin/diskutil', ['info', '-plist', source], TOOL_TIMEOUT_MS);
      return info === null ? UNKNOWN_VOLUME : parseDiskInfo(info);
    },
  };
}
