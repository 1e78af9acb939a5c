import { linkSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Links of one file: file systems allow 65,000 and fewer. */
const MOST_LINKS = 30_000;

/** One video of so many has a content of its own: making it takes long enough for the rest to last. */
const OWN_CONTENT_EVERY = 20;

interface Row {
  id: number;
  folder: string;
  name: string;
}

/**
 * Makes rows of files that do not exist into rows of files that do: each becomes a hard link to one of the root's clips,
 * with the facts that a scan found, and its preview is due. The library is closed.
 * @param contents so many different contents the videos have, in turn: those with the same one share a preview
 */
export function makeFilesOfRows(
  databasePath: string,
  { rootPath, contents }: { rootPath: string; contents: number },
): void {
  const database = new Database(databasePath, { fileMustExist: true });
  database.pragma('synchronous = OFF');
  const { clipsOf, rowsOf, become, addStreams } = prepare(database);
  const clips = clipsOf.all(rootPath);
  const rows = rowsOf.all(rootPath);
  if (rows.length > clips.length * MOST_LINKS) {
    throw new Error('There are too few clips to link to.');
  }
  const folders = new Set<string>();
  database.transaction(() => {
    for (const [index, row] of rows.entries()) {
      const group = index % contents;
      const isOwn = index % OWN_CONTENT_EVERY === 0;
      const clip = clips[group % clips.length] as Row;
      const folder = join(rootPath, row.folder);
      if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
      folders.add(folder);
      linkSync(join(rootPath, clip.folder, clip.name), join(folder, row.name));
      const content = Buffer.from(isOwn ? `of ${index}` : `content ${group}`);
      become.run({ id: row.id, clip: clip.id, content });
      addStreams.run({ id: row.id, clip: clip.id });
    }
  })();
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

function prepare(database: Database.Database) {
  const files = `
    SELECT v.id, f.path AS folder, v.name FROM videos v JOIN folders f ON f.id = v.folder_id
      JOIN roots r ON r.id = v.root_id WHERE r.path = ?`;
  return {
    clipsOf: database.prepare<[string], Row>(`${files} AND v.previews_due > 0 ORDER BY v.id`),
    rowsOf: database.prepare<[string], Row>(`${files} AND v.previews_due = 0 ORDER BY v.id`),
    become: database.prepare(`
      UPDATE videos SET (size_bytes, mtime_ms, duration_us, width, height, pixels, video_codec)
        = (SELECT size_bytes, mtime_ms, duration_us, width, height, pixels, video_codec
          FROM videos WHERE id = @clip),
        content_hash = @content, previews_due = 2
      WHERE id = @id`),
    addStreams: database.prepare(`
      INSERT INTO streams SELECT @id, stream_index, type, codec, language, channels, detail
      FROM streams WHERE video_id = @clip`),
  };
}
