import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { TestLibrary } from './library-fixture';

interface Said {
  rating?: number;
  note?: string;
  tags?: string[];
}

/** Writes what a person says of a video into the file, as long as nothing else does. */
export function say(
  { directory }: TestLibrary,
  videoId: number,
  { rating, note, tags }: Said,
): void {
  const database = new Database(join(directory, 'library.sqlite'));
  if (rating !== undefined || note !== undefined) {
    database
      .prepare('INSERT INTO user_data (video_id, rating, note, updated_at) VALUES (?, ?, ?, 1)')
      .run(videoId, rating ?? null, note ?? null);
  }
  for (const tag of tags ?? []) {
    database
      .prepare('INSERT INTO tags (name, name_key) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(tag, tag);
    database
      .prepare('INSERT INTO video_tags SELECT ?, id FROM tags WHERE name_key = ?')
      .run(videoId, tag);
  }
  database.close();
}
