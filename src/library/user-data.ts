import type { Connection } from './connection';
import { MergedVideos } from './edits/merged-videos';

interface UserDataRow {
  rating: number | null;
  label: string | null;
  favourite: number;
  note: string | null;
  posterAtUs: number | null;
  positionUs: number | null;
  updatedAt: number;
}

/**
 * What the person has said of videos: tags, collections, rating, label, note, the poster of their choice, and where
 * playing stopped. Writing expects a transaction.
 */
export class UserData {
  readonly #merged: MergedVideos;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#merged = new MergedVideos(database);
    this.#statements = prepareStatements(database);
  }

  /** Whether the person has said anything of a video. */
  has(videoId: number): boolean {
    return this.#statements.has.get({ videoId }) !== undefined;
  }

  /**
   * Gives one video all that was said of another, whose row goes; edits of the other one are edits of it from then on.
   * @returns false, and changes nothing, where something would be lost: both have a rating or a label, not the same
   */
  merge(from: number, into: number): boolean {
    const [source, target] = [this.#statements.row.get(from), this.#statements.row.get(into)];
    if (source && target && contradict(source, target)) return false;
    this.#merged.note(from, into);
    this.#statements.copyTags.run({ from, into });
    this.#statements.copyCollections.run({ from, into });
    if (source) this.#statements.put.run({ videoId: into, ...merged(source, target) });
    return true;
  }

  /** The time that shows what stands for the video; null: what Vitrine chooses. */
  setPoster(videoId: number, us: number | null, now: number): void {
    this.#statements.setPoster.run({ videoId, us, now });
  }

  /** Where playing stopped; null: nowhere. */
  setPosition(videoId: number, us: number | null, now: number): void {
    this.#statements.setPosition.run({ videoId, us, now });
  }
}

function contradict(one: UserDataRow, other: UserDataRow): boolean {
  const differ = (left: unknown, right: unknown) =>
    left !== null && right !== null && left !== right;
  return differ(one.rating, other.rating) || differ(one.label, other.label);
}

function merged(source: UserDataRow, target: UserDataRow | undefined): UserDataRow {
  if (!target) return source;
  const notes = new Set([target.note, source.note].filter((note) => note !== null));
  return {
    rating: target.rating ?? source.rating,
    label: target.label ?? source.label,
    favourite: Math.max(target.favourite, source.favourite),
    note: notes.size === 0 ? null : [...notes].join('\n\n'),
    posterAtUs: target.posterAtUs ?? source.posterAtUs,
    positionUs: target.positionUs ?? source.positionUs,
    updatedAt: Math.max(target.updatedAt, source.updatedAt),
  };
}

function prepareStatements(database: Connection) {
  type Pair = [{ from: number; into: number }];
  type Setting = [{ videoId: number; us: number | null; now: number }];
  return {
    has: database.prepare<[{ videoId: number }]>(`
      SELECT 1 FROM user_data WHERE video_id = @videoId
      UNION ALL SELECT 1 FROM video_tags WHERE video_id = @videoId
      UNION ALL SELECT 1 FROM collection_videos WHERE video_id = @videoId LIMIT 1`),
    row: database.prepare<[number], UserDataRow>(`
      SELECT rating, label, favourite, note, poster_at_us AS posterAtUs, position_us AS positionUs,
        updated_at AS updatedAt
      FROM user_data WHERE video_id = ?`),
    copyTags: database.prepare<Pair>(`
      INSERT OR IGNORE INTO video_tags (video_id, tag_id)
      SELECT @into, tag_id FROM video_tags WHERE video_id = @from`),
    copyCollections: database.prepare<Pair>(`
      INSERT OR IGNORE INTO collection_videos (collection_id, video_id, position)
      SELECT collection_id, @into, position FROM collection_videos WHERE video_id = @from`),
    put: database.prepare(`
      INSERT OR REPLACE INTO user_data (video_id, rating, label, favourite, note, poster_at_us, position_us, updated_at)
      VALUES (@videoId, @rating, @label, @favourite, @note, @posterAtUs, @positionUs, @updatedAt)`),
    setPoster: database.prepare<Setting>(`
      INSERT INTO user_data (video_id, poster_at_us, updated_at) VALUES (@videoId, @us, @now)
      ON CONFLICT DO UPDATE SET poster_at_us = @us, updated_at = @now`),
    setPosition: database.prepare<Setting>(`
      INSERT INTO user_data (video_id, position_us, updated_at) VALUES (@videoId, @us, @now)
      ON CONFLICT DO UPDATE SET position_us = @us, updated_at = @now`),
  };
}
