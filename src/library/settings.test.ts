import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../shared/settings';
import { openWriterConnection } from './connection';
import { libraryFixture } from './testing/library-fixture';

const { openLibrary } = libraryFixture();

describe('settings', () => {
  it('are the defaults at first, and what was set from then on, also after closing', async () => {
    const first = await openLibrary();
    expect(await first.library.call('getSettings', null)).toEqual(DEFAULT_SETTINGS);
    const change = { extraExtensions: ['xyz', 'cam'] };
    const settings = { ...DEFAULT_SETTINGS, ...change };
    expect(await first.library.call('changeSettings', change)).toEqual(settings);
    await first.library.call('close', null);
    const second = await openLibrary({ directory: first.directory });
    expect(await second.library.call('getSettings', null)).toEqual(settings);
  });

  it('go along with a claimed job', async () => {
    const { library } = await openLibrary();
    await library.call('changeSettings', { extraExtensions: ['xyz'] });
    await library.call('submitScan', { path: '/videos' });
    expect(await library.call('claimJob', { kinds: ['scan'] })).toMatchObject({
      extraExtensions: ['xyz'],
    });
  });

  it('stay as they were when others are changed', async () => {
    const { library } = await openLibrary();
    await library.call('changeSettings', { watchFolders: false });
    await library.call('changeSettings', { jobsPerVolume: 3 });
    const settings = { ...DEFAULT_SETTINGS, watchFolders: false, jobsPerVolume: 3 };
    expect(await library.call('getSettings', null)).toEqual(settings);
  });

  it.each([
    ['extraExtensions', 'no JSON'],
    ['rescanMinutes', '"soon"'],
    ['colour', '"a setting of another version"'],
  ])('that cannot be understood count as not set, and no other: %s = %s', async (key, value) => {
    const { library, directory } = await openLibrary();
    await library.call('changeSettings', { watchFolders: false });
    const database = openWriterConnection(join(directory, 'library.sqlite'));
    database.prepare('INSERT INTO settings VALUES (?, ?)').run(key, value);
    database.close();
    const settings = { ...DEFAULT_SETTINGS, watchFolders: false };
    expect(await library.call('getSettings', null)).toEqual(settings);
  });
});
