import { describe, expect, it } from 'vitest';
import { shareIdentity, shareLabel } from './share';

describe('the identity of a share', () => {
  it.each([
    ['cifs', '//NAS/Video'],
    ['smbfs', '//ada@nas/video'],
    ['smb', '\\\\nas\\Video'],
    ['smb3', '//ada:secret@nas/Video/'],
  ])('is the same however it was mounted: %s %s', (type, source) => {
    expect(shareIdentity(type, source)).toBe('smb://nas/video');
  });

  it.each([
    ['nfs', 'nas:/volume1/video', 'nfs://nas:/volume1/video'],
    ['nfs4', 'nas:/volume1/video/', 'nfs://nas:/volume1/video'],
    ['nfs4', 'nas:/', 'nfs://nas:'],
    ['sshfs', 'ada@host:clips', 'sshfs://ada@host:clips'],
    ['rclone', 'drive:', 'rclone://drive:'],
    ['smb', '\\\\nas\\Video\\2019', 'smb://nas/video/2019'],
  ])('of %s %s is %s', (type, source, identity) => {
    expect(shareIdentity(type, source)).toBe(identity);
  });

  it('does not hold a password', () => {
    expect(shareIdentity('cifs', '//ada:secret@nas/Video')).not.toContain('secret');
  });
});

describe('the label of a share', () => {
  it.each([
    ['//ada@nas/Video', 'Video'],
    ['nas:/volume1/video', 'video'],
    ['\\\\nas\\Video', 'Video'],
    ['drive:', 'drive'],
  ])('of %s is %s', (source, label) => {
    expect(shareLabel(source)).toBe(label);
  });
});
