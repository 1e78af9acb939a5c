import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TestLibrary } from './library-fixture';

/** Puts videos into the file of a library, so many that an edit of them takes a while. */
export function addManyVideos({ directory }: TestLibrary, count: number): void {
  const database = new Database(join(directory, 'library.sqlite'));
  database.exec(`
    INSERT INTO roots (id, path, added_at) VALUES (1, '/many', 0);
    INSERT INTO folders (id, root_id, path, path_key) VALUES (1, 1, '', 'many');
    WITH RECURSIVE number (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM number WHERE id < ${count})
    INSERT INTO videos (id, root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state,
      needs_probe, added_at)
    SELECT id, 1, 1, 'clip ' || id, 'clip ' || id, 1, 1, id, 'ok', 0, 0 FROM number`);
  database.close();
}
