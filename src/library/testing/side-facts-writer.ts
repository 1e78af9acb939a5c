import type { Connection } from '../connection';
import { COLLECTIONS, type ModelVideo, TAGS, VOLUMES } from './library-model';

/** Facts of a video that other tables hold. */
export const SIDE_FACTS = [
  ...(['languages', 'subtitles', 'camera', 'tags', 'collections'] as const),
  ...(['rating', 'label', 'favourite', 'note'] as const),
] as const;
export type SideFact = (typeof SIDE_FACTS)[number];

/** What can be said of videos. */
export function writeSideTables(database: Connection): void {
  const tag = database.prepare('INSERT INTO tags (id, name, name_key) VALUES (?, ?, ?)');
  for (const [index, name] of TAGS.entries()) tag.run(index + 1, name, name);
  const collection = database.prepare(
    'INSERT INTO collections (id, name, created_at) VALUES (?, ?, 0)',
  );
  for (const [index, name] of COLLECTIONS.entries()) collection.run(index + 1, name);
  database.prepare("INSERT INTO volumes (id, identity, label) VALUES (1, 'x', ?)").run(VOLUMES[0]);
}

/** Writes one fact of a video, and nothing else of it. */
export function writeSideFact(
  database: Connection,
  id: number,
  video: ModelVideo,
  fact: SideFact,
): void {
  const run = (sql: string, ...values: (string | number | null)[]) =>
    database.prepare(sql).run(...values);
  switch (fact) {
    case 'languages':
    case 'subtitles': {
      const [type, first] =
        fact === 'languages' ? (['audio', 10] as const) : (['subtitle', 20] as const);
      run('DELETE FROM streams WHERE video_id = ? AND type = ?', id, type);
      for (const [index, language] of video[fact].entries()) {
        run(
          "INSERT INTO streams (video_id, stream_index, type, language, detail) VALUES (?, ?, ?, ?, '')",
          ...[id, first + index, type, language],
        );
      }
      return;
    }
    case 'camera':
      run('DELETE FROM video_details WHERE video_id = ?', id);
      if (!video.camera) return;
      run(
        "INSERT INTO video_details (video_id, format_name, camera_make, camera_model) VALUES (?, '', ?, ?)",
        ...[id, video.camera.make, video.camera.model],
      );
      return;
    case 'tags':
      run('DELETE FROM video_tags WHERE video_id = ?', id);
      for (const tag of video.tags) run('INSERT INTO video_tags VALUES (?, ?)', id, tag + 1);
      return;
    case 'collections':
      run('DELETE FROM collection_videos WHERE video_id = ?', id);
      for (const one of video.collections) {
        run('INSERT INTO collection_videos VALUES (?, ?, 0)', one + 1, id);
      }
      return;
    default: {
      const value = fact === 'favourite' ? Number(video.favourite) : video[fact];
      run(
        `INSERT INTO user_data (video_id, ${fact}, updated_at) VALUES (?, ?, 0)
          ON CONFLICT DO UPDATE SET ${fact} = excluded.${fact}`,
        ...[id, value],
      );
    }
  }
}
