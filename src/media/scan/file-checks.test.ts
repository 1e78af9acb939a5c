import { mkdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KnownPlace } from '../../shared/root-place';
import { pretendedVolumes } from '../testing/pretended-volumes';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { locateFolder } from '../volume/folder-place';
import type { VolumeSystem } from '../volume/volume-system';
import { FileChecker } from './file-checks';

async function checkerFor(
  rootPath: string,
  volumes: VolumeSystem,
  patienceMs?: number,
): Promise<FileChecker> {
  const root = { rootPath, ...(await locateFolder(rootPath, volumes)) };
  return new FileChecker(root, volumes, patienceMs);
}

/** Two roots, each on a drive; the other one with a video in it. */
async function twoRoots(uuid: string | null = 'other') {
  const folder = await temporaryFolder();
  const [root, drive] = [join(folder, 'root'), join(folder, 'drive')];
  await mkdir(root);
  await writeTree(drive, { 'clips/a.mp4': 'aaaaa' });
  const mounts = [
    { mountPoint: root, uuid: 'own' as string | null },
    { mountPoint: drive, uuid },
  ];
  const volumes = pretendedVolumes(mounts);
  const rootPath = join(drive, 'clips');
  const { place } = await locateFolder(rootPath, volumes);
  const known: KnownPlace = {
    rootPath,
    device: place.device,
    volumeIdentity: place.volume.identity,
    pathOnVolume: place.pathOnVolume,
  };
  const { mtimeMs } = await stat(join(rootPath, 'a.mp4'));
  const check = {
    ...{ type: 'presence' as const, videoId: 1, root: known, path: 'a.mp4', pathBytes: null },
    ...{ sizeBytes: 5, mtimeMs: Math.floor(mtimeMs), mounted: false },
  };
  const presence = async (change: Partial<KnownPlace> = {}) => {
    const checker = await checkerFor(root, volumes);
    const answer = await checker.answer({ ...check, root: { ...known, ...change } });
    return answer.type === 'presence' ? answer.presence : null;
  };
  return { folder, root, drive, rootPath, mounts, volumes, check, presence };
}

describe('a file of another root', () => {
  it('is present while it is there', async () => {
    const { presence } = await twoRoots();
    expect(await presence()).toBe('present');
  });

  it('is gone when its root is there without it', async () => {
    const { presence, rootPath } = await twoRoots();
    await rm(join(rootPath, 'a.mp4'));
    expect(await presence()).toBe('gone');
  });

  it('is not known when another file is in its place', async () => {
    const { presence, rootPath } = await twoRoots();
    await writeFile(join(rootPath, 'a.mp4'), 'another');
    expect(await presence()).toBe('unknown');
    await writeFile(join(rootPath, 'a.mp4'), 'bbbbb');
    await utimes(join(rootPath, 'a.mp4'), 5, 5);
    expect(await presence()).toBe('unknown');
    await rm(join(rootPath, 'a.mp4'));
    await mkdir(join(rootPath, 'a.mp4'));
    expect(await presence()).toBe('unknown');
  });

  it('is not known while its drive is unplugged', async () => {
    const { presence, drive, mounts } = await twoRoots();
    mounts.pop();
    await rm(drive, { recursive: true });
    expect(await presence()).toBe('unknown');
  });

  it('is not known when its drive does not answer, nor is that waited for again', async () => {
    const { root, rootPath, volumes, check } = await twoRoots();
    let goOn: () => void = () => undefined;
    const hung = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const mountOf: VolumeSystem['mountOf'] = async (path, device) => {
      if (path === rootPath) await hung;
      return volumes.mountOf(path, device);
    };
    const checker = await checkerFor(root, { ...volumes, mountOf }, 20);
    const unknown = { type: 'presence', videoId: 1, presence: 'unknown' };
    expect(await checker.answer(check)).toEqual(unknown);
    goOn();
    expect(await checker.answer(check)).toEqual(unknown);
  });

  it('is not known while another drive is in its place', async () => {
    const { presence, rootPath, mounts, drive } = await twoRoots();
    await rm(join(rootPath, 'a.mp4'));
    mounts[1] = { mountPoint: drive, uuid: 'third' };
    expect(await presence()).toBe('unknown');
  });

  it('is looked for where its drive is mounted now', async () => {
    const { presence, folder, drive, mounts } = await twoRoots();
    await rename(drive, join(folder, 'elsewhere'));
    mounts[1] = { mountPoint: join(folder, 'elsewhere'), uuid: 'other' };
    expect(await presence()).toBe('present');
    await rm(join(folder, 'elsewhere/clips/a.mp4'));
    expect(await presence()).toBe('gone');
  });

  it.each(['other', null])(
    'is gone when its root was deleted or renamed on its drive: %s',
    async (uuid) => {
      const { presence, rootPath, drive } = await twoRoots(uuid);
      await rename(rootPath, join(drive, 'renamed'));
      expect(await presence()).toBe('gone');
    },
  );

  it('is not known when its root is gone and its device with it', async () => {
    const { presence, rootPath } = await twoRoots(null);
    await rm(rootPath, { recursive: true });
    expect(await presence({ device: -1 })).toBe('unknown');
  });
});

describe('a file of the scanned root', () => {
  it('is told by its content', async () => {
    const { root, presence: _ } = await twoRoots();
    await writeTree(root, { 'x/a.mp4': 'some content' });
    const checker = await checkerFor(root, pretendedVolumes([]));
    const ask = (path: string, pathBytes: Uint8Array | null = null) =>
      checker.answer({ type: 'identity', videoId: 7, path, pathBytes });
    expect(await ask('x/a.mp4')).toMatchObject({
      videoId: 7,
      identity: { sizeBytes: 12, contentHash: expect.objectContaining({ length: 16 }) },
    });
    expect(await ask('shown wrongly', Buffer.from('x/a.mp4'))).toMatchObject({
      identity: { sizeBytes: 12 },
    });
    expect(await ask('x/none.mp4')).toEqual({ type: 'identity', videoId: 7, identity: null });
  });

  it('on no drive of its own is not on a mounted one, whether its folder is there or not', async () => {
    const { root } = await twoRoots();
    await mkdir(join(root, 'x'));
    const checker = await checkerFor(root, pretendedVolumes([]));
    for (const path of ['x', 'gone/deep']) {
      const answer = await checker.answer({ type: 'mount', folderId: 3, path, pathBytes: null });
      expect(answer).toEqual({ type: 'mount', folderId: 3, isMounted: false });
    }
  });
});
