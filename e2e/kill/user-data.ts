import { createHash } from 'node:crypto';
import type { LibraryDatabase } from '../fixtures/library-file';

/** What the person said of a video, as the test put it into the library. */
export interface UserData {
  videoId: number;
  rating: number;
  note: string;
  tags: string[];
}

const TAGS = ['holiday', 'family', 'to cut', 'archive'];

/**
 * Puts tags, a rating, a note and a place in a collection on every video of the root, each of them following from the
 * path below the root alone.
 */
export function putUserData(database: LibraryDatabase, rootPath: string): UserData[] {
  const now = Date.now();
  for (const tag of TAGS) {
    database.prepare('INSERT OR IGNORE INTO tags (name, name_key) VALUES (?, ?)').run(tag, tag);
  }
  database
    .prepare("INSERT OR IGNORE INTO collections (id, name, created_at) VALUES (1, 'Best of', ?)")
    .run(now);
  const statements = {
    words: database.prepare(
      'INSERT INTO user_data (video_id, rating, note, updated_at) VALUES (?, ?, ?, ?)',
    ),
    tag: database.prepare('INSERT INTO video_tags SELECT ?, id FROM tags WHERE name = ?'),
    collection: database.prepare('INSERT INTO collection_videos VALUES (1, ?, ?)'),
  };
  const store = database.transaction(() =>
    videosOf(database, rootPath).map(({ videoId, place }) => {
      const choice = createHash('sha256').update(place).digest();
      const rating = (choice[0] ?? 0) % 6;
      const tags = TAGS.filter((_tag, index) => (choice[1] ?? 0) & (1 << index));
      const data = { videoId, rating, note: `Seen at ${place}`, tags };
      statements.words.run(videoId, rating, data.note, now);
      for (const tag of tags) statements.tag.run(videoId, tag);
      statements.collection.run(videoId, choice[2]);
      return data;
    }),
  );
  return store.immediate();
}

/** Of what was put, what is not there as it was; in words. */
export function lostUserData(database: LibraryDatabase, put: readonly UserData[]): string[] {
  const words = database.prepare<[number], { rating: number; note: string }>(
    'SELECT rating, note FROM user_data WHERE video_id = ?',
  );
  const tags = database.prepare<[number], { name: string }>(
    'SELECT name FROM video_tags JOIN tags ON tags.id = tag_id WHERE video_id = ?',
  );
  const collected = database.prepare('SELECT 1 FROM collection_videos WHERE video_id = ?');
  return put
    .filter(({ videoId, rating, note, tags: wanted }) => {
      const found = words.get(videoId);
      const names = new Set(tags.all(videoId).map(({ name }) => name));
      const whole = found?.rating === rating && found.note === note && collected.get(videoId);
      return !whole || names.size !== wanted.length || !wanted.every((tag) => names.has(tag));
    })
    .map(({ videoId, note }) => `video ${videoId} (“${note}”)`);
}

function videosOf(database: LibraryDatabase, rootPath: string) {
  return database
    .prepare<[string], { videoId: number; place: string }>(`
      SELECT v.id AS videoId, f.path || '/' || v.name AS place
      FROM videos v JOIN folders f ON f.id = v.folder_id JOIN roots r ON r.id = v.root_id
      WHERE r.path = ?`)
    .all(rootPath);
}
