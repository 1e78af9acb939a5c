import type { Migration } from './migration';

/** What searching reads beside the videos' own rows, and the order of saved filters. */
export const finding: Migration = {
  version: 8,
  sql: `
-- The languages of a million videos without the rest of their streams.
CREATE INDEX streams_by_language ON streams (video_id, type, language)
  WHERE type IN ('audio', 'subtitle');

ALTER TABLE saved_filters ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
`,
};
