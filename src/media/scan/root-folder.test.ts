import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KnownRoot } from '../../shared/root-place';
import { pretendedVolumes } from '../testing/pretended-volumes';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { locateFolder } from '../volume/folder-place';
import type { VolumeSystem } from '../volume/volume-system';
import { isRootBack, openRoot } from './root-folder';

/** What the library remembers of a root that was scanned where it is now. */
async function seen(rootPath: string, volumes: VolumeSystem): Promise<KnownRoot> {
  const { place } = await locateFolder(rootPath, volumes);
  return {
    place: {
      rootPath,
      device: place.device,
      volumeIdentity: place.volume.identity,
      pathOnVolume: place.pathOnVolume,
    },
    knownVideos: 2,
    samples: ['a.mp4', 'b.mp4'].map((path) => ({ path, pathBytes: null, sizeBytes: 5 })),
    acceptMissing: false,
  };
}

/** Mount points with a drive at the first one, which has the root on it, and what the library knows of the root. */
async function drive() {
  const folder = await temporaryFolder();
  const [usb, usb1] = [join(folder, 'usb'), join(folder, 'usb1')];
  await writeTree(usb, { 'clips/a.mp4': 'aaaaa', 'clips/b.mp4': 'bbbbb' });
  await mkdir(usb1);
  const mounts = [{ mountPoint: usb, uuid: 'a' as string | null }];
  const volumes = pretendedVolumes(mounts);
  const known = await seen(join(usb, 'clips'), volumes);
  /** The drive is taken out and, if there is a place for it, put in there. */
  const replug = async (mountPoint: string | null) => {
    mounts.pop();
    if (mountPoint === null) {
      await rename(join(usb, 'clips'), join(folder, 'unplugged'));
      return;
    }
    await rename(join(usb, 'clips'), join(mountPoint, 'clips'));
    mounts.push({ mountPoint, uuid: 'a' });
  };
  return { folder, usb, usb1, mounts, volumes, known, replug };
}

const OFFLINE = { code: 'ROOT_OFFLINE' };

describe('a root', () => {
  it('is found where it was', async () => {
    const { known, volumes } = await drive();
    expect(await openRoot(known, volumes)).toMatchObject({ rootPath: known.place.rootPath });
  });

  it('is found where its drive is mounted now', async () => {
    const { known, volumes, replug, usb1 } = await drive();
    await replug(usb1);
    const root = await openRoot(known, volumes);
    expect(root.rootPath).toBe(join(usb1, 'clips'));
    expect(root.place).toMatchObject({ pathOnVolume: '/clips' });
    expect(await isRootBack(known, volumes)).toBe(true);
  });

  it('is told from another one on the same drive by its place there', async () => {
    const { known, volumes, replug, usb, usb1 } = await drive();
    await writeTree(usb, { 'films/a.mp4': 'aaaaa', 'films/b.mp4': 'bbbbb' });
    const films = await seen(join(usb, 'films'), volumes);
    await rename(join(usb, 'films'), join(usb1, 'films'));
    await replug(usb1);
    expect((await openRoot(known, volumes)).rootPath).toBe(join(usb1, 'clips'));
    expect((await openRoot(films, volumes)).rootPath).toBe(join(usb1, 'films'));
  });

  it('is offline while its drive is unplugged', async () => {
    const { known, volumes, replug } = await drive();
    await replug(null);
    await expect(openRoot(known, volumes)).rejects.toMatchObject(OFFLINE);
    expect(await isRootBack(known, volumes)).toBe(false);
  });

  it('is found where its drive is, when another one took its mount point', async () => {
    const { known, volumes, replug, usb, usb1, mounts } = await drive();
    await replug(usb1);
    await writeTree(usb, { 'clips/other.mp4': 'x' });
    mounts.push({ mountPoint: usb, uuid: 'b' });
    expect((await openRoot(known, volumes)).rootPath).toBe(join(usb1, 'clips'));
  });

  it('is offline when only another drive is in its place', async () => {
    const { known, volumes, replug, usb, mounts } = await drive();
    await replug(null);
    await writeTree(usb, { 'clips/other.mp4': 'x' });
    mounts.push({ mountPoint: usb, uuid: 'b' });
    await expect(openRoot(known, volumes)).rejects.toMatchObject(OFFLINE);
    expect(await isRootBack(known, volumes)).toBe(false);
    const accepted = await openRoot({ ...known, acceptMissing: true }, volumes);
    expect(accepted.place.volume.identity).toBe('uuid:b');
  });

  it('is taken for itself on another drive that has the same files', async () => {
    const { known, volumes, mounts } = await drive();
    mounts[0] = { ...(mounts[0] ?? { mountPoint: '' }), uuid: 'b' };
    const root = await openRoot(known, volumes);
    expect(root).toMatchObject({ rootPath: known.place.rootPath });
    expect(root.place.volume.identity).toBe('uuid:b');
  });

  it('is offline when it had videos, is empty now, and its device is another', async () => {
    const { known, volumes, usb, mounts } = await drive();
    mounts[0] = { mountPoint: usb, uuid: null };
    await rm(join(usb, 'clips/a.mp4'));
    await rm(join(usb, 'clips/b.mp4'));
    const place = { ...known.place, volumeIdentity: null, pathOnVolume: null };
    const moved = { ...known, place: { ...place, device: -1 } };
    await expect(openRoot(moved, volumes)).rejects.toMatchObject(OFFLINE);
    expect((await openRoot({ ...known, place }, volumes)).rootPath).toBe(place.rootPath);
    expect((await openRoot({ ...moved, knownVideos: 0 }, volumes)).rootPath).toBe(place.rootPath);
  });

  it('is recognised by its files when the system only gave its device a new number', async () => {
    const { known, volumes, usb, mounts } = await drive();
    mounts[0] = { mountPoint: usb, uuid: null };
    const place = { ...known.place, volumeIdentity: null, pathOnVolume: null, device: -1 };
    expect((await openRoot({ ...known, place }, volumes)).rootPath).toBe(place.rootPath);
  });

  it('is another place when another folder of its own drive is mounted over it', async () => {
    const { known, volumes, usb, mounts } = await drive();
    await rm(join(usb, 'clips'), { recursive: true });
    await writeTree(usb, { 'clips/other.mp4': 'x' });
    mounts.push({ mountPoint: join(usb, 'clips'), folder: '/elsewhere', uuid: 'a' } as never);
    await expect(openRoot(known, volumes)).rejects.toMatchObject(OFFLINE);
  });

  it('that was never scanned is wherever its path says', async () => {
    const { known, volumes } = await drive();
    const { rootPath } = known.place;
    const place = { rootPath, device: null, volumeIdentity: null, pathOnVolume: null };
    const fresh = { place, knownVideos: 0, samples: [], acceptMissing: false };
    expect((await openRoot(fresh, volumes)).place.device).toBe((await stat(rootPath)).dev);
  });

  it('that is a file now is no folder', async () => {
    const { known, volumes, usb } = await drive();
    await rm(join(usb, 'clips'), { recursive: true });
    await writeFile(join(usb, 'clips'), '');
    await expect(openRoot(known, volumes)).rejects.toMatchObject({ code: 'PATH_NOT_A_FOLDER' });
    expect(await isRootBack(known, volumes)).toBe(true);
  });
});
