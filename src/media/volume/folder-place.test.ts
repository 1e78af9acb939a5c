import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pretendedVolumes } from '../testing/pretended-volumes';
import { temporaryFolder } from '../testing/temporary-folder';
import { locateFolder, pathsOnVolume } from './folder-place';

describe('the place of a folder', () => {
  it('is its volume and where it is on it, whatever its path', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'usb/clips/2019'), { recursive: true });
    await mkdir(join(folder, 'bind'));
    const volumes = pretendedVolumes([
      { mountPoint: join(folder, 'usb'), uuid: 'a' },
      { mountPoint: join(folder, 'bind'), folder: '/clips', uuid: 'a' },
    ]);
    const { place } = await locateFolder(join(folder, 'usb/clips/2019'), volumes);
    const { dev: device } = await stat(folder);
    expect(place).toMatchObject({ device, pathOnVolume: '/clips/2019' });
    expect(place.volume).toMatchObject({ identity: 'uuid:a' });
    const bound = await locateFolder(join(folder, 'bind'), volumes);
    expect(bound.place.pathOnVolume).toBe('/clips');
  });

  it('is only its device where the volume has no identity or is not known', async () => {
    const folder = await temporaryFolder();
    const { dev: device } = await stat(folder);
    const nameless = pretendedVolumes([{ mountPoint: folder, uuid: null, stableInodes: false }]);
    for (const volumes of [nameless, pretendedVolumes([])]) {
      const { place } = await locateFolder(folder, volumes);
      expect(place).toMatchObject({ device, pathOnVolume: null });
    }
    expect((await locateFolder(folder, nameless)).stableInodes).toBe(false);
  });

  it('that is not there is an error', async () => {
    const gone = join(await temporaryFolder(), 'gone');
    await expect(locateFolder(gone, pretendedVolumes([]))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

describe('a place on a volume', () => {
  const volumes = pretendedVolumes([
    { mountPoint: '/media/usb', uuid: 'a' },
    { mountPoint: '/clips', folder: '/videos/clips', uuid: 'a' },
    { mountPoint: '/media/other', uuid: 'b' },
  ]);

  it('can be reached by every mount that shows it', async () => {
    const paths = await pathsOnVolume('uuid:a', '/videos/clips/2019', volumes);
    expect(paths).toEqual(['/media/usb/videos/clips/2019', '/clips/2019']);
    expect(await pathsOnVolume('uuid:a', '/videos', volumes)).toEqual(['/media/usb/videos']);
    expect(await pathsOnVolume('uuid:a', '/', volumes)).toEqual(['/media/usb']);
  });

  it('cannot be reached while the volume is away', async () => {
    expect(await pathsOnVolume('uuid:c', '/', volumes)).toEqual([]);
  });
});
