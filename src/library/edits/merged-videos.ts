import type { Connection } from '../connection';
import type { Aspect } from './cells';

interface Merge {
  from: number;
  into: number;
  /** JSON. */
  own: string;
}

/** Names an aspect within {@link Merge.own}. */
export function cellName(aspect: Aspect, target: number): string {
  return `${aspect} ${target}`;
}

/**
 * Which videos go on as others: a scan finds that a file which it had taken for a new one is a known one that was moved,
 * and gives the known one what was said of the new. Edits name the new one, and mean the known one from then on.
 */
export class MergedVideos {
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#statements = prepareStatements(database);
  }

  /** Notes a merge, before what was said of one is given to the other. Expects a transaction. */
  note(from: number, into: number): void {
    this.#statements.note.run({ from, into });
  }

  /**
   * The videos that go on as these, each once.
   * @param unlessOwn leaves out those of which this was said before the merge: it is not the edit's
   */
  resolve(ids: readonly number[], unlessOwn?: string): Map<number, number> {
    const merges = this.#statements.any.get() === undefined ? [] : this.#mergesOf(ids);
    const mergeOf = new Map(merges.map((merge) => [merge.from, merge]));
    const resolved = new Map<number, number>();
    for (const id of ids) {
      let last: number | null = id;
      for (let merge = mergeOf.get(id); merge && last !== null; merge = mergeOf.get(merge.into)) {
        const own: string[] = JSON.parse(merge.own);
        last = unlessOwn !== undefined && own.includes(unlessOwn) ? null : merge.into;
      }
      if (last !== null && !resolved.has(last)) resolved.set(last, id);
    }
    return resolved;
  }

  /** Forgets merges that no edit is left from before. Expects a transaction. */
  forgetOld(): void {
    this.#statements.forget.run();
  }

  #mergesOf(ids: readonly number[]): Merge[] {
    const merges: Merge[] = [];
    for (let next = [...ids]; next.length > 0; ) {
      const found = this.#statements.of.all(JSON.stringify(next));
      merges.push(...found);
      next = found.map(({ into }) => into);
    }
    return merges;
  }
}

function prepareStatements(database: Connection) {
  return {
    any: database.prepare('SELECT 1 FROM merged_videos LIMIT 1'),
    of: database.prepare<[string], Merge>(`
      SELECT m.from_id AS "from", m.into_id AS "into", m.own
      FROM json_each(?) w CROSS JOIN merged_videos m ON m.from_id = w.value`),
    note: database.prepare(`
      INSERT OR REPLACE INTO merged_videos (from_id, into_id, own, last_edit)
      SELECT @from, @into, (
        SELECT json_group_array(name) FROM (
          SELECT 'rating 0' AS name FROM user_data WHERE video_id = @into AND rating IS NOT NULL
          UNION ALL SELECT 'label 0' FROM user_data WHERE video_id = @into AND label IS NOT NULL
          UNION ALL SELECT 'note 0' FROM user_data WHERE video_id = @into AND note IS NOT NULL
          UNION ALL SELECT 'favourite 0' FROM user_data WHERE video_id = @into AND favourite = 1
          UNION ALL SELECT 'tag ' || tag_id FROM video_tags WHERE video_id = @into
          UNION ALL SELECT 'collection ' || collection_id FROM collection_videos WHERE video_id = @into
        )
      ), (SELECT max(id) FROM edits)
      WHERE EXISTS (SELECT 1 FROM edits)`),
    forget: database.prepare(`
      DELETE FROM merged_videos WHERE last_edit < ifnull((SELECT min(id) FROM edits), 9e15)`),
  };
}
