import { VitrineError } from '../shared/errors';
import type { LibraryApi, VideoPlace } from '../shared/library-protocol';
import { chapterSchema, problemSchema, streamSchema, type VideoDetail } from '../shared/media';
import type { Connection } from './connection';
import {
  VERIFICATION_COLUMNS,
  VERIFICATION_IS_CURRENT,
  type VerificationRow,
  verificationOf,
} from './verification-row';
import { VideoFinder } from './video-finder';
import { absolutePath, type RawPlace, relativePlace } from './video-path';
import { inSeconds, SUMMARY_COLUMNS, SUMMARY_JOINS, type SummaryRow, summaryOf } from './video-row';

type Wanted = LibraryApi['procedures']['getVideo']['request'];

interface DetailRow extends SummaryRow {
  formatName: string | null;
  timecode: string | null;
  recordedAtMs: number | null;
  cameraMake: string | null;
  cameraModel: string | null;
  latitude: number | null;
  longitude: number | null;
  altitude: number | null;
  title: string | null;
  missingSinceMs: number | null;
  probedAtMs: number | null;
  rating: number | null;
  note: string | null;
  posterAtUs: number | null;
  positionUs: number | null;
}

interface CopyRow {
  id: number;
  rootPath: string;
  folder: string;
  name: string;
}

/** More are not shown: a library may hold thousands of equal files. */
const MAX_COPIES = 100;

const DETAIL_SQL = `
  SELECT ${SUMMARY_COLUMNS}, d.format_name AS formatName, d.timecode, v.recorded_at AS recordedAtMs,
    d.camera_make AS cameraMake, d.camera_model AS cameraModel, d.latitude, d.longitude, d.altitude,
    d.title, v.missing_since AS missingSinceMs, v.probed_at AS probedAtMs, u.rating, u.note,
    u.poster_at_us AS posterAtUs, u.position_us AS positionUs
  FROM videos v CROSS JOIN folders f ON f.id = v.folder_id ${SUMMARY_JOINS}
    LEFT JOIN video_details d ON d.video_id = v.id LEFT JOIN user_data u ON u.video_id = v.id
  WHERE v.id = ? AND r.removed_at IS NULL`;

/** One video with all that is known of it. */
export class VideoDetails {
  readonly #database: Connection;
  readonly #finder: VideoFinder;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection) {
    this.#database = database;
    this.#finder = new VideoFinder(database);
    this.#statements = prepareStatements(database);
  }

  /** @throws VIDEO_NOT_FOUND */
  get(wanted: Wanted): VideoDetail {
    return this.#database.transaction(() => {
      const id = 'id' in wanted ? wanted.id : this.#finder.idOf(wanted.path);
      const row = id === null ? undefined : this.#statements.detail.get(id);
      if (!row) throw notFound('id' in wanted ? `the number ${wanted.id}` : wanted.path);
      return this.#detailOf(row);
    })();
  }

  /** @throws VIDEO_NOT_FOUND */
  locate({ id }: { id: number }): VideoPlace {
    const row = this.#statements.place.get(id);
    if (!row) throw notFound(`the number ${id}`);
    return { rootPath: row.rootPath, ...relativePlace(row) };
  }

  /** What has the same content and is there, as far as is known. */
  #copiesOf(id: number): VideoDetail['copies'] {
    return this.#statements.copies
      .all(id)
      .map((copy) => ({ id: copy.id, path: absolutePath(copy.rootPath, copy.folder, copy.name) }));
  }

  #detailOf(row: DetailRow): VideoDetail {
    const { latitude, longitude, altitude } = row;
    const problem = this.#statements.problem.get(row.id);
    const verification = this.#statements.verification.get(row.id);
    return {
      ...summaryOf(row),
      problem: problem ? problemSchema.parse(problem) : null,
      formatName: row.formatName,
      timecode: row.timecode,
      recordedAtMs: row.recordedAtMs,
      cameraMake: row.cameraMake,
      cameraModel: row.cameraModel,
      location: latitude === null || longitude === null ? null : { latitude, longitude, altitude },
      title: row.title,
      missingSinceMs: row.missingSinceMs,
      probedAtMs: row.probedAtMs,
      streams: this.#statements.streams
        .all(row.id)
        .map(({ detail }) => streamSchema.parse(JSON.parse(detail))),
      chapters: this.#statements.chapters
        .all(row.id)
        .map((chapter) => chapterSchema.parse(chapter)),
      tags: this.#statements.tags.all(row.id).map(({ name }) => name),
      rating: row.rating,
      note: row.note,
      posterSeconds: inSeconds(row.posterAtUs),
      positionSeconds: inSeconds(row.positionUs),
      copies: this.#copiesOf(row.id),
      verification: verification ? verificationOf(verification) : null,
    };
  }
}

function notFound(what: string): VitrineError {
  return new VitrineError('VIDEO_NOT_FOUND', `There is no video ${what} in the library.`);
}

function prepareStatements(database: Connection) {
  return {
    detail: database.prepare<[number], DetailRow>(DETAIL_SQL),
    place: database.prepare<[number], RawPlace & { rootPath: string }>(`
      SELECT r.path AS rootPath, f.path AS folder, f.path_bytes AS folderBytes, v.name,
        v.name_bytes AS nameBytes
      FROM videos v JOIN folders f ON f.id = v.folder_id JOIN roots r ON r.id = v.root_id
      WHERE v.id = ? AND r.removed_at IS NULL`),
    copies: database.prepare<[number], CopyRow>(`
      SELECT v.id, r.path AS rootPath, f.path AS folder, v.name
      FROM videos this
        CROSS JOIN videos v ON v.size_bytes = this.size_bytes AND v.content_hash = this.content_hash
        CROSS JOIN folders f ON f.id = v.folder_id CROSS JOIN roots r ON r.id = v.root_id
      WHERE this.id = ? AND this.content_hash <> x'' AND v.id <> this.id AND v.state <> 'missing'
        AND r.removed_at IS NULL
      ORDER BY v.id LIMIT ${MAX_COPIES}`),
    problem: database.prepare(`
      SELECT stage, code, message, tool_output AS toolOutput, occurred_at AS occurredAt
      FROM problems WHERE video_id = ?`),
    verification: database.prepare<[number], VerificationRow>(`
      SELECT ${VERIFICATION_COLUMNS} FROM videos v JOIN verifications c ON c.video_id = v.id
      WHERE v.id = ? AND ${VERIFICATION_IS_CURRENT}`),
    streams: database.prepare<[number], { detail: string }>(
      'SELECT detail FROM streams WHERE video_id = ? ORDER BY stream_index',
    ),
    chapters: database.prepare(`
      SELECT start_seconds AS startSeconds, end_seconds AS endSeconds, title
      FROM chapters WHERE video_id = ? ORDER BY position`),
    tags: database.prepare<[number], { name: string }>(`
      SELECT tags.name FROM video_tags JOIN tags ON tags.id = video_tags.tag_id
      WHERE video_tags.video_id = ? ORDER BY tags.name_key`),
  };
}
