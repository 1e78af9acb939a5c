import type { LibraryApi } from '../shared/library-protocol';
import type { UserDataEntry } from '../shared/user-data-file';
import type { Connection } from './connection';
import { relativePath } from './video-path';

type Page = LibraryApi['procedures']['pageUserData'];

interface Row {
  id: number;
  root: string;
  folder: string;
  name: string;
  sizeBytes: number;
  contentHash: Buffer | null;
  rating: number | null;
  label: string | null;
  favourite: number | null;
  note: string | null;
  /** JSON. */
  tags: string;
  collections: string;
}

/** Videos of which something was said, those of removed folders and missing ones among them. */
export class UserDataPages {
  readonly #page;

  constructor(database: Connection) {
    this.#page = database.prepare<[number, number], Row>(`
      SELECT v.id, r.path AS root, f.path AS folder, v.name, v.size_bytes AS sizeBytes,
        v.content_hash AS contentHash, u.rating, u.label, u.favourite, u.note,
        (SELECT json_group_array(name) FROM (
          SELECT name FROM video_tags CROSS JOIN tags ON tags.id = tag_id
          WHERE video_id = v.id ORDER BY name_key)) AS tags,
        (SELECT json_group_array(json_object('name', name, 'position', position)) FROM (
          SELECT c.name, m.position FROM collection_videos m CROSS JOIN collections c ON c.id = m.collection_id
          WHERE m.video_id = v.id ORDER BY c.position, c.id)) AS collections
      FROM videos v CROSS JOIN folders f ON f.id = v.folder_id CROSS JOIN roots r ON r.id = v.root_id
        LEFT JOIN user_data u ON u.video_id = v.id
      WHERE v.id > ? AND (
        u.rating IS NOT NULL OR u.label IS NOT NULL OR u.favourite = 1 OR u.note IS NOT NULL
        OR EXISTS (SELECT 1 FROM video_tags WHERE video_id = v.id)
        OR EXISTS (SELECT 1 FROM collection_videos WHERE video_id = v.id))
      ORDER BY v.id LIMIT ?`);
  }

  page({ after, limit }: Page['request']): Page['response'] {
    const rows = this.#page.all(after ?? 0, limit);
    const next = rows.length < limit ? null : (rows.at(-1)?.id ?? null);
    return { entries: rows.map(entryOf), next };
  }
}

function entryOf(row: Row): UserDataEntry {
  const { root, sizeBytes, contentHash, rating, label, favourite, note } = row;
  const tags: string[] = JSON.parse(row.tags);
  const collections: UserDataEntry['collections'] = JSON.parse(row.collections);
  return {
    root,
    path: relativePath(row),
    sizeBytes,
    contentHash: contentHash && contentHash.length > 0 ? contentHash.toString('hex') : null,
    ...(rating !== null && { rating }),
    ...(label !== null && { label: label as NonNullable<UserDataEntry['label']> }),
    ...(favourite === 1 && { favourite: true as const }),
    ...(note !== null && { note }),
    ...(tags.length > 0 && { tags }),
    ...(collections && collections.length > 0 && { collections }),
  };
}
