import type { Connection } from './connection';
import type { VideoSource } from './edits/edit-plan';
import { prepareIds } from './read-ids';
import type { VideoLists } from './video-list';

/** Finds the videos that an edit or a question is about, in their order. */
export class VideoSources {
  readonly #lists: VideoLists;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, lists: VideoLists) {
    this.#lists = lists;
    this.#statements = prepareStatements(database);
  }

  /** Videos that are not in the library are left out. @throws CANCELLED */
  async ids(source: VideoSource, signal: AbortSignal): Promise<Uint32Array> {
    const { named, tagged, collected } = this.#statements;
    if ('taggedWith' in source) return tagged(source.taggedWith);
    if ('collectedIn' in source) return collected(source.collectedIn);
    if ('ids' in source) return named(JSON.stringify([...new Set(source.ids)]));
    const ids = await this.#lists.select(source.query, signal);
    const except = new Set(source.except);
    return except.size === 0 ? ids : ids.filter((id) => !except.has(id));
  }
}

function prepareStatements(database: Connection) {
  return {
    named: prepareIds(
      database,
      'SELECT v.id FROM json_each(?) w CROSS JOIN videos v ON v.id = w.value',
    ),
    tagged: prepareIds(
      database,
      'SELECT video_id AS id FROM video_tags WHERE tag_id = ? ORDER BY video_id',
    ),
    collected: prepareIds(
      database,
      `SELECT video_id AS id FROM collection_videos WHERE collection_id = ?
        ORDER BY position, video_id`,
    ),
  };
}
