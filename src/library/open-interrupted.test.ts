import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VitrineError } from '../shared/errors';
import type { LibraryMode } from '../shared/library-protocol';
import { MIGRATIONS } from './migrations';
import { initial } from './migrations/0001-initial';
import { openLibraryFile } from './open';
import { BACKED_UP, makeCrashedLibrary, SINCE_BACKUP } from './testing/damage-fixture';
import { faultFixture } from './testing/fault-fixture';
import { whyNoFaults } from './testing/faults';
import { libraryFixture } from './testing/library-fixture';

const { temporaryFolder, startService, openLibrary } = libraryFixture();
const { startProcess } = faultFixture();

let crashed: Awaited<ReturnType<typeof makeCrashedLibrary>>;

beforeAll(async () => {
  crashed = await makeCrashedLibrary(openLibrary);
});
afterAll(() => crashed.remove());

/** Libraries that are changed by being opened, and the videos that they have. */
const LIBRARIES: [string, number, (directory: string) => void | Promise<void>][] = [
  ['is still to be made', 0, () => undefined],
  ['crashed before', BACKED_UP + SINCE_BACKUP, (directory) => copyTo(directory)],
  ['was restored', BACKED_UP, restore],
  ['has an older schema', 0, makeOlderLibrary],
];

function copyTo(directory: string): void {
  cpSync(crashed.directory, directory, { recursive: true });
}

function makeOlderLibrary(directory: string): void {
  const file = openLibraryFile(directory, 'write', [initial]);
  // As every version did when it closed a library.
  file.database.exec("INSERT INTO meta VALUES ('closed', 'yes')");
  file.close();
}

async function restore(directory: string): Promise<void> {
  copyTo(directory);
  const { library } = startService();
  const [backup] = await library.call('listBackups', { directory });
  await library.call('restoreBackup', { directory, backupId: backup?.backupId ?? '' });
}

const CALLS = ['fsync,fdatasync', '?pwrite64', '?unlink,?unlinkat,?rename,?renameat,?renameat2'];

function openAndCount(directory: string): unknown {
  const file = openLibraryFile(directory, 'write');
  expect(file.schemaVersion).toBe(MIGRATIONS.length);
  const count = file.database.prepare('SELECT count(*) FROM videos').pluck().get();
  file.close();
  return count;
}

/** With what it is refused to open a library; null when it is not. */
function refusalOf(directory: string, mode: LibraryMode): string | null {
  try {
    openLibraryFile(directory, mode).close();
    return null;
  } catch (thrown) {
    return (thrown as VitrineError).code;
  }
}

describe.each(LIBRARIES)('a library that %s', (_, expected, make) => {
  const reason = whyNoFaults();

  it('is opened after a power cut in the middle of an earlier opening', {
    timeout: 180_000,
  }, async ({ skip }) => {
    if (reason) skip(reason);
    const original = join(temporaryFolder(), 'library');
    mkdirSync(original);
    await make(original);
    for (const calls of CALLS) {
      let interrupted = true;
      // The first ones, then ever fewer: a new library is hundreds of writes.
      for (let nth = 1; interrupted; nth += Math.ceil(nth / 2)) {
        const directory = join(temporaryFolder(), 'library');
        cpSync(original, directory, { recursive: true });
        const { library, inject, end } = startProcess();
        await library.call('listBackups', { directory });
        await inject(`${calls}:signal=SIGKILL:when=${nth}`);
        interrupted = await library.call('open', { directory, mode: 'write' }).then(
          () => false,
          () => true,
        );
        await end();
        expect([null, 'LIBRARY_NOT_FOUND']).toContain(refusalOf(directory, 'read'));
        if (interrupted) expect(openAndCount(directory)).toBe(expected);
      }
    }
  });
});
