import { describe, expect, it } from 'vitest';
import { parseDiskInfo, parseMountOutput } from './darwin-volumes';

// In the form that macOS 14 prints; not recorded on the machine that runs this.
const MOUNT_OUTPUT = `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect, root data)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
/dev/disk4s1 on /Volumes/T7 (old) (exfat, local, nodev, nosuid, noowners)
//ada@nas._smb._tcp.local/Video on /Volumes/Video (smbfs, nodev, nosuid, mounted by ada)
`;

function plist(entries: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
	<key>DeviceIdentifier</key>
	<string>disk4s1</string>
	<key>TotalSize</key>
	<integer>1000204886016</integer>
${entries}
</dict>
</plist>
`;
}

describe('what macOS prints', () => {
  it('of mounts is read line by line, also with spaces and brackets in names', () => {
    expect(parseMountOutput(MOUNT_OUTPUT)).toEqual([
      { source: '/dev/disk3s1s1', mountPoint: '/', type: 'apfs' },
      { source: 'devfs', mountPoint: '/dev', type: 'devfs' },
      { source: '/dev/disk3s5', mountPoint: '/System/Volumes/Data', type: 'apfs' },
      { source: 'map auto_home', mountPoint: '/System/Volumes/Data/home', type: 'autofs' },
      { source: '/dev/disk4s1', mountPoint: '/Volumes/T7 (old)', type: 'exfat' },
      {
        source: '//ada@nas._smb._tcp.local/Video',
        mountPoint: '/Volumes/Video',
        type: 'smbfs',
      },
    ]);
  });

  it.each([
    ['<true/>', 'solid-state'],
    ['<false/>', 'rotational'],
  ])('of a disk tells what it is: %s %s', (solid, kind) => {
    const info = plist(`<key>SolidState</key>${solid}
      <key>VolumeName</key><string>T7 &amp; more</string>
      <key>VolumeUUID</key><string>0FD6C1A9-0B9B-3E3B-9F5C-1D2B7C0A5E11</string>`);
    expect(parseDiskInfo(info)).toEqual({
      identity: 'uuid:0FD6C1A9-0B9B-3E3B-9F5C-1D2B7C0A5E11',
      label: 'T7 & more',
      kind,
    });
  });

  it.each([
    ['a disk without a file system', plist('<key>VolumeName</key><string></string>')],
    ['an error', plist('<key>Error</key><true/><key>ErrorMessage</key><string>x</string>')],
    ['no property list', 'Could not find disk: disk9'],
    ['nothing', ''],
  ])('of %s tells nothing', (_, text) => {
    expect(parseDiskInfo(text)).toEqual({ identity: null, label: null, kind: 'unknown' });
  });
});
