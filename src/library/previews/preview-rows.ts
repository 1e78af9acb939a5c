import { z } from 'zod';
import { parseJobWork } from '../../shared/job-payload';
import { streamSchema, type VideoStream } from '../../shared/media';
import type { MadePreview, PreviewTask, PreviewWork } from '../../shared/preview-protocol';
import type { Connection } from '../connection';
import { type RawPlace, relativePlace } from '../video-path';
import { inSeconds, MICROSECONDS } from '../video-row';
import { PREVIEWS_DUE } from './due-videos';

const checkpointSchema = z.object({
  made: z.number(),
  shared: z.number(),
  failed: z.number(),
  /** Time that was spent, in milliseconds. */
  elapsedMs: z.number(),
});

/** What the runs of a job have come to so far. */
export type PreviewCheckpoint = z.infer<typeof checkpointSchema>;

const BEGINNING: PreviewCheckpoint = { made: 0, shared: 0, failed: 0, elapsedMs: 0 };

/** The version of a file and what its content is recognised by. */
export interface PreviewIdentity {
  sizeBytes: number;
  mtimeMs: number;
  /** Null: not known; empty: it has nothing to be compared by. */
  contentHash: Buffer | null;
}

/** A video with what has come of its previews. */
export interface DueVideo extends RawPlace, PreviewIdentity {
  videoId: number;
  rootId: number;
  durationUs: number | null;
  /** The time that the person chose; null: none. */
  posterAtUs: number | null;
  needsPreview: number;
  needsPoster: number;
  /** It may take only a preview of its own file time. */
  edited: number;
  stream: string | null;
}

/** Where previews are kept, and the jobs that make them. Writing expects a transaction. */
export class PreviewRows {
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #now: () => number;

  constructor(database: Connection, now: () => number) {
    this.#statements = prepareStatements(database);
    this.#now = now;
  }

  /** How far the job is; null when another version wrote what this one does not understand. */
  checkpoint(jobRow: number): PreviewCheckpoint | null {
    const row = this.#statements.job.get(jobRow);
    const work = row && parseJobWork(row.kind, row.payload);
    if (work?.kind !== 'preview') return null;
    return readCheckpoint(row?.checkpoint ?? null);
  }

  saveCheckpoint(jobRow: number, checkpoint: PreviewCheckpoint): void {
    this.#statements.saveCheckpoint.run(JSON.stringify(checkpoint), jobRow);
  }

  /** Null when nothing is due any more. */
  due(videoId: number): DueVideo | null {
    return this.#statements.due.get(videoId) ?? null;
  }

  /** Version and content of a video's file as the library knows it; null when it is not in the library any more. */
  identity(videoId: number): (PreviewIdentity & { posterAtUs: number | null }) | null {
    return this.#statements.identity.get(videoId) ?? null;
  }

  /** Nothing is to be made of the video any more. */
  settle(videoId: number): void {
    this.#statements.settle.run(videoId);
  }

  /** Gives the video the preview of a file with the same content, if there is one that can be its own. */
  share(video: DueVideo): boolean {
    const preview = this.#statements.sameContent.get(video);
    if (preview === undefined) return false;
    this.#statements.link.run({ videoId: video.videoId, previewId: preview });
    return true;
  }

