import type { Collection, Tag } from '../shared/user-data';
import type { Connection } from './connection';

const OF_REMOVED_ROOTS = 'v.root_id IN (SELECT id FROM roots WHERE removed_at IS NOT NULL)';

/** Tags and collections with how many videos they have; those of removed folders are not counted. */
export class UserDataLists {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#statements = prepareStatements(database);
  }

  /** By their names. */
  tags(): Tag[] {
    return this.#statements.tags.all();
  }

  /** In the person's order. */
  collections(): Collection[] {
    return this.#statements.collections.all();
  }
}

/** Counting all by an index and taking away what is not shown is quicker than a look at each video. */
function counted(table: 'video_tags' | 'collection_videos', key: string): string {
  return `
    WITH counts AS (
      SELECT ${key} AS id, count(*) AS videos FROM ${table} GROUP BY ${key}
    ), hidden AS (
      SELECT ${key} AS id, count(*) AS videos
      FROM videos v CROSS JOIN ${table} t ON t.video_id = v.id WHERE ${OF_REMOVED_ROOTS} GROUP BY ${key}
    )`;
}

function prepareStatements(database: Connection) {
  const videos = 'ifnull(counts.videos, 0) - ifnull(hidden.videos, 0) AS videos';
  return {
    tags: database.prepare<[], Tag>(`
      ${counted('video_tags', 'tag_id')}
      SELECT tags.id, name, colour, ${videos}
      FROM tags LEFT JOIN counts ON counts.id = tags.id LEFT JOIN hidden ON hidden.id = tags.id
      ORDER BY name_key`),
    collections: database.prepare<[], Collection>(`
      ${counted('collection_videos', 'collection_id')}
      SELECT collections.id, name, ${videos}
      FROM collections LEFT JOIN counts ON counts.id = collections.id
        LEFT JOIN hidden ON hidden.id = collections.id
      ORDER BY position, collections.id`),
  };
}
