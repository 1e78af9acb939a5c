import { describe, expect, it } from 'vitest';
import { parseMountInfo } from './mountinfo';

/** Lines as kernels write them: with and without optional fields, escaped, bound, of memory, of a share. */
const RECORDED = String.raw`22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard,resv_strict,resuid=65534,resgid=65534
28 27 0:25 / /mnt/tools ro,nosuid,nodev,relatime - tmpfs model_tools_unavailable ro,size=4k,mode=755
36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue
91 27 8:17 / /media/ada/Holiday\040\134\0432019 rw,nosuid shared:52 propagate_from:2 - vfat /dev/sdb1 rw
95 27 0:61 / /mnt/nas rw,relatime shared:60 - nfs4 nas.local:/volume1/video rw,vers=4.2
`;

describe("the kernel's list of mounts", () => {
  it('is read line by line, whatever stands before the dash', () => {
    expect(parseMountInfo(RECORDED).map(({ mountPoint, type }) => [mountPoint, type])).toEqual([
      ['/proc', 'proc'],
      ['/', 'ext4'],
      ['/mnt/tools', 'tmpfs'],
      ['/mnt2', 'ext3'],
      ['/media/ada/Holiday \\#2019', 'vfat'],
      ['/mnt/nas', 'nfs4'],
    ]);
  });

  it('tells device, folder and source', () => {
    const mounts = parseMountInfo(RECORDED);
    expect(mounts[3]).toMatchObject({ deviceNumber: '98:0', folder: '/mnt1', source: '/dev/root' });
    expect(mounts[5]).toMatchObject({ deviceNumber: '0:61', source: 'nas.local:/volume1/video' });
  });

  it('may hold anything else', () => {
    expect(parseMountInfo('nonsense\n\n1 2 3\n1 2 8:1 / - \n')).toEqual([]);
  });
});