  /** Keeps the images that were made of a file. */
  keep(videoId: number, work: PreviewWork, identity: PreviewIdentity, made: MadePreview): void {
    const isPreview = work.kind === 'preview';
    const { poster, filmstrip, token, bytes } = made;
    const { lastInsertRowid: previewId } = this.#statements.insert.run({
      ...{ token, bytes, now: this.#now() },
      sizeBytes: identity.sizeBytes,
      mtimeMs: identity.mtimeMs,
      contentHash: (isPreview && identity.contentHash) || Buffer.alloc(0),
      posterAtUs: Math.round(poster.atSeconds * MICROSECONDS),
      posterWidth: Math.round(poster.width),
      posterHeight: Math.round(poster.height),
      filmstrip: filmstrip && JSON.stringify(filmstrip),
    });
    this.#statements[isPreview ? 'link' : 'linkPoster'].run({ videoId, previewId });
  }

  /** Nothing can be made of the file; it is not tried again. */
  fail(videoId: number, { kind }: PreviewWork, message: string): void {
    if (kind === 'preview') this.#statements.fail.run({ videoId, message });
    else this.#statements.failPoster.run({ videoId });
  }

  /** The person chose another picture: what was made of the last choice goes. */
  dropPoster(videoId: number): void {
    this.#statements.dropPoster.run(videoId);
  }

  /** What is kept for the video goes, for all that share it, and whatever failed is tried again. */
  remake(videoId: number): void {
    this.#statements.dropPreviews.run({ videoId });
    this.#statements.tryAgain.run({ videoId });
    this.#statements.makeDue.run({ videoId });
  }

  /** Whether the person cancelled the last job of previews since a scan ended. */
  isUnwanted(): boolean {
    return this.#statements.unwanted.get() === 1;
  }

  /** Whether there is a job that is not over. */
  hasLiveJob(): boolean {
    return this.#statements.liveJob.get() !== undefined;
  }
}

/** What is to be done first with a video that is due; null when nothing is left. */
export function workOf(video: DueVideo, stream: VideoStream | null): PreviewWork | null {
  if (!stream) return null;
  if (video.needsPreview === 1) return { kind: 'preview' };
  const atSeconds = video.needsPoster === 1 ? inSeconds(video.posterAtUs) : null;
  return atSeconds === null ? null : { kind: 'poster', atSeconds };
}

/** The first video stream; null where the file has none, or another version of Vitrine wrote it. */
export function streamOf({ stream }: DueVideo): VideoStream | null {
  const parsed = stream === null ? null : streamSchema.safeParse(JSON.parse(stream));
  return parsed?.success && parsed.data.type === 'video' ? parsed.data : null;
}

export function taskOf(video: DueVideo, work: PreviewWork, stream: VideoStream): PreviewTask {
  const { videoId, rootId, sizeBytes, mtimeMs } = video;
  const durationSeconds = inSeconds(video.durationUs);
  const file = { videoId, rootId, ...relativePlace(video), sizeBytes, mtimeMs };
  return { ...file, work, durationSeconds, stream };
}

/** One that cannot be read costs the counts of earlier runs and nothing else. */
function readCheckpoint(json: string | null): PreviewCheckpoint {
  if (json === null) return BEGINNING;
  try {
    return checkpointSchema.parse(JSON.parse(json));
  } catch {
    return BEGINNING;
  }
}

