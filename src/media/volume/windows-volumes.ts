import { win32 } from 'node:path';
import { z } from 'zod';
import type { VolumeReport } from '../../shared/root-place';
import { innermost } from './mount-path';
import { Remembered } from './remembered';
import { runTool } from './run-tool';
import { shareIdentity, shareLabel } from './share';
import type { Mount, VolumeSystem } from './volume-system';

/** PowerShell alone takes a second or two to start. */
const TOOL_TIMEOUT_MS = 30_000;

/** An unplugged root is looked for every few seconds: too often for PowerShell. */
const REMEMBER_MS = 60_000;

/**
 * Volumes with their GUID paths and mount points (Win32_Volume), network drives (Win32_LogicalDisk of type 4), and
 * what each partition's disk is made of (MSFT_PhysicalDisk); each part is left out where the system refuses it.
 * https://learn.microsoft.com/previous-versions/windows/desktop/vdswmi/win32-volume
 * https://learn.microsoft.com/windows/win32/cimwin32prov/win32-logicaldisk
 * https://learn.microsoft.com/windows-hardware/drivers/storage/msft-physicaldisk
 */
const SCRIPT = `
$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
[Console]::OutputEncoding = [Text.Encoding]::UTF8
$media = @{}
foreach ($disk in Get-PhysicalDisk) { $media["$($disk.DeviceId)"] = [string]$disk.MediaType }
ConvertTo-Json -Depth 4 -Compress @{
  volumes = @(Get-CimInstance Win32_Volume | Select-Object DeviceID, Name, Label)
  shares = @(Get-CimInstance Win32_LogicalDisk -Filter 'DriveType=4' | Select-Object DeviceID, ProviderName)
  disks = @(Get-Partition | ForEach-Object {
    @{ paths = @($_.AccessPaths); media = $media["$($_.DiskNumber)"] }
  })
}`;

const text = z.string().nullish();

const answerSchema = z.object({
  volumes: z.array(z.object({ DeviceID: z.string(), Name: z.string(), Label: text })),
  shares: z.array(z.object({ DeviceID: z.string(), ProviderName: text })),
  disks: z.array(z.object({ paths: z.array(z.string()), media: text })),
});

/** A mounted volume or network drive. */
export interface WindowsVolume extends VolumeReport {
  /** With `/` between names and without one at the end: `C:`, `D:/mounts/archive`. */
  mountPoint: string;
}

/** Parses what the script prints; empty when that is not what was expected. */
export function parseWindowsVolumes(json: string): WindowsVolume[] {
  const answer = parseAnswer(json);
  if (!answer) return [];
  const mediaOf = new Map(
    answer.disks.flatMap(({ paths, media }) => paths.map((path) => [path.toLowerCase(), media])),
  );
  const volumes = answer.volumes
    // A volume without a mount point has its own GUID path as its name.
    .filter(({ Name }) => !Name.startsWith('\\\\?\\'))
    .map(({ DeviceID, Name, Label }) => ({
      mountPoint: slashed(Name),
      identity: `volume:${DeviceID.replace(/^\\\\\?\\Volume|\\$/g, '').toLowerCase()}`,
      label: Label || null,
      kind: kindOf(mediaOf.get(DeviceID.toLowerCase()) ?? mediaOf.get(Name.toLowerCase())),
    }));
  const shares = answer.shares.flatMap(({ DeviceID, ProviderName }) =>
    ProviderName ? [{ ...shareVolume(ProviderName), mountPoint: slashed(DeviceID) }] : [],
  );
  return [...volumes, ...shares];
}

/** Volumes as Windows tells of them. */
export class WindowsVolumes implements VolumeSystem {
  readonly #listed = new Remembered<'all', WindowsVolume[]>(REMEMBER_MS);

  async mounts(): Promise<Mount[]> {
    return (await this.#listed.get('all', listVolumes)).map(mountOfVolume);
  }

  async mountOf(path: string): Promise<Mount | null> {
    const share = shareOfPath(path);
    if (share) return mountOfVolume(share);
    const volumes = await listVolumes();
    // Names on a volume may differ by case, drive letters and mount points do not.
    const lower = volumes.map((volume) => ({
      volume,
      mountPoint: volume.mountPoint.toLowerCase(),
    }));
    const found = innermost(lower, slashed(path).toLowerCase());
    return found && mountOfVolume(found.volume);
  }
}

/** A path such as `\\server\share\folder` names its volume itself. */
function shareOfPath(path: string): WindowsVolume | null {
  const [share] = /^\\\\(?![?.]\\)[^\\]+\\[^\\]+/.exec(path) ?? [];
  return share === undefined ? null : { ...shareVolume(share), mountPoint: slashed(share) };
}

function shareVolume(source: string): VolumeReport {
  return { identity: shareIdentity('smb', source), label: shareLabel(source), kind: 'network' };
}

async function listVolumes(): Promise<WindowsVolume[]> {
  const powershell = win32.join(
    process.env['SystemRoot'] ?? 'C:\\Windows',
    'System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  );
  const encoded = Buffer.from(SCRIPT, 'utf16le').toString('base64');
  const args = ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded];
  return parseWindowsVolumes((await runTool(powershell, args, TOOL_TIMEOUT_MS)) ?? '');
}

function mountOfVolume({ mountPoint, ...report }: WindowsVolume): Mount {
  return { mountPoint, folder: '/', stableInodes: true, describe: async () => report };
}

function parseAnswer(json: string): z.infer<typeof answerSchema> | null {
  try {
    return answerSchema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null; // not JSON: PowerShell is restricted, or told of an error
  }
}

/** MSFT_PhysicalDisk's media types, by name or by number. */
function kindOf(media: string | null | undefined): VolumeReport['kind'] {
  switch (media) {
    case 'SSD':
    case 'SCM':
    case '4':
    case '5':
      return 'solid-state';
    case 'HDD':
    case '3':
      return 'rotational';
    default:
      return 'unknown';
  }
}

function slashed(path: string): string {
  return path.replaceAll('\\', '/').replace(/\/+$/, '');
}
