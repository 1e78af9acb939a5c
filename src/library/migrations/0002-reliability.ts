import type { Migration } from './migration';

/** What the job engine, moves, volumes, the problems inbox and verification keep. */
export const reliability: Migration = {
  version: 2,
  sql: `
-- See session-mark.ts.
INSERT INTO meta VALUES ('closed', 'yes') ON CONFLICT DO NOTHING;
INSERT INTO meta VALUES ('session', hex(randomblob(16)));

ALTER TABLE jobs ADD COLUMN waiting_for TEXT CHECK (waiting_for IN ('volume', 'backoff', 'storage'));
-- Failures in a row that may pass: the exponent of the backoff.
ALTER TABLE jobs ADD COLUMN transient_failures INTEGER NOT NULL DEFAULT 0;

CREATE INDEX jobs_by_end ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_waiting ON jobs (waiting_for) WHERE state = 'waiting';

ALTER TABLE volumes ADD COLUMN kind TEXT NOT NULL DEFAULT 'unknown'
  CHECK (kind IN ('solid-state', 'rotational', 'network', 'unknown'));

-- Below the volume's mount point, so that the root is found again where the volume is mounted elsewhere.
ALTER TABLE roots ADD COLUMN path_on_volume TEXT;
ALTER TABLE roots ADD COLUMN unconfirmed_missing INTEGER NOT NULL DEFAULT 0;
-- End of the last complete listing: what was added later was not there when the root's videos were seen last.
ALTER TABLE roots ADD COLUMN listed_at INTEGER;

-- On another device than the root: on a drive that is mounted inside of it.
ALTER TABLE folders ADD COLUMN mounted INTEGER NOT NULL DEFAULT 0 CHECK (mounted IN (0, 1));

-- The scan that found the file at another place than before.
ALTER TABLE videos ADD COLUMN moved_by_job INTEGER;
-- Empty where the file has nothing to be compared by.
CREATE INDEX videos_by_content ON videos (size_bytes, content_hash) WHERE content_hash IS NOT NULL;

-- One file can be at a place, and any number of missing ones may have been.
DROP INDEX videos_by_place;
CREATE UNIQUE INDEX videos_by_place ON videos (folder_id, name, ifnull(name_bytes, x''))
  WHERE state <> 'missing';
CREATE INDEX videos_missing_from_place ON videos (folder_id, name, ifnull(name_bytes, x''))
  WHERE state = 'missing';

ALTER TABLE problems ADD COLUMN dismissed_at INTEGER;
CREATE INDEX problems_dismissed ON problems (video_id) WHERE dismissed_at IS NOT NULL;

-- Files that were handed out to be read and not reported yet.
CREATE TABLE probes_in_flight (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  run_token TEXT NOT NULL,
  -- Whether nothing else is being read meanwhile.
  alone INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1))
) STRICT;
-- Files that a process may have died of, with the times that one died while it read this file alone.
CREATE TABLE suspects (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  deaths_alone INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What a run that goes on needs to know of the job's earlier ones; JSON that is the kind's own affair.
ALTER TABLE jobs ADD COLUMN checkpoint TEXT;

-- The version of the file (size, time, inode) that was decoded, and the row ID of the job that did it.
CREATE TABLE verifications (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  job INTEGER NOT NULL,
  verified_at INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ms INTEGER NOT NULL,
  inode REAL NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('intact', 'damaged', 'unreadable')),
  damage TEXT NOT NULL,
  damage_count INTEGER NOT NULL,
  unchecked TEXT
) STRICT;
CREATE INDEX verifications_with_damage ON verifications (job, video_id) WHERE outcome <> 'intact';
`,
};
