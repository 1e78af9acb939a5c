import type { Migration } from './migration';

/** What the job engine, moves, volumes, the problems inbox and verification keep. */
export const reliability: Migration = {
  version: 2,
  sql: `
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

CREATE INDEX videos_by_content ON videos (size_bytes, content_hash) WHERE content_hash IS NOT NULL;

ALTER TABLE problems ADD COLUMN dismissed_at INTEGER;

CREATE TABLE verifications (
  video_id INTEGER PRIMARY KEY REFERENCES videos (id) ON DELETE CASCADE,
  verified_at INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  mtime_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('intact', 'damaged', 'unreadable')),
  damage TEXT NOT NULL,
  damage_count INTEGER NOT NULL
) STRICT;
`,
};
