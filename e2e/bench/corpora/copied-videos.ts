import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** A file of the library, and how many links it gets: file systems allow 65,000 and fewer. */
const MOST_LINKS = 30_000;

interface Row {
  id: number;
  folder: string;
  name: string;
}

/**
 * Makes rows of files that do not exist into rows of files that do: each becomes a hard link to one of the root's clips,
 * with the facts that a scan found, and its preview is due. The library is closed.
 * @param copies so many videos in a row are told to have the same content, so that they share a preview
 */
export function makeFilesOfRows(
  databasePath: string,
  { rootPath, copies }: { rootPath: string; copies: number },
): void {
  const database = new Database(databasePath, { fileMustExist: true });
  database.pragma('synchronous = OFF');
  const files = `SELECT v.id, f.path AS folder, v.name FROM videos v JOIN folders f ON f.id = v.folder_id
    JOIN roots r ON r.id = v.root_id WHERE r.path = ?`;
  const clips = database
    .prepare<[string], Row>(`${files} AND v.previews_due > 0 ORDER BY v.id`)
    .all(rootPath);
  const rows = database
    .prepare<[string], Row>(`${files} AND v.previews_due = 0 ORDER BY v.id`)
    .all(rootPath);
  if (rows.length > clips.length * MOST_LINKS)
    throw new Error('There are too few clips to link to.');
  const become = database.prepare(`
    UPDATE videos SET (size_bytes, mtime_ms, duration_us, width, height, pixels, video_codec, previews_due)
      = (SELECT size_bytes, mtime_ms, duration_us, width, height, pixels, video_codec, 2 FROM videos WHERE id = @clip),
      content_hash = @content WHERE id = @id`);
  const addStreams = database.prepare(`
    INSERT INTO streams SELECT @id, stream_index, type, codec, language, channels, detail FROM streams
    WHERE video_id = @clip`);
  const folders = new Set<string>();
  database.transaction(() => {
    for (const [index, row] of rows.entries()) {
      const group = Math.floor(index / copies);
      const clip = clips[group % clips.length] as Row;
      const folder = join(rootPath, row.folder);
      if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
      folders.add(folder);
      linkSync(join(rootPath, clip.folder, clip.name), join(folder, row.name));
      become.run({ id: row.id, clip: clip.id, content: Buffer.from(`content ${group}`) });
      addStreams.run({ id: row.id, clip: clip.id });
    }
  })();
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
