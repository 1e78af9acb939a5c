import type { Connection } from '../connection';
import { LruMap } from '../lru-map';
import { CAMERA_SQL } from './column-sql';
import { codeOf } from './query-functions';

/** More languages than there are: hostile files may name any number. */
const KEPT_LANGUAGES = 1000;

interface Said {
  rating: number | null;
  label: string | null;
  favourite: number;
  note: string | null;
}

/** What is known of some videos beside their own rows. Most videos are in few of the maps. */
export interface SideFacts {
  said: ReadonlyMap<number, Said>;
  cameras: ReadonlyMap<number, string>;
  /** IDs. */
  tag: ReadonlyMap<number, readonly number[]>;
  collection: ReadonlyMap<number, readonly number[]>;
  /** Codes of languages. */
  language: ReadonlyMap<number, readonly string[]>;
  subtitles: ReadonlyMap<number, readonly string[]>;
}

type Wanted = { after: number; to: number } | { ids: readonly number[] };

/** Reads what other tables say of videos: a statement for each table, not for each video. */
export class SideFactsReader {
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #languages = new LruMap<string, { code: string }>(KEPT_LANGUAGES);

  constructor(database: Connection) {
    this.#statements = prepareStatements(database);
  }

  /** @param wanted videos by their IDs, or all whose ID is above one and up to another */
  read(wanted: Wanted): SideFacts {
    const { said, cameras, tags, collections, streams } = this.#statements;
    const saidOf = new Map<number, Said>();
    for (const [id, rating, label, favourite, note] of said(wanted)) {
      saidOf.set(id, { rating, label, favourite, note });
    }
    const languages = new Map<number, string[]>();
    const subtitles = new Map<number, string[]>();
    for (const [id, type, language] of streams(wanted)) {
      add(type === 'audio' ? languages : subtitles, id, this.#codeOf(language));
    }
    return {
      said: saidOf,
      cameras: new Map(cameras(wanted)),
      tag: grouped(tags(wanted)),
      collection: grouped(collections(wanted)),
      language: languages,
      subtitles,
    };
  }

  #codeOf(language: string | null): string {
    const text = language ?? '';
    return this.#languages.getOrMake(text, () => ({ code: codeOf(text) })).code;
  }
}

function grouped<Member>(rows: readonly [id: number, member: Member][]): Map<number, Member[]> {
  const members = new Map<number, Member[]>();
  for (const [id, member] of rows) add(members, id, member);
  return members;
}

function add<Member>(members: Map<number, Member[]>, id: number, member: Member): void {
  const ofVideo = members.get(id);
  if (ofVideo) ofVideo.push(member);
  else members.set(id, [member]);
}

function prepareStatements(database: Connection) {
  const prepare = <Row extends unknown[]>(sql: string): ((wanted: Wanted) => Row[]) => {
    const range = database.prepare<[number, number], Row>(`${sql} video_id > ? AND video_id <= ?`);
    const some = database.prepare<[string], Row>(
      `${sql} video_id IN (SELECT value FROM json_each(?))`,
    );
    range.raw();
    some.raw();
    return (wanted) =>
      'ids' in wanted ? some.all(JSON.stringify(wanted.ids)) : range.all(wanted.after, wanted.to);
  };
  return {
    said: prepare<[number, number | null, string | null, number, string | null]>(
      'SELECT video_id, rating, label, favourite, note FROM user_data WHERE',
    ),
    cameras: prepare<[number, string]>(
      `SELECT video_id, ${CAMERA_SQL} FROM video_details
        WHERE (camera_make IS NOT NULL OR camera_model IS NOT NULL) AND`,
    ),
    tags: prepare<[number, number]>('SELECT video_id, tag_id FROM video_tags WHERE'),
    collections: prepare<[number, number]>(
      'SELECT video_id, collection_id FROM collection_videos INDEXED BY collection_videos_by_video WHERE',
    ),
    streams: prepare<[number, 'audio' | 'subtitle', string | null]>(
      `SELECT video_id, type, language FROM streams INDEXED BY streams_by_language
        WHERE type IN ('audio', 'subtitle') AND`,
    ),
  };
}
