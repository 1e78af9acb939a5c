import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { LinuxVolumes } from './linux-volumes';

const MOUNTS = `27 1 8:2 / / rw - ext4 /dev/sda2 rw
40 27 8:17 / /media/ada/EOS rw shared:5 - exfat /dev/sdb1 rw
41 27 8:17 /DCIM /home/ada/card rw shared:5 - exfat /dev/sdb1 rw
42 27 253:0 / /vault rw - xfs /dev/mapper/vault rw
43 27 0:50 /@clips /clips rw - btrfs /dev/sdc rw
44 27 0:61 / /mnt/nas rw - nfs4 nas:/video rw
45 27 0:62 / /mnt/ssh rw - fuse.sshfs ada@host:clips rw
46 27 0:63 / /tmp rw - tmpfs tmpfs rw
47 27 0:64 / /merged rw - overlay overlay rw
48 27 8:33 / /media/ada/plain rw - ext4 /dev/sdd1 rw
`;

/** The system's files as a machine with such drives has them. */
async function machine(): Promise<LinuxVolumes> {
  const folder = await temporaryFolder();
  const at = (...parts: string[]) => join(folder, ...parts);
  const link = async (target: string, path: string) => {
    await mkdir(dirname(path), { recursive: true });
    await symlink(target, path);
  };
  const disk = async (path: string, rotational: string | null) => {
    await mkdir(at('devices', path, 'queue'), { recursive: true });
    if (rotational !== null) {
      await writeFile(at('devices', path, 'queue/rotational'), `${rotational}\n`);
    }
  };
  for (const [path, rotational] of [
    ['sda', '0'],
    ['sdb', '1'],
    ['dm-0', '0'],
    ['sdc', '1'],
  ] as const) {
    await disk(path, rotational);
  }
  for (const partition of ['sda/sda2', 'sdb/sdb1', 'sdd/sdd1']) {
    await mkdir(at('devices', partition), { recursive: true });
  }
  const numbers = { '8:2': 'sda/sda2', '8:17': 'sdb/sdb1', '253:0': 'dm-0', '8:33': 'sdd/sdd1' };
  for (const [number, path] of Object.entries(numbers)) {
    await link(at('devices', path), at('by-number', number));
  }
  await link(at('devices/sdc'), at('by-name/sdc'));
  for (const name of ['sda2', 'sdb1', 'dm-0', 'sdc', 'sdd1']) {
    await mkdir(at('dev'), { recursive: true });
    await writeFile(at('dev', name), '');
  }
  const uuids = {
    'aaaa-bbbb': 'sda2',
    '6464-3535': 'sdb1',
    'cccc-dddd': 'dm-0',
    'eeee-ffff': 'sdc',
  };
  for (const [uuid, name] of Object.entries(uuids))
    await link(at('dev', name), at('by-uuid', uuid));
  await link(at('dev/sdb1'), at('by-label', 'EOS\\x20DIGITAL'));
  await writeFile(at('mountinfo'), MOUNTS);
  return new LinuxVolumes({
    mountInfo: at('mountinfo'),
    byUuid: at('by-uuid'),
    byLabel: at('by-label'),
    devicesByNumber: at('by-number'),
    devicesByName: at('by-name'),
  });
}

const reportOf = async (volumes: LinuxVolumes, path: string) =>
  (await volumes.mountOf(path))?.describe();

describe('volumes on Linux', () => {
  it.each([
    ['/home/ada', { identity: 'uuid:aaaa-bbbb', label: null, kind: 'solid-state' }],
    [
      '/media/ada/EOS/DCIM',
      { identity: 'uuid:6464-3535', label: 'EOS DIGITAL', kind: 'rotational' },
    ],
    ['/home/ada/card', { identity: 'uuid:6464-3535', label: 'EOS DIGITAL', kind: 'rotational' }],
    ['/vault/a', { identity: 'uuid:cccc-dddd', label: null, kind: 'solid-state' }],
    ['/clips', { identity: 'uuid:eeee-ffff', label: null, kind: 'rotational' }],
    ['/mnt/nas/a', { identity: 'nfs://nas:/video', label: 'video', kind: 'network' }],
    ['/mnt/ssh', { identity: 'sshfs://ada@host:clips', label: 'clips', kind: 'network' }],
    ['/tmp/x', { identity: null, label: null, kind: 'unknown' }],
    ['/merged', { identity: null, label: null, kind: 'unknown' }],
    ['/media/ada/plain', { identity: null, label: null, kind: 'unknown' }],
  ])('%s is on %o', async (path, report) => {
    expect(await reportOf(await machine(), path)).toEqual(report);
  });

  it('know which folder of the volume a mount shows', async () => {
    const volumes = await machine();
    expect((await volumes.mountOf('/home/ada/card/a'))?.folder).toBe('/DCIM');
    expect((await volumes.mountOf('/clips/a'))?.folder).toBe('/@clips');
  });

  it.each([
    ['/home/ada', true],
    ['/media/ada/EOS', false],
    ['/mnt/nas', true],
    ['/mnt/ssh', false],
  ])('know whether inode numbers last: %s %s', async (path, stable) => {
    expect((await (await machine()).mountOf(path))?.stableInodes).toBe(stable);
  });

  it('are unknown where the system has none of these files', async () => {
    const folder = await temporaryFolder();
    const none = new LinuxVolumes({ mountInfo: join(folder, 'none') });
    expect(await none.mounts()).toEqual([]);
    expect(await none.mountOf('/')).toBeNull();
  });

  it.skipIf(process.platform !== 'linux')('are found for every mount of this machine', async () => {
    const volumes = new LinuxVolumes();
    const mounts = await volumes.mounts();
    expect(mounts.length).toBeGreaterThan(0);
    for (const mount of mounts) {
      expect((await mount.describe()).kind).toMatch(/^(solid-state|rotational|network|unknown)$/);
    }
    expect((await volumes.mountOf('/proc/self'))?.mountPoint).toBe('/proc');
  });
});
