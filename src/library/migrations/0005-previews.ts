import type { Migration } from './migration';

/** Pictures of videos: which files hold them, what they were made of, who shares them; where playing stopped. */
export const previews: Migration = {
  version: 5,
  sql: `
-- The files of a token are in the preview cache. What they were made of: content identity and file time; a video
-- whose content cannot be compared has pictures of its own.
CREATE TABLE previews (
  id INTEGER PRIMARY KEY,
  token TEXT NOT NULL UNIQUE,
  size_bytes INTEGER NOT NULL,
  content_hash BLOB NOT NULL,
  mtime_ms INTEGER NOT NULL,
  poster_at_us INTEGER NOT NULL,
  poster_width INTEGER NOT NULL,
  poster_height INTEGER NOT NULL,
  -- JSON of its layout; null where the video is a single picture.
  filmstrip TEXT,
  bytes INTEGER NOT NULL,
  made_at INTEGER NOT NULL,
  used_at INTEGER NOT NULL
) STRICT;
CREATE INDEX previews_by_content ON previews (size_bytes, content_hash) WHERE content_hash <> x'';
CREATE INDEX previews_by_use ON previews (used_at);

-- What a video shows. One whose file changed keeps its row without a preview: that of an earlier version is not its own,
-- even where the content identity is the same.
CREATE TABLE video_previews (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  preview_id INTEGER REFERENCES previews (id) ON DELETE SET NULL,
  -- Why there is none and none is tried, until the file changes.
  problem TEXT,
  -- The picture of the person's choice, where there is one.
  poster_token TEXT UNIQUE,
  poster_bytes INTEGER,
  poster_used_at INTEGER
) STRICT;
CREATE INDEX video_previews_by_preview ON video_previews (preview_id) WHERE preview_id IS NOT NULL;

-- The person's own: no scan touches it.
ALTER TABLE user_data ADD COLUMN poster_at_us INTEGER;
ALTER TABLE user_data ADD COLUMN position_us INTEGER;

DROP INDEX jobs_waiting;
ALTER TABLE jobs ADD COLUMN waits_for TEXT
  CHECK (waits_for IN ('volume', 'backoff', 'storage', 'power'));
UPDATE jobs SET waits_for = waiting_for WHERE waiting_for IS NOT NULL;
ALTER TABLE jobs DROP COLUMN waiting_for;
ALTER TABLE jobs RENAME COLUMN waits_for TO waiting_for;
CREATE INDEX jobs_waiting ON jobs (waiting_for) WHERE state = 'waiting';
`,
};
