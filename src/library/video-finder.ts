import type { Connection } from './connection';
import { type PlaceBelow, placeBelow } from './video-path';

interface FoundRoot {
  rootId: number;
  path: string;
}

/** Finds what the library has at an absolute path. */
export class VideoFinder {
  readonly #roots;
  readonly #video;

  constructor(database: Connection) {
    this.#roots = database.prepare<[], FoundRoot>(
      'SELECT id AS rootId, path FROM roots WHERE removed_at IS NULL',
    );
    // Of several at one place only one is there; the others are missing.
    this.#video = database.prepare<[PlaceBelow & { rootId: number }], { id: number }>(`
      SELECT id FROM (
        SELECT v.id, 1 AS isPresent FROM folders f CROSS JOIN videos v ON v.folder_id = f.id
        WHERE f.root_id = @rootId AND f.path = @folder AND v.name = @name AND v.state <> 'missing'
        UNION ALL
        SELECT v.id, 0 FROM folders f CROSS JOIN videos v ON v.folder_id = f.id
        WHERE f.root_id = @rootId AND f.path = @folder AND v.name = @name AND v.state = 'missing'
      ) ORDER BY isPresent DESC, id LIMIT 1`);
  }

  /** The root that is at a path or above it, with the place in it: null for the root itself. */
  rootOf(path: string): { root: FoundRoot; place: PlaceBelow | null } | null {
    // Roots do not overlap, so that at most one can hold the path.
    for (const root of this.#roots.all()) {
      if (path === root.path) return { root, place: null };
      const place = placeBelow(path, root.path);
      if (place) return { root, place };
    }
    return null;
  }

  idOf(path: string): number | null {
    const found = this.rootOf(path);
    if (!found?.place) return null;
    const { rootId } = found.root;
    return this.#video.get({ rootId, ...found.place })?.id ?? null;
  }
}
