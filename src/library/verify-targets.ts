import { createHash } from 'node:crypto';
import { VitrineError } from '../shared/errors';
import type { JobPayload } from '../shared/job-payload';
import type { Connection } from './connection';
import { VideoFinder } from './video-finder';
import { absoluteFolder, absolutePath, normaliseRootPath, relativePath } from './video-path';

/** Videos to verify, or a path of the library. */
export type VerifyWish = JobPayload<'verify'> | { path: string };

/** What a verification is to do and how it is called. */
export interface VerifyPlan {
  payload: JobPayload<'verify'>;
  /** Equal for equal work; its last name is for people. */
  target: string;
  /** The root that all of it lies in; null where there are several. */
  rootId: number | null;
}

/** The videos of a verification. */
export interface VerifyList {
  /** Ascending. */
  ids: Uint32Array;
  totalUs: number;
  /** The roots that they lie in. */
  rootIds: number[];
}

type FolderPlace = Extract<JobPayload<'verify'>, { rootId: number }>;

/** Finds out what a verification is about: reads only, for a library of any size in one pass over its videos at most. */
export class VerifyTargets {
  readonly #finder: VideoFinder;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#finder = new VideoFinder(database);
    this.#statements = prepareStatements(database);
  }

  /** @throws ROOT_NOT_FOUND, VIDEO_NOT_FOUND */
  plan(wish: VerifyWish): VerifyPlan {
    if ('videoIds' in wish) return this.#planVideos(wish.videoIds);
    if ('path' in wish) return this.#planPath(wish.path);
    return this.#planFolder(wish);
  }

  list(payload: JobPayload<'verify'>): VerifyList {
    const rows =
      'videoIds' in payload
        ? this.#statements.selected.iterate(JSON.stringify(payload.videoIds))
        : this.#statements.inFolder.iterate(payload);
    const ids: number[] = [];
    const rootIds = new Set<number>();
    let totalUs = 0;
    for (const { id, rootId, durationUs } of rows) {
      ids.push(id);
      rootIds.add(rootId);
      totalUs += durationUs ?? 0;
    }
    return {
      ids: Uint32Array.from(ids).sort(),
      totalUs,
      rootIds: [...rootIds],
    };
  }

  #planVideos(videoIds: readonly number[]): VerifyPlan {
    const { ids, rootIds } = this.list({ videoIds: [...videoIds] });
    const [first] = ids;
    const place = first === undefined ? undefined : this.#statements.place.get(first);
    if (!place) {
      throw new VitrineError('VIDEO_NOT_FOUND', 'None of these videos is in the library.');
    }
    const payload = { videoIds: [...ids] };
    const [rootId = null] = rootIds;
    return {
      payload,
      target:
        ids.length === 1
          ? absolutePath(place.rootPath, place.folder, place.name)
          : `${fingerprint(ids)}/${ids.length} videos`,
      rootId: rootIds.length === 1 ? rootId : null,
    };
  }

  #planFolder({ rootId, folder }: FolderPlace): VerifyPlan {
    const root = this.#statements.root.get(rootId);
    if (!root) {
      throw new VitrineError('ROOT_NOT_FOUND', `There is no folder ${rootId} in the library.`);
    }
    const target = absoluteFolder(root.path, folder);
    const isKnown = folder === '' || this.#statements.folder.get({ rootId, folder });
    if (!isKnown) throw unknownPath(target);
    return { payload: { rootId, folder }, target, rootId };
  }

  #planPath(given: string): VerifyPlan {
    const path = normaliseRootPath(given);
    const id = this.#finder.idOf(path);
    if (id !== null) return this.#planVideos([id]);
    const found = this.#finder.rootOf(path);
    if (!found) throw unknownPath(path);
    const folder = found.place ? relativePath(found.place) : '';
    return this.#planFolder({ rootId: found.root.rootId, folder });
  }
}

function unknownPath(path: string): VitrineError {
  return new VitrineError(
    'VIDEO_NOT_FOUND',
    `The library knows no video at ${path}. A folder has to be scanned first.`,
    { path },
  );
}

/** Tells one selection from another of as many videos. */
function fingerprint(ids: Uint32Array): string {
  return createHash('sha256').update(ids).digest('hex').slice(0, 12);
}

interface VideoColumns {
  id: number;
  rootId: number;
  durationUs: number | null;
}

/** A folder with all below it; `0` is what follows `/`. */
const WITHIN = `(@folder = '' OR f.path = @folder OR (f.path > @folder || '/' AND f.path < @folder || '0'))`;

function prepareStatements(database: Connection) {
  return {
    selected: database.prepare<[string], VideoColumns>(`
      SELECT v.id, v.root_id AS rootId, v.duration_us AS durationUs
      FROM videos v JOIN roots r ON r.id = v.root_id
      WHERE v.id IN (SELECT value FROM json_each(?)) AND r.removed_at IS NULL`),
    inFolder: database.prepare<[FolderPlace], VideoColumns>(`
      SELECT v.id, v.root_id AS rootId, v.duration_us AS durationUs
      FROM folders f CROSS JOIN videos v ON v.folder_id = f.id
      WHERE f.root_id = @rootId AND ${WITHIN}`),
    folder: database.prepare<[FolderPlace], unknown>(
      `SELECT 1 FROM folders f WHERE f.root_id = @rootId AND ${WITHIN} LIMIT 1`,
    ),
    root: database.prepare<[number], { rootId: number; path: string }>(
      'SELECT id AS rootId, path FROM roots WHERE removed_at IS NULL AND id = ?',
    ),
    place: database.prepare<[number], { rootPath: string; folder: string; name: string }>(`
      SELECT r.path AS rootPath, f.path AS folder, v.name
      FROM videos v JOIN folders f ON f.id = v.folder_id JOIN roots r ON r.id = v.root_id
      WHERE v.id = ?`),
  };
}
