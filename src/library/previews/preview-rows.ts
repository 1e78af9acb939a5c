import { z } from 'zod';
import { parseJobWork } from '../../shared/job-payload';
import type { MadeImage, PreviewWork } from '../../shared/preview-protocol';
import type { Connection } from '../connection';
import { MICROSECONDS } from '../video-row';
import { DUE, PREVIEWS_DUE } from './due-videos';
import { type DueVideo, type PreviewIdentity, streamOf, workOf } from './preview-work';

const checkpointSchema = z.object({
  made: z.number(),
  shared: z.number(),
  failed: z.number(),
  /** Videos that have come through each phase. */
  posters: z.number(),
  filmstrips: z.number(),
  /** Time that was spent, in milliseconds. */
  elapsedMs: z.number(),
});

/** What the runs of a job have come to so far. */
export type PreviewCheckpoint = z.infer<typeof checkpointSchema>;

const BEGINNING: PreviewCheckpoint = {
  ...{ made: 0, shared: 0, failed: 0 },
  ...{ posters: 0, filmstrips: 0, elapsedMs: 0 },
};

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

  /** Notes what is left to be made for the video. @returns what it is */
  settle(videoId: number): PreviewWork | null {
    const video = this.due(videoId);
    if (!video) return null;
    const work = workOf(video, streamOf(video));
    this.#statements.settle.run({ videoId, due: DUE[work?.kind ?? 'nothing'] });
    return work;
  }

  /** Gives the video the preview of a file with the same content, if there is one that can be its own. */
  share(video: DueVideo): boolean {
    const preview = this.#statements.sameContent.get(video);
    if (preview === undefined) return false;
    this.#statements.link.run({ videoId: video.videoId, previewId: preview });
    return true;
  }

  /**
   * Keeps an image that was made of a file. @param isChoice the poster is the person's choice, and nobody else's
   * @returns false where the preview is gone, or is not the video's any more, that a filmstrip belongs to
   */
  keep(videoId: number, isChoice: boolean, identity: PreviewIdentity, image: MadeImage): boolean {
    if (image.kind === 'filmstrip') {
      const filmstrip = image.filmstrip && JSON.stringify(image.filmstrip);
      return this.#statements.addFilmstrip.run({ ...image, videoId, filmstrip }).changes > 0;
    }
    const { poster, token, bytes } = image;
    const { lastInsertRowid: previewId } = this.#statements.insert.run({
      ...{ token, bytes, now: this.#now() },
      sizeBytes: identity.sizeBytes,
      mtimeMs: identity.mtimeMs,
      contentHash: (!isChoice && identity.contentHash) || Buffer.alloc(0),
      posterAtUs: Math.round(poster.atSeconds * MICROSECONDS),
      posterWidth: Math.round(poster.width),
      posterHeight: Math.round(poster.height),
      filmstripDue: isChoice ? 0 : 1,
    });
    this.#statements[isChoice ? 'linkPoster' : 'link'].run({ videoId, previewId });
    return true;
  }

  /** Nothing can be made of the file; it is not tried again. */
  fail(videoId: number, work: PreviewWork, message: string): void {
    if (work.kind === 'filmstrip') {
      this.#statements.addFilmstrip.run({ videoId, token: work.token, filmstrip: null, bytes: 0 });
    } else if (work.atSeconds === null) this.#statements.fail.run({ videoId, message });
    else this.#statements.failPoster.run({ videoId });
  }

  /** Whether a preview was there before a job. */
  isOlder(token: string, jobRow: number): boolean {
    return this.#statements.isOlder.get({ token, jobRow }) === 1;
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
  interface Filmstripped {
    videoId: number;
    token: string;
    /** JSON; null: there is none. */
    filmstrip: string | null;
    bytes: number;
  }
  return {
    job: database.prepare<[number], { kind: string; payload: string; checkpoint: string | null }>(
      'SELECT kind, payload, checkpoint FROM jobs WHERE id = ?',
    ),
    saveCheckpoint: database.prepare('UPDATE jobs SET checkpoint = ? WHERE id = ?'),
    due: database.prepare<[number], DueVideo>(`
      SELECT v.id AS videoId, v.root_id AS rootId, f.path AS folder, f.path_bytes AS folderBytes, v.name,
        v.name_bytes AS nameBytes, v.size_bytes AS sizeBytes, v.mtime_ms AS mtimeMs,
        v.content_hash AS contentHash, v.duration_us AS durationUs, u.poster_at_us AS posterAtUs,
        v.previews_due AS due, p.preview_id IS NULL AND p.problem IS NULL AS needsPreview,
        u.poster_at_us IS NOT NULL AND p.poster_id IS NULL AND ifnull(p.poster_failed, 0) = 0 AS needsChoice,
        iif(made.filmstrip_due = 1, made.token, NULL) AS needsFilmstrip,
        ifnull(p.edited, 0) AS edited,
        (SELECT detail FROM streams WHERE video_id = v.id AND type = 'video'
          ORDER BY stream_index LIMIT 1) AS stream
      FROM videos v CROSS JOIN folders f ON f.id = v.folder_id
        LEFT JOIN video_previews p ON p.video_id = v.id LEFT JOIN previews made ON made.id = p.preview_id
        LEFT JOIN user_data u ON u.video_id = v.id
      WHERE v.id = ? AND ${PREVIEWS_DUE}`),
    identity: database.prepare<[number], PreviewIdentity & { posterAtUs: number | null }>(`
      SELECT v.size_bytes AS sizeBytes, v.mtime_ms AS mtimeMs, v.content_hash AS contentHash,
        u.poster_at_us AS posterAtUs
      FROM videos v JOIN roots r ON r.id = v.root_id LEFT JOIN user_data u ON u.video_id = v.id
      WHERE v.id = ? AND r.removed_at IS NULL`),
    settle: database.prepare<[{ videoId: number; due: number }]>(
      'UPDATE videos SET previews_due = @due WHERE id = @videoId',
    ),
    sameContent: database
      .prepare<[DueVideo], number>(`
        SELECT id FROM previews
        WHERE size_bytes = @sizeBytes AND content_hash = @contentHash AND content_hash <> x''
          AND (mtime_ms = @mtimeMs OR @edited = 0)
        ORDER BY mtime_ms <> @mtimeMs, id LIMIT 1`)
      .pluck(),
    insert: database.prepare(`
      INSERT INTO previews (token, size_bytes, content_hash, mtime_ms, poster_at_us, poster_width, poster_height,
        filmstrip_due, bytes, made_at, used_at)
      VALUES (@token, @sizeBytes, @contentHash, @mtimeMs, @posterAtUs, @posterWidth, @posterHeight,
        @filmstripDue, @bytes, @now, @now)`),
    addFilmstrip: database.prepare<[Filmstripped]>(`
      UPDATE previews SET filmstrip = @filmstrip, filmstrip_due = 0, bytes = bytes + @bytes
      WHERE token = @token AND filmstrip_due = 1
        AND id = (SELECT preview_id FROM video_previews WHERE video_id = @videoId)`),
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
    isOlder: database
      .prepare<[{ token: string; jobRow: number }], number>(`
        SELECT made_at < (SELECT created_at FROM jobs WHERE id = @jobRow) FROM previews
        WHERE token = @token`)
      .pluck(),
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
      `UPDATE videos SET previews_due = ${DUE.poster} WHERE id = @videoId`,
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
