import type { Migration } from './migration';

/**
 * Pictures of videos: which files hold them, what they were made of, who shows them; where playing stopped. What has
 * to hold whoever changes a row is kept by triggers.
 */
export const previews: Migration = {
  version: 5,
  sql: `
-- Images of a token are in the preview cache. What they were made of: content identity and file time; empty where the
-- content cannot be compared, and for a picture of somebody's choice, which belongs to one video.
CREATE TABLE previews (
  id INTEGER PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL,
  content_hash BLOB NOT NULL,
  mtime_ms INTEGER NOT NULL,
  poster_at_us INTEGER NOT NULL,
  poster_width INTEGER NOT NULL,
  poster_height INTEGER NOT NULL,
  -- JSON of its layout; null where there is none.
  filmstrip TEXT,
  bytes INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX previews_by_content ON previews (size_bytes, content_hash) WHERE content_hash <> x'';
CREATE INDEX previews_by_use ON previews (used_at);

-- What a video shows.
CREATE TABLE video_previews (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  preview_id INTEGER REFERENCES previews (id) ON DELETE SET NULL,
  -- The picture of the person's choice, where there is one.
  poster_id INTEGER UNIQUE REFERENCES previews (id) ON DELETE SET NULL,
  -- Why there is no preview and none is tried, until the file changes.
  problem TEXT,
  poster_failed INTEGER NOT NULL DEFAULT 0 CHECK (poster_failed IN (0, 1)),
  -- Its file was another one before: a preview of another file time may show that, whatever the content identity says.
  edited INTEGER NOT NULL DEFAULT 0 CHECK (edited IN (0, 1))
) STRICT;
CREATE INDEX video_previews_by_preview ON video_previews (preview_id) WHERE preview_id IS NOT NULL;

-- The person's own: no scan touches it.
ALTER TABLE user_data ADD COLUMN poster_at_us INTEGER;
ALTER TABLE user_data ADD COLUMN position_us INTEGER;

-- 0: nothing is to be made; 1: something may be to be made; 2: nothing was ever made.
ALTER TABLE videos ADD COLUMN previews_due INTEGER NOT NULL DEFAULT 2;
UPDATE videos SET previews_due = 0 WHERE video_codec IS NULL AND probe_level = 'full';
CREATE INDEX videos_with_previews_due ON videos (root_id, previews_due)
  WHERE previews_due > 0 AND state = 'ok' AND needs_probe = 0 AND probe_level = 'full';

CREATE TABLE preview_totals (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  bytes INTEGER NOT NULL,
  count INTEGER NOT NULL
) STRICT;
INSERT INTO preview_totals VALUES (1, 0, 0);
CREATE TRIGGER preview_counted AFTER INSERT ON previews BEGIN
  UPDATE preview_totals SET bytes = bytes + new.bytes, count = count + 1;
END;
CREATE TRIGGER preview_gone AFTER DELETE ON previews BEGIN
  UPDATE preview_totals SET bytes = bytes - old.bytes, count = count - 1;
END;

-- A video that loses its pictures, or gets others by the person's choice, is due.
CREATE TRIGGER preview_lost AFTER UPDATE OF preview_id, poster_id ON video_previews
WHEN (old.preview_id IS NOT NULL AND new.preview_id IS NULL)
  OR (old.poster_id IS NOT NULL AND new.poster_id IS NULL) BEGIN
  UPDATE videos SET previews_due = max(previews_due, 1) WHERE id = new.video_id;
END;
CREATE TRIGGER poster_chosen AFTER INSERT ON user_data WHEN new.poster_at_us IS NOT NULL BEGIN
  UPDATE videos SET previews_due = max(previews_due, 1) WHERE id = new.video_id;
END;
CREATE TRIGGER poster_chosen_anew AFTER UPDATE OF poster_at_us ON user_data
WHEN new.poster_at_us IS NOT NULL BEGIN
  UPDATE videos SET previews_due = max(previews_due, 1) WHERE id = new.video_id;
END;

-- A preview that no video shows is of no use.
CREATE TRIGGER preview_left AFTER UPDATE OF preview_id ON video_previews
WHEN old.preview_id IS NOT NULL AND old.preview_id IS NOT new.preview_id BEGIN
  DELETE FROM previews WHERE id = old.preview_id
    AND NOT EXISTS (SELECT 1 FROM video_previews WHERE preview_id = old.preview_id);
END;
CREATE TRIGGER poster_left AFTER UPDATE OF poster_id ON video_previews
WHEN old.poster_id IS NOT NULL AND old.poster_id IS NOT new.poster_id BEGIN
  DELETE FROM previews WHERE id = old.poster_id;
END;
CREATE TRIGGER preview_orphaned AFTER DELETE ON video_previews
WHEN old.preview_id IS NOT NULL OR old.poster_id IS NOT NULL BEGIN
  DELETE FROM previews WHERE id = old.poster_id;
  DELETE FROM previews WHERE id = old.preview_id
    AND NOT EXISTS (SELECT 1 FROM video_previews WHERE preview_id = old.preview_id);
END;

-- Files that were handed out and not reported yet, and those that a process may have died of.
CREATE TABLE previews_in_flight (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  -- Null: nobody has it, it is only suspected.
  run_token TEXT,
  -- Whether no other preview is being made meanwhile.
  alone INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)),
  -- How often a process died under it while it was alone.
  deaths INTEGER NOT NULL DEFAULT 0
) STRICT;

DROP INDEX jobs_waiting;
ALTER TABLE jobs ADD COLUMN waits_for TEXT
  CHECK (waits_for IN ('volume', 'backoff', 'storage', 'power'));
UPDATE jobs SET waits_for = waiting_for WHERE waiting_for IS NOT NULL;
ALTER TABLE jobs DROP COLUMN waiting_for;
ALTER TABLE jobs RENAME COLUMN waits_for TO waiting_for;
CREATE INDEX jobs_waiting ON jobs (waiting_for) WHERE state = 'waiting';
`,
};
