import {
  copyFileSync,
  cpSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { VitrineError } from '../shared/errors';
import { libraryFile, libraryLog } from './library-files';
import {
  BACKED_UP,
  checkpoint,
  contentOf,
  flip,
  flipPage,
  makeCrashedLibrary,
  type PageKind,
  pageOf,
  SINCE_BACKUP,
} from './testing/damage-fixture';
import { libraryFixture } from './testing/library-fixture';
import { DISK, scanDisk } from './testing/scan-fixture';

const { temporaryFolder, startService, openLibrary, copyOfCrash } = libraryFixture();

let crashed: Awaited<ReturnType<typeof makeCrashedLibrary>>;

beforeAll(async () => {
  crashed = await makeCrashedLibrary(openLibrary);
});
afterAll(() => crashed.remove());

/** The crashed library in a folder of its own. */
function copyOfCrashed(): string {
  const directory = join(temporaryFolder(), 'library');
  cpSync(crashed.directory, directory, { recursive: true });
  return directory;
}

const countOf = async (library: ReturnType<typeof startService>) =>
  (await library.library.call('summary', null)).counts.all;

it('a library without damage opens after a crash with everything that was committed', async () => {
  const library = await openLibrary({ directory: copyOfCrashed() });
  expect(await countOf(library)).toBe(BACKED_UP + SINCE_BACKUP);
});

it.each<[string, number, (directory: string) => void]>([
  ['without the index of its log', BACKED_UP + SINCE_BACKUP, (path) => rmSync(`${path}-shm`)],
  [
    'with garbage in it',
    BACKED_UP + SINCE_BACKUP,
    (path) => writeFileSync(`${path}-shm`, 'garbage '.repeat(4096)),
  ],
  // Nothing tells that there was a log: the file alone is the library as it was closed before.
  ['without its log', BACKED_UP, (path) => rmSync(`${path}-wal`)],
])('a library %s opens with what its files hold', async (_, expected, change) => {
  const directory = copyOfCrashed();
  change(libraryFile(directory));
  const library = await openLibrary({ directory });
  expect(await countOf(library)).toBe(expected);
});

type Damage = (directory: string) => void | Promise<void>;

const flippedPage =
  (kind: PageKind): Damage =>
  (directory) => {
    checkpoint(directory);
    flipPage(directory, pageOf(directory, kind));
  };

/** Cuts the file after `bytes`, or by so many from its end. */
const cut =
  (bytes: number): Damage =>
  (directory) => {
    checkpoint(directory);
    const path = libraryFile(directory);
    truncateSync(path, bytes < 0 ? statSync(path).size + bytes : bytes);
  };

const flippedInFile =
  (offset: number, length: number): Damage =>
  (directory) => {
    checkpoint(directory);
    flip(libraryFile(directory), offset, length);
  };

/** Wherever it stands: pages that are free now may hold older copies of the schema. */
const changedReferences: Damage = (directory) => {
  checkpoint(directory);
  const path = libraryFile(directory);
  const bytes = readFileSync(path);
  const words = 'CREATE TABLE problems (\n  video_id INTEGER PRIMARY KEY REFERENCES videos';
  const places: number[] = [];
  for (let at = bytes.indexOf(words); at >= 0; at = bytes.indexOf(words, at + 1)) places.push(at);
  expect(places).not.toEqual([]);
  for (const at of places) flip(path, at + words.indexOf('videos'), 1);
};

const inTheMiddleOfTheLog: Damage = (directory) => {
  const path = libraryLog(directory);
  flip(path, Math.floor(statSync(path).size / 3), 64);
};

/** Puts a log beside the library that is not its own. */
const foreignLog =
  (makeLog: (path: string) => void | Promise<void>): Damage =>
  async (directory) => {
    checkpoint(directory);
    rmSync(libraryLog(directory), { force: true });
    await makeLog(libraryLog(directory));
  };

async function logOfAnotherLibrary(path: string): Promise<void> {
  const other = await openLibrary();
  await scanDisk(other, DISK);
  copyFileSync(libraryLog(other.directory), path);
}

/** Of another program, with pages of another size. */
function logOfAnotherProgram(path: string): void {
  const file = join(temporaryFolder(), 'recipes.sqlite');
  const other = new Database(file);
  other.pragma('page_size = 8192');
  other.pragma('journal_mode = WAL');
  other.exec("CREATE TABLE recipes (name TEXT); INSERT INTO recipes VALUES ('pancakes')");
  copyFileSync(`${file}-wal`, path);
  other.close();
}

/** The file of an older day put back by hand, the log of today left where it was. */
const olderFileUnderNewerLog: Damage = async (directory) => {
  const library = await openLibrary({ directory });
  await scanDisk(library, DISK);
  await library.library.call('close', null);
  const older = copyOfCrashed();
  checkpoint(older);
  const again = await openLibrary({ directory });
  await scanDisk(again, DISK);
  const newer = copyOfCrash(again);
  await again.library.call('close', null);
  copyFileSync(libraryFile(older), libraryFile(directory));
  copyFileSync(libraryLog(newer), libraryLog(directory));
};

const DAMAGES: [string, Damage][] = [
  ['a flipped page of rows', flippedPage('table leaf')],
  ['a flipped page inside the tree of a table', flippedPage('table internal')],
  ['a flipped page of an index', flippedPage('index leaf')],
  ['a flipped page in the list of free pages', flippedPage('free')],
  ['a flipped first page', flippedInFile(0, 4096)],
  ['another first byte', flippedInFile(0, 1)],
  ['another page size in its header', flippedInFile(16, 2)],
  ['another format in its header', flippedInFile(18, 2)],
  ['another application in its header', flippedInFile(68, 1)],
  ['another table in a reference of its schema', changedReferences],
  ['no byte left, its log beside it', (directory) => truncateSync(libraryFile(directory))],
  ['no byte left and no log', cut(0)],
  ['the file gone', (directory) => rmSync(libraryFile(directory))],
  ['half a header left', cut(50)],
  ['half a page left', cut(2048)],
  ['one page left', cut(4096)],
  [
    'half of it left',
    (directory) => cut(-Math.floor(statSync(libraryFile(directory)).size / 2))(directory),
  ],
  ['its last page cut off', cut(-4096)],
  [
    'words in its place',
    (directory) => writeFileSync(libraryFile(directory), 'shopping list '.repeat(999)),
  ],
  ['a log whose header is damaged', (directory) => flip(libraryLog(directory), 8, 1)],
  ['a log that is damaged in the middle', inTheMiddleOfTheLog],
  [
    'garbage in place of its log',
    (directory) => writeFileSync(libraryLog(directory), 'garbage '.repeat(5000)),
  ],
  ['the log of another library', foreignLog(logOfAnotherLibrary)],
  ['the log of another program', foreignLog(logOfAnotherProgram)],
  ['an older file put under its log', olderFileUnderNewerLog],
];

describe.each(DAMAGES)('a library with %s', (_, damage) => {
  it('is refused, left as it is, and comes back from its backup', async () => {
    const directory = copyOfCrashed();
    await damage(directory);
    const damaged = contentOf(directory);

    const service = startService({ directory });
    const opening = service.library.call('open', { directory, mode: 'write' });
    await expect(opening).rejects.toMatchObject({ code: 'LIBRARY_CORRUPT' });
    expect(contentOf(directory)).toEqual(damaged);

    const [backup] = await service.library.call('listBackups', { directory });
    expect(backup?.videoCount).toBeGreaterThanOrEqual(BACKED_UP);
    const backupId = backup?.backupId ?? '';
    const { evidence } = await service.library.call('restoreBackup', { directory, backupId });
    expect(contentOf(evidence ?? temporaryFolder())).toEqual(damaged);

    await service.library.call('open', { directory, mode: 'write' });
    expect(await countOf(service)).toBe(backup?.videoCount);
    expect(await service.library.call('listBackups', { directory })).toContainEqual(backup);
  });
});

describe('damage anywhere', () => {
  const places = fc.array(fc.nat({ max: 0xffff_ffff }), { minLength: 1, maxLength: 4 });

  /** Opens and closes a library; answers with what it was refused, null when all its rows were there. */
  async function refusal(directory: string): Promise<string | null> {
    const before = contentOf(directory);
    const service = startService({ directory });
    try {
      await service.library.call('open', { directory, mode: 'write' });
    } catch (thrown) {
      expect(contentOf(directory)).toEqual(before);
      return (thrown as VitrineError).code;
    }
    await service.library.call('close', null);
    const database = new Database(libraryFile(directory), { readonly: true });
    const count = database.prepare('SELECT count(*) FROM videos').pluck().get();
    database.close();
    expect(count).toBe(BACKED_UP + SINCE_BACKUP);
    return null;
  }

  it('of the text of a trigger is noticed', async () => {
    const directory = copyOfCrashed();
    checkpoint(directory);
    const path = libraryFile(directory);
    flip(path, readFileSync(path).indexOf('old.bytes, count'), 1);
    expect(await refusal(directory)).toBe('LIBRARY_CORRUPT');
  });

  it.each<[string, (directory: string) => string, number, Damage]>([
    ['of the file', libraryFile, Number.POSITIVE_INFINITY, checkpoint],
    ['of the header of the file', libraryFile, 100, checkpoint],
    ['of the file under its log', libraryFile, Number.POSITIVE_INFINITY, () => undefined],
    ['of the log', libraryLog, Number.POSITIVE_INFINITY, () => undefined],
  ])('%s never loses a row in silence', async (_, pathOf, stretch, prepare) => {
    const run = fc.asyncProperty(places, async (offsets) => {
      const directory = copyOfCrashed();
      await prepare(directory);
      const size = Math.min(stretch, statSync(pathOf(directory)).size);
      for (const offset of offsets) flip(pathOf(directory), offset % size, 1);
      expect([null, 'LIBRARY_CORRUPT', 'LIBRARY_TOO_NEW']).toContain(await refusal(directory));
      rmSync(directory, { recursive: true });
    });
    await fc.assert(run, { numRuns: 40 });
  });
});
