import { afterEach, describe, expect, it } from 'vitest';
import { EVERYTHING, type VideoQuery } from '../shared/video-query';
import { openReaderConnection } from './connection';
import { openLibraryFile } from './open';
import { READING_LIMITS, type ReadingLimits } from './reading-limits';
import { libraryFixture } from './testing/library-fixture';
import { VideoLists } from './video-list';

const { temporaryFolder } = libraryFixture();

const TOTAL = 500;
const { signal } = new AbortController();

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** Lists of a library of so many videos, and what adds more without telling the lists. */
function listsWith(limits: Partial<ReadingLimits>) {
  const { database, databasePath, close } = openLibraryFile(temporaryFolder(), 'write');
  const reader = openReaderConnection(databasePath);
  cleanups.push(() => {
    reader.close();
    close();
  });
  database.exec(`
    INSERT INTO roots (id, path, added_at) VALUES (1, '/films', 0);
    INSERT INTO folders (id, root_id, path, path_key) VALUES (1, 1, '', '')`);
  const add = (first: number, last: number) =>
    database.exec(`
      WITH RECURSIVE numbers (id) AS (SELECT ${first} UNION ALL SELECT id + 1 FROM numbers WHERE id < ${last})
      INSERT INTO videos (id, root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, needs_probe, added_at)
        SELECT id, 1, 1, id || '.mp4', '', 0, 0, id, 'ok', 0, 0 FROM numbers`);
  add(1, TOTAL);
  const lists = new VideoLists({
    database: reader,
    now: () => 0,
    isTold: true,
    limits: { ...READING_LIMITS, ...limits },
  });
  return { lists, database, add };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

describe('while columns are read step by step', () => {
  it('a page of everything is answered', async () => {
    const { lists } = listsWith({ rowStep: 1 });
    const order: string[] = [];
    const counting = lists.facets({ query: EVERYTHING }, signal).then(() => order.push('facets'));
    const query = { ...EVERYTHING, search: '7' };
    const page = lists.page({ query, index: 0, limit: 9 }, signal);
    const searching = page.then(() => order.push('search'));
    await turns(3);
    const { total } = await lists.page({ query: EVERYTHING, index: 0, limit: 9 }, signal);
    order.push('page');
    await Promise.all([counting, searching]);
    expect(total).toBe(TOTAL);
    expect(order[0]).toBe('page');
  });

  it('a change of what was read already is not missed', async () => {
    const { lists, database } = listsWith({ rowStep: 1 });
    const counting = lists.facets({ query: EVERYTHING }, signal);
    await turns(9);
    database.exec("UPDATE videos SET video_codec = 'h264' WHERE id = 2");
    lists.noteChange({ revision: 1, videoIds: Uint32Array.of(2) });
    expect((await counting).facets.videoCodec).toEqual([
      { value: null, count: TOTAL - 1 },
      { value: 'h264', count: 1 },
    ]);
  });

  it('a search ends when nobody waits for it', async () => {
    const { lists } = listsWith({ rowStep: 1 });
    const controller = new AbortController();
    const query = { ...EVERYTHING, search: '7' };
    const page = lists.page({ query, index: 0, limit: 9 }, controller.signal);
    controller.abort();
    await expect(page).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('a list that was read in part when the library grew', () => {
  it.each(['the same search', 'another search'])('reaches its end in %s', async (which) => {
    const { lists, add } = listsWith({ few: 4, orderSteps: [8, 8] });
    const search = (text: string): VideoQuery => ({ ...EVERYTHING, search: text, sort: 'size' });
    await lists.page({ query: search('mp4'), index: 0, limit: 5 }, signal);
    add(TOTAL + 1, TOTAL + 50);
    const query = search(which === 'the same search' ? 'mp4' : 'p4');
    const { videos, total } = await lists.page({ query, index: TOTAL - 5, limit: 100 }, signal);
    expect(total).toBe(TOTAL + 50);
    expect(videos.map(({ id }) => id)).toEqual(
      Array.from({ length: 55 }, (_, index) => TOTAL - 4 + index),
    );
  });
});
