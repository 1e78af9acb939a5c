import type { Connection } from './connection';
import {
  type LeftWork,
  leftWork,
  READING_PROGRESS,
  type ReadingColumns,
  readingProgressOf,
} from './left-work';
import { nameKey } from './name-key';
import type { FileVersion } from './scan-rows';
import type { RawPlace } from './video-path';

/** A video with all that tells it from others. */
export interface PlacedVideo extends RawPlace, FileVersion {
  videoId: number;
  rootId: number;
  folderId: number;
  /** Its folder is on a drive that is mounted inside of the root. */
  mounted: number;
  state: 'ok' | 'unreadable' | 'missing';
  /** Null: not known; empty: it has none. */
  contentHash: Buffer | null;
  addedAt: number;
  /** Row ID of the job that found it missing. */
  missedByJob: number | null;
}

/** Where a file is. */
export type FilePlace = Pick<PlacedVideo, 'rootId' | 'folderId' | 'name' | 'nameBytes'>;

/** Rows as they are compared and changed when a scan's listing is complete. Writing expects a transaction. */
export class MoveRows {
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, now: () => number) {
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  /** IDs of the next videos that are present as far as the library knows, in order. */
  presentAfter(rootId: number, state: 'ok' | 'unreadable', id: number, limit: number): number[] {
    return this.#statements.present.all(rootId, state, id, limit);
  }

  video(id: number): PlacedVideo | null {
    return this.#statements.video.get(id) ?? null;
  }

  /** Every video of the library with this content; not those of folders that were removed. */
  withContent(sizeBytes: number, contentHash: Uint8Array): PlacedVideo[] {
    return this.#statements.withContent.all(sizeBytes, contentHash);
  }

  /** The video's file is at another place now; what is left to do with it. */
  relocate(id: number, place: FilePlace, version: FileVersion, jobRow: number): LeftWork {
    const { rootId, folderId, name, nameBytes } = place;
    const { mtimeMs, inode } = version;
    const row = { id, rootId, folderId, name, nameBytes, mtimeMs, inode, jobRow };
    const moved = this.#statements.relocate.get({ ...row, nameKey: nameKey(name) });
    if (!moved) throw new Error(`There is no video ${id} to be moved.`);
    return leftWork(readingProgressOf(moved));
  }

  /** What was made of the file while it was taken for another video; a video's own pictures stay. */
  adoptPreview(from: number, into: number): void {
    this.#statements.adoptPreview.run({ from, into });
  }

  /** The video goes, with everything that belongs to it. */
  remove(id: number): void {
    this.#statements.remove.run(id);
  }

  markMissing(id: number, jobRow: number): void {
    this.#statements.markMissing.run(this.#now(), jobRow, id);
  }

  /** A folder without any video is of no use any more. */
  dropFolderIfEmpty(folderId: number): void {
    if (this.#statements.dropFolder.run({ folderId }).changes === 0) return;
    this.#statements.dropFolderSearch.run(folderId);
  }

  /** Videos of the root that runs of this job found missing. */
  countMissingOfJob(rootId: number, jobRow: number): number {
    return this.#statements.missingOfJob.get(rootId, jobRow)?.total ?? 0;
  }
}

function prepareStatements(database: Connection) {
  const video = `SELECT v.id AS videoId, v.root_id AS rootId, v.folder_id AS folderId, f.path AS folder,
      f.path_bytes AS folderBytes, f.mounted, v.name, v.name_bytes AS nameBytes, v.size_bytes AS sizeBytes,
      v.mtime_ms AS mtimeMs, v.inode, v.state, v.content_hash AS contentHash, v.added_at AS addedAt,
      iif(v.scan_outcome = 'missing', v.scan_job, NULL) AS missedByJob
    FROM videos v CROSS JOIN folders f ON f.id = v.folder_id`;
  return {
    present: database
      .prepare<[number, string, number, number], number>(
        'SELECT id FROM videos WHERE root_id = ? AND state = ? AND id > ? ORDER BY id LIMIT ?',
      )
      .pluck(),
    video: database.prepare<[number], PlacedVideo>(`${video} WHERE v.id = ?`),
    withContent: database.prepare<[number, Uint8Array], PlacedVideo>(`
      ${video} WHERE v.size_bytes = ? AND v.content_hash = ?
        AND v.root_id IN (SELECT id FROM roots WHERE removed_at IS NULL) ORDER BY v.id`),
    relocate: database.prepare<unknown[], ReadingColumns>(`
      UPDATE videos SET root_id = @rootId, folder_id = @folderId, name = @name, name_bytes = @nameBytes,
        name_key = @nameKey, mtime_ms = @mtimeMs, inode = @inode, missing_since = NULL, moved_by_job = @jobRow,
        state = iif(EXISTS (SELECT 1 FROM problems WHERE video_id = videos.id), 'unreadable', 'ok')
      WHERE id = @id
      RETURNING ${READING_PROGRESS}`),
    adoptPreview: database.prepare<[{ from: number; into: number }]>(`
      INSERT INTO video_previews (video_id, preview_id)
      SELECT @into, preview_id FROM video_previews WHERE video_id = @from AND preview_id IS NOT NULL
      ON CONFLICT DO UPDATE SET preview_id = excluded.preview_id, problem = NULL WHERE preview_id IS NULL`),
    remove: database.prepare('DELETE FROM videos WHERE id = ?'),
    markMissing: database.prepare(`
      UPDATE videos SET state = 'missing', missing_since = ?, scan_job = ?, scan_outcome = 'missing'
      WHERE id = ?`),
    dropFolder: database.prepare<[{ folderId: number }]>(`
      DELETE FROM folders WHERE id = @folderId
        AND NOT EXISTS (SELECT 1 FROM videos WHERE folder_id = @folderId)`),
    dropFolderSearch: database.prepare('DELETE FROM folder_search WHERE rowid = ?'),
    missingOfJob: database.prepare<[number, number], { total: number }>(`
      SELECT count(*) AS total FROM videos
      WHERE root_id = ? AND state = 'missing' AND scan_job = ? AND scan_outcome = 'missing'`),
  };
}
