import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from './migrations';
import { libraryFixture } from './testing/library-fixture';
import { scanDisk } from './testing/scan-fixture';

const { temporaryFolder, startService, openLibrary, copyOfCrash } = libraryFixture();

const SQLITE = createRequire(import.meta.url).resolve('better-sqlite3');

/** Another process that holds the lock of the library until it is killed. */
async function startHolder(directory: string) {
  const script = `
    const database = new (require(process.argv[1]))(process.argv[2]);
    database.exec('BEGIN EXCLUSIVE');
    console.log('held');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', script, SQLITE, join(directory, 'lock.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

describe('opening for writing', () => {
  it('makes the folder and the schema', async () => {
    const service = startService({ directory: join(temporaryFolder(), 'new', 'library') });
    const { directory } = service;
    expect(await service.library.call('open', { directory, mode: 'write' })).toEqual({
      schemaVersion: MIGRATIONS.length,
    });
    expect(readdirSync(directory)).toEqual(
      expect.arrayContaining(['library.sqlite', 'lock.sqlite']),
    );
    const { libraryPath, counts } = await service.library.call('summary', null);
    expect([libraryPath, counts.all]).toEqual([directory, 0]);
  });

  it('refuses a library that another process holds, and takes it once that was killed', async () => {
    const directory = temporaryFolder();
    const holder = await startHolder(directory);
    const request = { directory, mode: 'write' } as const;
    const service = startService({ directory });
    await expect(service.library.call('open', request)).rejects.toMatchObject({
      code: 'LIBRARY_LOCKED',
    });
    await holder.kill();
    await service.library.call('open', request);
  });

  it('refuses a library that is open in this process already, until that one closes', async () => {
    const first = await openLibrary();
    const second = startService({ directory: first.directory });
    const request = { directory: first.directory, mode: 'write' } as const;
    await expect(second.library.call('open', request)).rejects.toMatchObject({
      code: 'LIBRARY_LOCKED',
    });
    await first.library.call('close', null);
    await second.library.call('open', request);
  });

  it('keeps everything from one time to the next', async () => {
    const first = await openLibrary();
    await scanDisk(first, { 'a.mp4': {} });
    await first.library.call('close', null);
    expect(readdirSync(first.directory).sort()).toEqual([
      'backups',
      'library.sqlite',
      'lock.sqlite',
    ]);
    const second = await openLibrary({ directory: first.directory });
    expect((await second.library.call('summary', null)).counts.all).toBe(1);
  });

  it('refuses a file where the folder should be', async () => {
    const directory = join(temporaryFolder(), 'file');
    writeFileSync(directory, '');
    await expect(
      startService().library.call('open', { directory, mode: 'write' }),
    ).rejects.toMatchObject({ code: 'LIBRARY_READ_ONLY' });
  });

  it('refuses a folder on a read-only volume', async ({ skip }) => {
    const directory = temporaryFolder();
    const options = ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', directory];
    if (spawnSync('mount', options).status !== 0) skip('mounting a volume is not allowed here');
    try {
      await expect(
        startService().library.call('open', { directory, mode: 'write' }),
      ).rejects.toMatchObject({ code: 'LIBRARY_READ_ONLY' });
    } finally {
      spawnSync('umount', [directory]);
    }
  });

  it('refuses a file that is no database and leaves it as it is', async () => {
    const directory = temporaryFolder();
    const path = join(directory, 'library.sqlite');
    writeFileSync(path, 'This is not a database. '.repeat(100));
    const before = readFileSync(path);
    await expect(
      startService().library.call('open', { directory, mode: 'write' }),
    ).rejects.toMatchObject({ code: 'LIBRARY_CORRUPT' });
    expect(readFileSync(path)).toEqual(before);
  });

  it('refuses a database of another program and leaves it as it is', async () => {
    const directory = temporaryFolder();
    const path = join(directory, 'library.sqlite');
    const other = new Database(path);
    other.exec('CREATE TABLE recipes (name TEXT)');
    other.close();
    const before = readFileSync(path);
    await expect(
      startService().library.call('open', { directory, mode: 'write' }),
    ).rejects.toMatchObject({ code: 'LIBRARY_CORRUPT' });
    expect(readFileSync(path)).toEqual(before);
  });

  it('finds damage after a crash and keeps the file', async () => {
    const crashed = await openLibrary();
    await scanDisk(crashed, Object.fromEntries(manyFiles(300)));
    const directory = copyOfCrash(crashed);
    const path = join(directory, 'library.sqlite');
    // Moves the log into the file, then cuts the file short.
    const database = new Database(path);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096);
    const size = statSync(path).size;
    await expect(
      startService().library.call('open', { directory, mode: 'write' }),
    ).rejects.toMatchObject({ code: 'LIBRARY_CORRUPT' });
    expect(statSync(path).size).toBe(size);
  });

  it('refuses a library of a newer version', async () => {
    const library = await openLibrary();
    await library.library.call('close', null);
    const database = new Database(join(library.directory, 'library.sqlite'));
    database.pragma('user_version = 99');
    database.close();
    for (const mode of ['write', 'read'] as const) {
      await expect(
        startService().library.call('open', { directory: library.directory, mode }),
      ).rejects.toMatchObject({ code: 'LIBRARY_TOO_NEW' });
    }
  });
});

describe('a service without a library', () => {
  it('refuses every question', async () => {
    const failure = { code: 'INVALID_REQUEST' };
    await expect(startService().library.call('summary', null)).rejects.toMatchObject(failure);
    await expect(startService().library.call('getJob', { jobId: 'x' })).rejects.toMatchObject(
      failure,
    );
  });
});

function manyFiles(count: number): [string, object][] {
  return Array.from({ length: count }, (_, index) => [`clip ${index}.mp4`, {}]);
}
