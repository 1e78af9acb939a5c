import type { Migration } from './migration';

/**
 * Times are milliseconds since epoch, durations microseconds, flags 0 or 1. `inode` and `device` are REAL
 * because a 64-bit number arrives as a double and must compare equal when it comes back.
 * `pixels` and `frame_rate` follow from their neighbours and stand on their own to be sorted by: SQLite does not
 * take an index on a generated column for covering.
 */
export const initial: Migration = {
  version: 1,
  sql: `
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE volumes (
  id INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  label TEXT,
  last_seen_at INTEGER
) STRICT;

CREATE TABLE roots (
  id INTEGER PRIMARY KEY,
  volume_id INTEGER REFERENCES volumes (id),
  path TEXT NOT NULL,
  path_bytes BLOB,
  device REAL,
  online INTEGER NOT NULL DEFAULT 1 CHECK (online IN (0, 1)),
  added_at INTEGER NOT NULL,
  last_scan_at INTEGER,
  removed_at INTEGER
) STRICT;
CREATE UNIQUE INDEX roots_by_path ON roots (path, ifnull(path_bytes, x''));

CREATE TABLE folders (
  id INTEGER PRIMARY KEY,
  root_id INTEGER NOT NULL REFERENCES roots (id),
  path TEXT NOT NULL,
  path_bytes BLOB,
  path_key TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX folders_by_place ON folders (root_id, path, ifnull(path_bytes, x''));
CREATE INDEX folders_by_key ON folders (path_key);

CREATE TABLE videos (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  root_id INTEGER NOT NULL REFERENCES roots (id),
  folder_id INTEGER NOT NULL REFERENCES folders (id),
  name TEXT NOT NULL,
  name_bytes BLOB,
  name_key TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ms INTEGER NOT NULL,
  inode REAL NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('ok', 'unreadable', 'missing')),
  probe_level TEXT NOT NULL DEFAULT 'none' CHECK (probe_level IN ('none', 'quick', 'full')),
  needs_probe INTEGER NOT NULL CHECK (needs_probe IN (0, 1)),
  container TEXT,
  duration_us INTEGER,
  width INTEGER,
  height INTEGER,
  pixels INTEGER,
  rotation INTEGER,
  frame_rate_num INTEGER,
  frame_rate_den INTEGER,
  frame_rate REAL,
  variable_frame_rate INTEGER,
  video_codec TEXT,
  audio_codec TEXT,
  audio_channels INTEGER,
  bit_rate INTEGER,
  hdr TEXT,
  bit_depth INTEGER,
  recorded_at INTEGER,
  added_at INTEGER NOT NULL,
  probed_at INTEGER,
  missing_since INTEGER,
  content_hash BLOB,
  scan_job INTEGER,
  scan_outcome TEXT CHECK (scan_outcome IN ('added', 'changed', 'missing'))
) STRICT;
CREATE UNIQUE INDEX videos_by_place ON videos (folder_id, name, ifnull(name_bytes, x''));
CREATE INDEX videos_by_root ON videos (root_id, state);
CREATE INDEX videos_by_folder ON videos (folder_id, name_key);
CREATE INDEX videos_by_name ON videos (name_key);
CREATE INDEX videos_by_added ON videos (added_at);
CREATE INDEX videos_by_modified ON videos (mtime_ms);
CREATE INDEX videos_by_duration ON videos (duration_us);
CREATE INDEX videos_by_size ON videos (size_bytes);
CREATE INDEX videos_by_resolution ON videos (pixels);
CREATE INDEX videos_by_frame_rate ON videos (frame_rate);
CREATE INDEX videos_by_bit_rate ON videos (bit_rate);
CREATE INDEX videos_by_codec ON videos (video_codec);

CREATE TABLE streams (
  video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
  stream_index INTEGER NOT NULL,
  type TEXT NOT NULL,
  codec TEXT,
  language TEXT,
  channels INTEGER,
  detail TEXT NOT NULL,
  PRIMARY KEY (video_id, stream_index)
) STRICT, WITHOUT ROWID;

CREATE TABLE chapters (
  video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  start_seconds REAL NOT NULL,
  end_seconds REAL NOT NULL,
  title TEXT,
  PRIMARY KEY (video_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE video_details (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  format_name TEXT NOT NULL,
  timecode TEXT,
  camera_make TEXT,
  camera_model TEXT,
  latitude REAL,
  longitude REAL,
  altitude REAL,
  title TEXT
) STRICT;

CREATE TABLE probes (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  json_deflated BLOB NOT NULL
) STRICT;

CREATE TABLE problems (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  stage TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  tool_output TEXT,
  occurred_at INTEGER NOT NULL
) STRICT;
CREATE INDEX problems_by_time ON problems (occurred_at);

CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  target TEXT NOT NULL,
  root_id INTEGER REFERENCES roots (id),
  state TEXT NOT NULL CHECK (
    state IN ('queued', 'running', 'waiting', 'paused', 'succeeded', 'failed', 'cancelled')
  ),
  priority INTEGER NOT NULL DEFAULT 0,
  attempt INTEGER NOT NULL DEFAULT 0,
  crash_count INTEGER NOT NULL DEFAULT 0,
  run_token TEXT,
  not_before INTEGER,
  payload TEXT NOT NULL,
  phase TEXT NOT NULL DEFAULT '',
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER,
  current_item TEXT,
  problems INTEGER NOT NULL DEFAULT 0,
  result TEXT,
  reason TEXT,
  error TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  run_started_at INTEGER,
  finished_at INTEGER,
  CHECK ((state = 'running') = (run_token IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX jobs_one_live ON jobs (kind, target)
  WHERE state IN ('queued', 'running', 'waiting', 'paused');
CREATE INDEX jobs_queued ON jobs (priority DESC, id) WHERE state = 'queued';

CREATE TABLE tags (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE video_tags (
  video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
  tag_id INTEGER NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
  PRIMARY KEY (video_id, tag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX video_tags_by_tag ON video_tags (tag_id);

CREATE TABLE user_data (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  rating INTEGER CHECK (rating BETWEEN 0 AND 5),
  label TEXT,
  favourite INTEGER NOT NULL DEFAULT 0 CHECK (favourite IN (0, 1)),
  note TEXT,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE collection_videos (
  collection_id INTEGER NOT NULL REFERENCES collections (id) ON DELETE CASCADE,
  video_id INTEGER NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  PRIMARY KEY (collection_id, video_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX collection_videos_by_video ON collection_videos (video_id);

CREATE TABLE saved_filters (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

-- Folded text (see fold.ts), so that index, short words and queries agree on case and accents.
CREATE VIRTUAL TABLE video_search USING fts5 (
  name, tokenize = 'trigram case_sensitive 1', columnsize = 0
);
CREATE VIRTUAL TABLE folder_search USING fts5 (
  path, tokenize = 'trigram case_sensitive 1', columnsize = 0
);
`,
};
