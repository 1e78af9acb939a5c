import { FACET_SQL } from '../facets';
import type { Column } from './condition';

/** Of the table `v` (videos). */
const HAS_DUPLICATE = `EXISTS (
  SELECT 1 FROM videos other CROSS JOIN roots ON roots.id = other.root_id
  WHERE other.size_bytes = v.size_bytes AND other.content_hash = v.content_hash
    AND v.content_hash <> x'' AND other.id <> v.id AND other.state <> 'missing'
    AND roots.removed_at IS NULL)`;

const ofSaid = (column: string) => `(SELECT ${column} FROM user_data WHERE video_id = v.id)`;
const languagesOf = (type: string) => `(SELECT json_group_array(language_of(language))
  FROM streams WHERE video_id = v.id AND type = '${type}')`;

/** Make and model, of the table `video_details`; a model that says the make is enough. */
export const CAMERA_SQL = `CASE WHEN instr(lower(camera_model), lower(camera_make)) = 1
  THEN camera_model ELSE nullif(concat_ws(' ', camera_make, camera_model), '') END`;

/** The value of each column, of the table `v` (videos). Those of {@link SET_COLUMNS} are JSON arrays. */
export const COLUMN_SQL: Readonly<Record<Column, string>> = {
  ...FACET_SQL,
  name: 'v.name',
  folder: '(SELECT path FROM folders WHERE id = v.folder_id)',
  note: ofSaid('note'),
  rootPath: '(SELECT path FROM roots WHERE id = v.root_id)',
  width: 'v.width',
  height: 'v.height',
  exactFrameRate: 'v.frame_rate',
  sizeBytes: 'v.size_bytes',
  bitRate: 'v.bit_rate',
  durationUs: 'v.duration_us',
  addedAt: 'v.added_at',
  modifiedAt: 'v.mtime_ms',
  recordedAt: 'v.recorded_at',
  state: `CASE WHEN v.state <> 'missing' AND (SELECT online FROM roots WHERE id = v.root_id) = 0
    THEN 'offline' ELSE v.state END`,
  language: languagesOf('audio'),
  subtitles: languagesOf('subtitle'),
  camera: `(SELECT ${CAMERA_SQL} FROM video_details WHERE video_id = v.id)`,
  tag: `(SELECT json_group_array(tags.name) FROM video_tags CROSS JOIN tags ON tags.id = tag_id
    WHERE video_id = v.id)`,
  rating: ofSaid('rating'),
  label: ofSaid('label'),
  favourite: `ifnull(${ofSaid('favourite')}, 0)`,
  collection: `(SELECT json_group_array(collections.name) FROM collection_videos
    CROSS JOIN collections ON collections.id = collection_id WHERE video_id = v.id)`,
  volume: `(SELECT volumes.label FROM roots CROSS JOIN volumes ON volumes.id = roots.volume_id
    WHERE roots.id = v.root_id)`,
  duplicate: HAS_DUPLICATE,
  addedYear: 'year_of(v.added_at)',
  modifiedYear: 'year_of(v.mtime_ms)',
  recordedYear: 'year_of(v.recorded_at)',
};

/** A video may have several values of them. */
export const SET_COLUMNS: readonly Column[] = ['language', 'subtitles', 'tag', 'collection'];
