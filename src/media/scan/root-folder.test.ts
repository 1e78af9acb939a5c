import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KnownRoot } from '../../shared/root-place';
import { temporaryFolder } from '../testing/temporary-folder';
import { systemVolumes } from '../volume/volume-system';
import { isRootBack } from './root-folder';

describe('a root that was offline', () => {
  /** As the library knows it: on another device than this one, without the identity of its volume. */
  const isBack = (rootPath: string, change: { device?: number; knownVideos?: number } = {}) => {
    const { device = -1, knownVideos = 3 } = change;
    const place = { rootPath, device, volumeIdentity: null, pathOnVolume: null };
    const samples = [{ path: 'a.mp4', pathBytes: null, sizeBytes: 1 }];
    const known: KnownRoot = { place, knownVideos, samples, acceptMissing: false };
    return isRootBack(known, systemVolumes());
  };

  it('is back when its folder is there with something in it', async () => {
    const rootPath = join(await temporaryFolder(), 'drive');
    expect(await isBack(rootPath)).toBe(false);
    await mkdir(rootPath);
    await writeFile(join(rootPath, 'a.mp4'), 'x');
    expect(await isBack(rootPath)).toBe(true);
    await rm(rootPath, { recursive: true });
    expect(await isBack(rootPath)).toBe(false);
  });

  it('is not back when only the empty place is there where its drive used to be mounted', async () => {
    const rootPath = await temporaryFolder();
    expect(await isBack(rootPath)).toBe(false);
    const { dev: device } = await stat(rootPath);
    expect(await isBack(rootPath, { device })).toBe(true);
    expect(await isBack(rootPath, { knownVideos: 0 })).toBe(true);
  });

  it('is worth another try when something else is wrong with it now', async () => {
    const rootPath = join(await temporaryFolder(), 'file');
    await writeFile(rootPath, 'x');
    expect(await isBack(rootPath)).toBe(true);
  });
});
