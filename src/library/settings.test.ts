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
    const settings = { ...DEFAULT_SETTINGS, extraExtensions: ['xyz', 'cam'] };
    expect(await first.library.call('setSettings', settings)).toEqual(settings);
    await first.library.call('close', null);
    const second = await openLibrary({ directory: first.directory });
    expect(await second.library.call('getSettings', null)).toEqual(settings);
  });

  it('go along with a claimed job', async () => {
    const { library } = await openLibrary();
    await library.call('setSettings', { ...DEFAULT_SETTINGS, extraExtensions: ['xyz'] });
    await library.call('submitScan', { path: '/videos' });
    expect(await library.call('claimJob', { kinds: ['scan'] })).toMatchObject({
      extraExtensions: ['xyz'],
    });
  });

  it('that cannot be understood count as not set', async () => {
    const { library, directory } = await openLibrary();
    const database = openWriterConnection(join(directory, 'library.sqlite'));
    database.prepare("INSERT INTO settings VALUES ('extraExtensions', 'no JSON')").run();
    database.close();
    expect(await library.call('getSettings', null)).toEqual(DEFAULT_SETTINGS);
  });
});
