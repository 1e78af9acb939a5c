import type { Migration } from './migration';

/** What the person's edits of user data need: colours, hand-made orders, and the history that undo and redo go by. */
export const edits: Migration = {
  version: 7,
  sql: `
ALTER TABLE tags ADD COLUMN colour TEXT;
ALTER TABLE collections ADD COLUMN name_key TEXT NOT NULL DEFAULT '';
-- In the list of collections, by hand.
ALTER TABLE collections ADD COLUMN position INTEGER NOT NULL DEFAULT 0;
UPDATE collections SET name_key = lower(name), position = id;
CREATE INDEX collection_videos_in_order ON collection_videos (collection_id, position, video_id);

-- The greatest ID that a tag or collection had that is gone: undo may bring it back, so that it is not given again.
CREATE TABLE retired_ids (
  kind TEXT PRIMARY KEY,
  id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO retired_ids VALUES ('tag', 0), ('collection', 0);
CREATE TRIGGER tag_retired AFTER DELETE ON tags BEGIN
  UPDATE retired_ids SET id = max(id, old.id) WHERE kind = 'tag';
END;
CREATE TRIGGER collection_retired AFTER DELETE ON collections BEGIN
  UPDATE retired_ids SET id = max(id, old.id) WHERE kind = 'collection';
END;

CREATE TABLE edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- By which a call that is repeated is known.
  request TEXT NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (
    state IN ('planned', 'doing', 'done', 'undoing', 'undone', 'redoing', 'cancelling', 'dropped')
  ),
  -- Changes up to this place are in effect, those behind it are not.
  applied_to INTEGER NOT NULL DEFAULT 0,
  -- JSON, for the menu.
  description TEXT NOT NULL,
  -- The tag or collection that it made.
  created_id INTEGER,
  bytes INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;

-- One aspect of some videos, or of a tag or collection: what it was, and what the edit makes of it.
CREATE TABLE edit_changes (
  edit_id INTEGER NOT NULL REFERENCES edits (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  aspect TEXT NOT NULL,
  -- The tag or collection that videos get or lose; else 0.
  target INTEGER NOT NULL,
  -- See id-list.ts.
  ids BLOB NOT NULL,
  -- JSON: one value for all, or an array of each one's. Null until the edit was done.
  before TEXT,
  after TEXT NOT NULL,
  -- Only where nothing is set.
  fill INTEGER NOT NULL CHECK (fill IN (0, 1)),
  PRIMARY KEY (edit_id, place)
) STRICT;

-- Rows that were found to be of a file that another row is kept for, while there is a history that names them.
CREATE TABLE merged_videos (
  from_id INTEGER PRIMARY KEY,
  into_id INTEGER NOT NULL,
  -- JSON: what was said of the other one already, and is not for an edit of this one to take back.
  own TEXT NOT NULL,
  -- The newest edit then.
  last_edit INTEGER NOT NULL
) STRICT;
`,
};
