import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { isRootBack } from './root-folder';

describe('a root that was offline', () => {
  const known = { knownVideos: 3, device: -1 };

  it('is back when its folder is there with something in it', async () => {
    const rootPath = join(await temporaryFolder(), 'drive');
    expect(await isRootBack({ rootPath, ...known })).toBe(false);
    await mkdir(rootPath);
    await writeFile(join(rootPath, 'a.mp4'), 'x');
    expect(await isRootBack({ rootPath, ...known })).toBe(true);
    await rm(rootPath, { recursive: true });
    expect(await isRootBack({ rootPath, ...known })).toBe(false);
  });

  it('is not back when only the empty place is there where its drive used to be mounted', async () => {
    const rootPath = await temporaryFolder();
    expect(await isRootBack({ rootPath, ...known })).toBe(false);
    const { dev: device } = await stat(rootPath);
    expect(await isRootBack({ rootPath, knownVideos: 3, device })).toBe(true);
    expect(await isRootBack({ rootPath, knownVideos: 0, device: null })).toBe(true);
  });

  it('is worth another try when something else is wrong with it now', async () => {
    const rootPath = join(await temporaryFolder(), 'file');
    await writeFile(rootPath, 'x');
    expect(await isRootBack({ rootPath, ...known })).toBe(true);
  });
});
