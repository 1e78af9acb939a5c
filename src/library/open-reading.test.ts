import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { libraryFixture } from './testing/library-fixture';
import { scanDisk } from './testing/scan-fixture';

const { temporaryFolder, startService, openLibrary } = libraryFixture();

describe('opening for reading', () => {
  it('works beside a writer and sees what it commits', async () => {
    const writer = await openLibrary();
    const reader = startService({ directory: writer.directory });
    await reader.library.call('open', { directory: writer.directory, mode: 'read' });
    const page = () =>
      reader.library.call('pageVideos', { query: EVERYTHING, index: 0, limit: 10 });
    expect((await page()).total).toBe(0);
    const { job } = await scanDisk(writer, { 'a.mp4': {} });
    expect((await page()).total).toBe(1);
    expect(await reader.library.call('listJobs', { limit: 5 })).toEqual([job]);
  });

  it('works when nobody writes', async () => {
    const writer = await openLibrary();
    await scanDisk(writer, { 'a.mp4': {} });
    await writer.library.call('close', null);
    const reader = startService({ directory: writer.directory });
    await reader.library.call('open', { directory: writer.directory, mode: 'read' });
    expect((await reader.library.call('summary', null)).counts.all).toBe(1);
  });

  it('refuses to write', async () => {
    const writer = await openLibrary();
    const reader = startService({ directory: writer.directory });
    await reader.library.call('open', { directory: writer.directory, mode: 'read' });
    const failure = { code: 'LIBRARY_READ_ONLY' };
    await expect(reader.library.call('submitScan', { path: '/media' })).rejects.toMatchObject(
      failure,
    );
    await expect(reader.library.call('recoverJobs', null)).rejects.toMatchObject(failure);
  });

  it('refuses a folder without a library and makes nothing there', async () => {
    const directory = temporaryFolder();
    mkdirSync(join(directory, 'empty'));
    for (const folder of [join(directory, 'empty'), join(directory, 'nowhere')]) {
      await expect(
        startService().library.call('open', { directory: folder, mode: 'read' }),
      ).rejects.toMatchObject({ code: 'LIBRARY_NOT_FOUND' });
    }
    expect(readdirSync(directory)).toEqual(['empty']);
    expect(readdirSync(join(directory, 'empty'))).toEqual([]);
  });
});
