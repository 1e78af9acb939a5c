import Database from 'better-sqlite3';

/**
 * Gives invented videos what other tables say of them: languages to all, subtitles to a tenth, cameras to a third, tags
 * to three quarters, ratings to a fifth, notes to a fiftieth, and to each twenty-fifth the content of the one before.
 */
export function addDetails(databasePath: string): void {
  const database = new Database(databasePath);
  database.pragma('synchronous = OFF');
  database.exec(`
    BEGIN;
    INSERT INTO streams (video_id, stream_index, type, codec, language, detail)
      SELECT id, 1, 'audio', 'aac', CASE id % 5 WHEN 0 THEN 'ger' WHEN 1 THEN NULL ELSE 'eng' END, '{}'
      FROM videos;
    INSERT INTO streams (video_id, stream_index, type, codec, language, detail)
      SELECT id, 2, 'subtitle', 'mov_text', 'eng', '{}' FROM videos WHERE id % 10 = 0;
    INSERT INTO video_details (video_id, format_name, camera_make, camera_model)
      SELECT id, 'mov', 'Canon', 'Canon R' || (id % 7) FROM videos WHERE id % 3 = 0;
    INSERT INTO tags (id, name, name_key)
      VALUES (1, 'sea', 'sea'), (2, 'city', 'city'), (3, 'family', 'family'), (4, 'work', 'work');
    INSERT INTO video_tags SELECT id, 1 + id % 4 FROM videos WHERE id % 4 < 3;
    INSERT INTO video_tags SELECT id, 4 FROM videos WHERE id % 6 = 0;
    INSERT INTO user_data (video_id, rating, favourite, note, updated_at)
      SELECT id, id % 6, id % 20 = 0, CASE WHEN id % 50 = 0 THEN 'shot at dawn near the harbour' END, 0
      FROM videos WHERE id % 5 = 0;
    UPDATE videos SET recorded_at = mtime_ms, content_hash = CAST('hash ' || (id - (id % 25 = 0)) AS BLOB);
    UPDATE videos SET size_bytes = (SELECT size_bytes FROM videos copied WHERE copied.id = videos.id - 1)
      WHERE id % 25 = 0 AND id > (SELECT min(id) FROM videos);
    COMMIT`);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
