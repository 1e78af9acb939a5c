import type { Connection } from '../connection';

/** Row IDs that are looked at in one step. */
const STEP = 500;

/**
 * Videos of removed roots give their pictures up; those that no other video shows go with that. A root that is added
 * again has them made again. Yields where the work may be cut; expects a transaction.
 */
export function* dropPreviewsOfRemovedRoots(database: Connection): Generator<void, void> {
  const newest = database.prepare<[], number>('SELECT max(video_id) FROM video_previews').pluck();
  const drop = database.prepare(`
    UPDATE video_previews SET preview_id = NULL, poster_id = NULL
    WHERE video_id > @after AND video_id <= @until AND (preview_id IS NOT NULL OR poster_id IS NOT NULL)
      AND EXISTS (
        SELECT 1 FROM videos v JOIN roots r ON r.id = v.root_id
        WHERE v.id = video_id AND r.removed_at IS NOT NULL)`);
  const last = newest.get() ?? 0;
  for (let after = 0; after < last; after += STEP) {
    drop.run({ after, until: after + STEP });
    yield;
  }
}
