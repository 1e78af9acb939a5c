import { describe, expect, it } from 'vitest';
import { parseWindowsVolumes } from './windows-volumes';

// In the form that ConvertTo-Json gives to the documented classes; not recorded on the machine that runs this.
const SYSTEM = '\\\\?\\Volume{4c1b02c1-d990-11dc-99ae-806e6f6e6963}\\';
const CARD = '\\\\?\\Volume{6F6A1C4E-0000-0000-0000-100000000000}\\';
const RECOVERY = '\\\\?\\Volume{11112222-0000-0000-0000-000000000000}\\';

const ANSWER = JSON.stringify({
  volumes: [
    { DeviceID: SYSTEM, Name: 'C:\\', Label: 'Windows' },
    { DeviceID: CARD, Name: 'C:\\Mounts\\Card\\', Label: '' },
    { DeviceID: RECOVERY, Name: RECOVERY, Label: 'Recovery' },
  ],
  shares: [
    { DeviceID: 'Z:', ProviderName: '\\\\NAS\\Video' },
    { DeviceID: 'Y:', ProviderName: null },
  ],
  disks: [
    { paths: ['C:\\', SYSTEM], media: 'SSD' },
    { paths: [CARD.toLowerCase()], media: 'HDD' },
  ],
});

describe('what PowerShell answers', () => {
  it('tells volumes by their GUIDs, folders that they are mounted at, and network drives', () => {
    expect(parseWindowsVolumes(ANSWER)).toEqual([
      {
        mountPoint: 'C:',
        identity: 'volume:{4c1b02c1-d990-11dc-99ae-806e6f6e6963}',
        label: 'Windows',
        kind: 'solid-state',
      },
      {
        mountPoint: 'C:/Mounts/Card',
        identity: 'volume:{6f6a1c4e-0000-0000-0000-100000000000}',
        label: null,
        kind: 'rotational',
      },
      { mountPoint: 'Z:', identity: 'smb://nas/video', label: 'Video', kind: 'network' },
    ]);
  });

  it('may leave out what the system refuses', () => {
    const partial = JSON.stringify({
      volumes: [{ DeviceID: SYSTEM, Name: 'C:\\', Label: null }],
      shares: [],
      disks: [],
    });
    expect(parseWindowsVolumes(partial)).toMatchObject([{ mountPoint: 'C:', kind: 'unknown' }]);
  });

  it.each(['', 'Access denied', '{}', '{"volumes":7}'])('may be of no use: %s', (text) => {
    expect(parseWindowsVolumes(text)).toEqual([]);
  });
});
