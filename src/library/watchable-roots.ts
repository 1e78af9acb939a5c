import type { WatchableRoot } from '../shared/library-protocol';
import type { Connection } from './connection';
import type { RootPlaces } from './root-places';

interface Row {
  rootId: number;
  online: number;
  volume: WatchableRoot['volume'];
}

/** The folders of the library; the kind of a drive that no scan has found out yet is unknown. */
export function watchableRoots(database: Connection, places: RootPlaces): WatchableRoot[] {
  const rows = database
    .prepare<[], Row>(`
      SELECT roots.id AS rootId, roots.online, ifnull(volumes.kind, 'unknown') AS volume
      FROM roots LEFT JOIN volumes ON volumes.id = roots.volume_id
      WHERE removed_at IS NULL ORDER BY roots.id`)
    .all();
  return rows.map(({ rootId, online, volume }) => ({
    ...{ rootId, online: online === 1, volume, acceptMissing: false },
    ...places.known(rootId),
  }));
}
