import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Connection } from '../connection';
import { MIGRATIONS } from '../migrations';
import { PreviewCache } from '../previews/preview-cache';
import { PreviewFiles } from '../previews/preview-files';
import { PreviewRows } from '../previews/preview-rows';
import { isChoice, workOf } from '../previews/preview-work';
import { putFilmstrip, putPoster, VIDEO_STREAM } from './preview-fixture';

const SIZE = 1000;

/** Two folders, with the IDs 1 and 2. */
export function addRoots(database: Connection): void {
  database.exec(`
    INSERT INTO roots (path, added_at) VALUES ('/a', 1), ('/b', 1);
    INSERT INTO folders (root_id, path, path_key) VALUES (1, '', 'a'), (2, '', 'b')`);
}

/** A file that was probed; answers its ID. */
export function addVideo(database: Connection, root: number, content: string, mtimeMs = 1): number {
  const { lastInsertRowid } = database
    .prepare(`
      INSERT INTO videos (root_id, folder_id, name, name_key, size_bytes, mtime_ms, inode, state, probe_level,
        needs_probe, added_at, content_hash)
      SELECT @root, @root, 'v' || ifnull(max(id), 0), '', ${SIZE}, @mtimeMs, 1, 'ok', 'full', 0, 1, @content FROM videos`)
    .run({ root, mtimeMs, content: Buffer.from(content) });
  database
    .prepare("INSERT INTO streams (video_id, stream_index, type, detail) VALUES (?, 0, 'video', ?)")
    .run(lastInsertRowid, JSON.stringify(VIDEO_STREAM));
  return Number(lastInsertRowid);
}

/** The rows and files of previews without jobs, in memory and in a folder: quick enough for hundreds of programs. */
export class PreviewWorld {
  readonly database: Connection;
  readonly rows: PreviewRows;
  readonly cache: PreviewCache;
  readonly files: PreviewFiles;
  readonly directory: string;
  now = 1_700_000_000_000;
  limit = Number.POSITIVE_INFINITY;
  onScreen: number[] = [];

  constructor(directory: string) {
    this.directory = directory;
    this.database = new Database(':memory:');
    this.database.pragma('foreign_keys = ON');
    for (const { sql } of MIGRATIONS) this.database.exec(sql);
    addRoots(this.database);
    const now = () => this.now++;
    this.rows = new PreviewRows(this.database, now);
    const [limit, onScreen] = [() => this.limit, () => this.onScreen];
    this.cache = new PreviewCache({ database: this.database, limit, onScreen, now });
    const folder = join(directory, 'previews');
    mkdirSync(folder, { recursive: true });
    this.files = new PreviewFiles({ database: this.database, folder, now: () => this.now });
  }

  addVideo(root: number, content: string, mtimeMs = 1): number {
    return addVideo(this.database, root, content, mtimeMs);
  }

  /** What a run does first with a video that is due: shares a preview or makes an image. */
  make(videoId: number, bytes: number): void {
    const video = this.rows.due(videoId);
    if (!video) return;
    const work = workOf(video, VIDEO_STREAM);
    if (work && !(video.needsPreview === 1 && this.rows.share(video))) {
      const image =
        work.kind === 'poster' ? putPoster(this, bytes) : putFilmstrip(this, work.token, bytes);
      this.rows.keep(videoId, isChoice(work), video, image);
    }
    this.rows.settle(videoId);
  }

  /** One transaction, and the deletion of what it left. */
  async write(work: () => void): Promise<void> {
    this.database.transaction(work)();
    this.files.deleteGone();
    await this.files.idle();
  }

  /** All rows of a statement. */
  all<Row>(sql: string): Row[] {
    return this.database.prepare<[], Row>(sql).all();
  }

  tokens(): string[] {
    return this.all<{ token: string }>('SELECT token FROM previews ORDER BY token').map(
      ({ token }) => token,
    );
  }
}