function prepareStatements(database: Connection) {
  type Link = [{ videoId: number; previewId: number | bigint }];
  type Video = [{ videoId: number }];
  return {
    job: database.prepare<[number], { kind: string; payload: string; checkpoint: string | null }>(
      'SELECT kind, payload, checkpoint FROM jobs WHERE id = ?',
    ),
    saveCheckpoint: database.prepare('UPDATE jobs SET checkpoint = ? WHERE id = ?'),
    due: database.prepare<[number], DueVideo>(`
      SELECT v.id AS videoId, v.root_id AS rootId, f.path AS folder, f.path_bytes AS folderBytes, v.name,
        v.name_bytes AS nameBytes, v.size_bytes AS sizeBytes, v.mtime_ms AS mtimeMs,
        v.content_hash AS contentHash, v.duration_us AS durationUs, u.poster_at_us AS posterAtUs,
        p.preview_id IS NULL AND p.problem IS NULL AS needsPreview,
        u.poster_at_us IS NOT NULL AND p.poster_id IS NULL AND ifnull(p.poster_failed, 0) = 0 AS needsPoster,
        ifnull(p.edited, 0) AS edited,
        (SELECT detail FROM streams WHERE video_id = v.id AND type = 'video'
          ORDER BY stream_index LIMIT 1) AS stream
      FROM videos v CROSS JOIN folders f ON f.id = v.folder_id
        LEFT JOIN video_previews p ON p.video_id = v.id LEFT JOIN user_data u ON u.video_id = v.id
      WHERE v.id = ? AND ${PREVIEWS_DUE}`),
    identity: database.prepare<[number], PreviewIdentity & { posterAtUs: number | null }>(`
      SELECT v.size_bytes AS sizeBytes, v.mtime_ms AS mtimeMs, v.content_hash AS contentHash,
        u.poster_at_us AS posterAtUs
      FROM videos v JOIN roots r ON r.id = v.root_id LEFT JOIN user_data u ON u.video_id = v.id
      WHERE v.id = ? AND r.removed_at IS NULL`),
    settle: database.prepare('UPDATE videos SET previews_due = 0 WHERE id = ?'),
    sameContent: database
      .prepare<[DueVideo], number>(`
        SELECT id FROM previews
        WHERE size_bytes = @sizeBytes AND content_hash = @contentHash AND content_hash <> x''
          AND (mtime_ms = @mtimeMs OR @edited = 0)
        ORDER BY mtime_ms <> @mtimeMs, id LIMIT 1`)
      .pluck(),
    insert: database.prepare(`
      INSERT INTO previews (token, size_bytes, content_hash, mtime_ms, poster_at_us, poster_width, poster_height,
        filmstrip, bytes, made_at, used_at)
      VALUES (@token, @sizeBytes, @contentHash, @mtimeMs, @posterAtUs, @posterWidth, @posterHeight,
        @filmstrip, @bytes, @now, @now)`),
    link: database.prepare<Link>(`
      INSERT INTO video_previews (video_id, preview_id) VALUES (@videoId, @previewId)
      ON CONFLICT DO UPDATE SET preview_id = excluded.preview_id, problem = NULL`),
    linkPoster: database.prepare<Link>(`
      INSERT INTO video_previews (video_id, poster_id) VALUES (@videoId, @previewId)
      ON CONFLICT DO UPDATE SET poster_id = excluded.poster_id, poster_failed = 0`),
    fail: database.prepare<[{ videoId: number; message: string }]>(`
      INSERT INTO video_previews (video_id, problem) VALUES (@videoId, @message)
      ON CONFLICT DO UPDATE SET preview_id = NULL, problem = excluded.problem`),
    failPoster: database.prepare<Video>(`
      INSERT INTO video_previews (video_id, poster_failed) VALUES (@videoId, 1)
      ON CONFLICT DO UPDATE SET poster_id = NULL, poster_failed = 1`),
    dropPoster: database.prepare(
      'UPDATE video_previews SET poster_id = NULL, poster_failed = 0 WHERE video_id = ?',
    ),
    dropPreviews: database.prepare<Video>(`
      DELETE FROM previews WHERE id IN (
        SELECT preview_id FROM video_previews WHERE video_id = @videoId
        UNION ALL SELECT poster_id FROM video_previews WHERE video_id = @videoId)`),
    tryAgain: database.prepare<Video>(
      'UPDATE video_previews SET problem = NULL, poster_failed = 0 WHERE video_id = @videoId',
    ),
    makeDue: database.prepare<Video>(
      'UPDATE videos SET previews_due = max(previews_due, 1) WHERE id = @videoId',
    ),
    unwanted: database
      .prepare<[], number>(`
        SELECT state = 'cancelled' AND finished_at >= ifnull((SELECT max(last_scan_at) FROM roots), 0)
        FROM jobs WHERE kind = 'preview' ORDER BY id DESC LIMIT 1`)
      .pluck(),
    liveJob: database.prepare(
      `SELECT 1 FROM jobs WHERE kind = 'preview' AND state IN ('queued', 'running', 'waiting', 'paused')`,
    ),
  };
}
