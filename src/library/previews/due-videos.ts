import type { Connection } from '../connection';

/**
 * Of table `v` (videos): something may be to be made of the file. The words of the index, so that SQLite finds it; what
 * exactly is to be made tells `PreviewRows.due`.
 */
export const PREVIEWS_DUE = `v.previews_due > 0 AND v.state = 'ok' AND v.needs_probe = 0 AND v.probe_level = 'full'`;

/** A root from which files can be read. */
export interface DueRoot {
  rootId: number;
  /** Of which only one file at a time is read; null where the drive can bear more. */
  slowVolume: string | null;
}

/** Values of `videos.previews_due`: of what is to be made for a video, the first. */
export const DUE = { poster: 2, filmstrip: 1, nothing: 0 } as const;

/** Where a video stands among those of its root that are due. */
export interface DuePlace {
  due: number;
  videoId: number;
}

/** Posters before filmstrips, the newest files first. */
export function isBefore(one: DuePlace, other: DuePlace): boolean {
  return one.due === other.due ? one.videoId > other.videoId : one.due > other.due;
}

const TOP: DuePlace = { due: DUE.poster, videoId: Number.MAX_SAFE_INTEGER };

/** Videos that are due, by an index: however many there are, the next one is found in microseconds. */
export class DueVideos {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#statements = prepareStatements(database);
  }

  /** Roots that are there. */
  roots(): DueRoot[] {
    return this.#statements.roots.all();
  }

  /** The first video of a root, or the next one behind a place. */
  next(rootId: number, place = TOP): DuePlace | null {
    for (const due of [DUE.poster, DUE.filmstrip].filter((other) => other <= place.due)) {
      const before = due === place.due ? place.videoId : TOP.videoId;
      const videoId = this.#statements.next.get(rootId, due, before);
      if (videoId !== undefined) return { due, videoId };
    }
    return null;
  }

  isAny(rootId: number): boolean {
    return this.next(rootId) !== null;
  }

  /** Those of some videos that are due and can be read, in their order, but posters before filmstrips. */
  among(videoIds: readonly number[]): number[] {
    if (videoIds.length === 0) return [];
    return this.#statements.among.all(JSON.stringify(videoIds));
  }
}

/** How many videos of a root wait for a poster, and how many only for a filmstrip. */
export interface DueCounts {
  rootId: number;
  posters: number;
  filmstrips: number;
}

/** How many videos are due in each root that was not removed. */
export function countDuePreviews(database: Connection): DueCounts[] {
  const count = (due: number) =>
    `(SELECT count(*) FROM videos v WHERE v.root_id = r.id AND ${PREVIEWS_DUE} AND v.previews_due = ${due})`;
  return database
    .prepare<[], DueCounts>(`
      SELECT r.id AS rootId, ${count(DUE.poster)} AS posters, ${count(DUE.filmstrip)} AS filmstrips
      FROM roots r WHERE r.removed_at IS NULL`)
    .all();
}

/** Parameters: root, what is due and the ID below which the next one is. */
export const NEXT_DUE_SQL = `
  SELECT v.id FROM videos v WHERE v.root_id = ? AND ${PREVIEWS_DUE} AND v.previews_due = ? AND v.id < ?
  ORDER BY v.id DESC LIMIT 1`;

function prepareStatements(database: Connection) {
  return {
    roots: database.prepare<[], DueRoot>(`
      SELECT roots.id AS rootId,
        iif(volumes.kind IN ('rotational', 'network'), 'volume ' || volumes.id, NULL) AS slowVolume
      FROM roots LEFT JOIN volumes ON volumes.id = roots.volume_id
      WHERE removed_at IS NULL AND online = 1 ORDER BY roots.id`),
    next: database.prepare<[number, number, number], number>(NEXT_DUE_SQL).pluck(),
    among: database
      .prepare<[string], number>(`
        SELECT v.id FROM json_each(?) wanted CROSS JOIN videos v ON v.id = wanted.value
          CROSS JOIN roots r ON r.id = v.root_id
        WHERE ${PREVIEWS_DUE} AND r.removed_at IS NULL AND r.online = 1
        ORDER BY v.previews_due DESC, wanted.key`)
      .pluck(),
  };
}
