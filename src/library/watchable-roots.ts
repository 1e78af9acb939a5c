import type { WatchableRoot } from '../shared/library-protocol';
import type { Connection } from './connection';

type Row = Omit<WatchableRoot, 'online'> & { online: number };

/** The folders of the library; the kind of a drive that no scan has found out yet is unknown. */
export function watchableRoots(database: Connection): WatchableRoot[] {
  const rows = database
    .prepare<[], Row>(`
      SELECT roots.id AS rootId, roots.path AS rootPath, roots.online,
        ifnull(volumes.kind, 'unknown') AS volume
      FROM roots LEFT JOIN volumes ON volumes.id = roots.volume_id
      WHERE removed_at IS NULL ORDER BY roots.id`)
    .all();
  return rows.map((row) => ({ ...row, online: row.online === 1 }));
}
