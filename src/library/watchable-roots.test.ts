import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { libraryFixture } from './testing/library-fixture';
import { DISK, ROOT, scanDisk } from './testing/scan-fixture';

const { openLibrary } = libraryFixture();

describe('the roots to look after', () => {
  it('are those that were not removed, and each knows what tells whether it is there', async () => {
    const service = await openLibrary();
    const { library } = service;
    const kept = (await scanDisk(service, DISK)).job.rootId as number;
    const removed = (await scanDisk(service, {}, { path: '/media/other' })).job.rootId as number;
    await library.call('removeRoot', { rootId: removed });
    expect(await library.call('watchableRoots', null)).toEqual([
      { rootId: kept, rootPath: ROOT, online: true, volume: 'unknown' },
    ]);
    expect(await library.call('awaitedRoot', { rootId: kept })).toMatchObject({
      ...{ rootId: kept, place: { rootPath: ROOT, device: 7 }, knownVideos: 5 },
    });
    const gone = library.call('awaitedRoot', { rootId: removed });
    await expect(gone).rejects.toMatchObject({ code: 'ROOT_NOT_FOUND' });
  });

  it('say when they are offline, and what kind of drive they are on', async () => {
    const service = await openLibrary();
    const { library, directory } = service;
    const rootId = (await scanDisk(service, DISK)).job.rootId as number;
    await library.call('setRootOnline', { rootId, online: false });
    const database = new Database(join(directory, 'library.sqlite'));
    database.exec(`
      INSERT INTO volumes (id, identity, kind) VALUES (3, 'nas:films', 'network');
      UPDATE roots SET volume_id = 3;`);
    database.close();
    expect(await library.call('watchableRoots', null)).toMatchObject([
      { rootId, online: false, volume: 'network' },
    ]);
  });
});
