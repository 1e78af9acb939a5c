import { describe, expect, it } from 'vitest';
import { EVERYTHING } from '../shared/video-query';
import { openLibraryFile } from './open';
import { READING_LIMITS } from './reading-limits';
import { libraryFixture } from './testing/library-fixture';
import { VideoLists } from './video-list';

const { temporaryFolder } = libraryFixture();

const TOTAL = 500;

/** Lists that read their columns in very many steps. */
function slowLists() {
  const { database, close } = openLibraryFile(temporaryFolder(), 'write');
  database.exec(`
    INSERT INTO roots (id, path, added_at) VALUES (1, '/films', 0);
    INSERT INTO folders (id, root_id, path, path_key) VALUES (1, 1, '', '');
    WITH RECURSIVE numbers (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM numbers LIMIT ${TOTAL})
    INSERT INTO videos (id, root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, needs_probe, added_at)
      SELECT id, 1, 1, id || '.mp4', '', 0, 0, id, 'ok', 0, 0 FROM numbers`);
  const limits = { ...READING_LIMITS, rowStep: 1 };
  return { lists: new VideoLists({ database, now: () => 0, isTold: true, limits }), close };
}

describe('a page of everything', () => {
  it('is answered while columns are read for what was asked before', async () => {
    const { lists, close } = slowLists();
    const { signal } = new AbortController();
    const order: string[] = [];
    const counting = lists.facets(EVERYTHING, signal).then(() => order.push('facets'));
    const search = { ...EVERYTHING, search: '7' };
    const searching = lists
      .page({ query: search, index: 0, limit: 9 }, signal)
      .then(() => order.push('search'));
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    const { total } = await lists.page({ query: EVERYTHING, index: 0, limit: 9 }, signal);
    order.push('page');
    await Promise.all([counting, searching]);
    expect(total).toBe(TOTAL);
    expect(order[0]).toBe('page');
    close();
  });
});

describe('a search that waits for columns', () => {
  it('ends when nobody waits for it', async () => {
    const { lists, close } = slowLists();
    const controller = new AbortController();
    const query = { ...EVERYTHING, search: '7' };
    const page = lists.page({ query, index: 0, limit: 9 }, controller.signal);
    controller.abort();
    await expect(page).rejects.toMatchObject({ code: 'CANCELLED' });
    close();
  });
});
