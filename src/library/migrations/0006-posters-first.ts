import type { Migration } from './migration';

/**
 * Posters are made before filmstrips: a preview may still wait for its filmstrip, and what is due of a video is one
 * or the other.
 */
export const postersFirst: Migration = {
  version: 6,
  sql: `
-- Whether no filmstrip was tried yet.
ALTER TABLE previews ADD COLUMN filmstrip_due INTEGER NOT NULL DEFAULT 0 CHECK (filmstrip_due IN (0, 1));

CREATE TRIGGER preview_grown AFTER UPDATE OF bytes ON previews BEGIN
  UPDATE preview_totals SET bytes = bytes + new.bytes - old.bytes;
END;

-- videos.previews_due from now on: 2: a poster may be to be made; 1: a filmstrip may be; 0: nothing is.
UPDATE videos SET previews_due = 2 WHERE previews_due = 1;

DROP TRIGGER preview_lost;
CREATE TRIGGER preview_lost AFTER UPDATE OF preview_id, poster_id ON video_previews
WHEN (old.preview_id IS NOT NULL AND new.preview_id IS NULL)
  OR (old.poster_id IS NOT NULL AND new.poster_id IS NULL) BEGIN
  UPDATE videos SET previews_due = 2 WHERE id = new.video_id;
END;
DROP TRIGGER poster_chosen;
CREATE TRIGGER poster_chosen AFTER INSERT ON user_data WHEN new.poster_at_us IS NOT NULL BEGIN
  UPDATE videos SET previews_due = 2 WHERE id = new.video_id;
END;
DROP TRIGGER poster_chosen_anew;
CREATE TRIGGER poster_chosen_anew AFTER UPDATE OF poster_at_us ON user_data
WHEN new.poster_at_us IS NOT NULL BEGIN
  UPDATE videos SET previews_due = 2 WHERE id = new.video_id;
END;

UPDATE jobs SET phase = 'posters' WHERE phase = 'previewing';
`,
};
