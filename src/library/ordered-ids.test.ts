import { describe, expect, it } from 'vitest';
import { openLibraryFile } from './open';
import { orderedIds } from './ordered-ids';
import { libraryFixture } from './testing/library-fixture';

const { temporaryFolder } = libraryFixture();

const TOTAL = 20;
const EVERYWHERE = Array.from({ length: TOTAL + 3 }, (_, index) => index);

describe('IDs at a place in an order', () => {
  it.each([0, 1, 3, 10, 17, 20])('are its slice: %i of 20 without a value', (unknown) => {
    const { database, close } = openLibraryFile(temporaryFolder(), 'write');
    database.exec(`
      INSERT INTO roots (id, path, added_at) VALUES (1, '/films', 0);
      INSERT INTO folders (id, root_id, path, path_key) VALUES (1, 1, '', '')`);
    const insert = database.prepare(`
      INSERT INTO videos (id, root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, needs_probe, added_at, bit_rate)
      VALUES (?, 1, 1, ?, '', 0, 0, 0, 'ok', 0, 0, ?)`);
    const ids = Array.from({ length: TOTAL }, (_, index) => index + 1);
    const isUnknown = (id: number) => (id * 7) % TOTAL < unknown;
    for (const id of ids) insert.run(id, `${id}.mp4`, isUnknown(id) ? null : (id * 3) % TOTAL);

    for (const descending of [false, true]) {
      const sign = descending ? -1 : 1;
      const known = ids
        .filter((id) => !isUnknown(id))
        .toSorted((a, b) => (((a * 3) % TOTAL) - ((b * 3) % TOTAL)) * sign);
      const rest = ids.filter(isUnknown).toSorted((a, b) => (a - b) * sign);
      const order = [...known, ...rest];
      for (const index of EVERYWHERE) {
        for (const limit of [1, 2, 7, TOTAL]) {
          const part = { sort: 'bitRate' as const, descending, index, limit, total: TOTAL };
          const read = [...orderedIds(database, part)];
          expect([part, read]).toEqual([part, order.slice(index, index + limit)]);
        }
      }
    }
    close();
  });
});
