import type { Connection } from '../connection';
import { fold } from '../fold';

/** What a tag is, but for its videos. */
export interface TagFacts {
  name: string;
  colour: string | null;
}

/** What a collection is, but for its videos. */
export interface CollectionFacts {
  name: string;
  position: number;
  createdAt: number;
}

/** Null, and false of a favourite, is what videos have of which nothing was said, and tags that do not exist. */
export type CellValue = string | number | null | TagFacts | CollectionFacts;

const FIELDS = ['rating', 'label', 'favourite', 'note'] as const;
type Field = (typeof FIELDS)[number];

/**
 * What an edit can change: a field of a video, whether it has a tag (1 or null), its position in a collection, or the
 * facts of a tag or a collection itself.
 */
export type Aspect = Field | 'tag' | 'collection' | 'tagFacts' | 'collectionFacts';

/** The ID of a video, tag or collection, and what it has. */
export type Cell = [id: number, value: CellValue];

/** Name by which tags and collections are the same: case, accents and the width of white space do not matter. */
export function labelKey(name: string): string {
  return fold(name).replaceAll(/\s+/g, ' ').trim();
}

/** Whether nothing was said. A rating of no stars is one. */
export function isUnset(aspect: Aspect, value: CellValue): boolean {
  return value === null || (aspect === 'favourite' && value === 0);
}

export function isSame(one: CellValue, other: CellValue): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

export function isOfVideos(aspect: Aspect): boolean {
  return aspect !== 'tagFacts' && aspect !== 'collectionFacts';
}

/** User data by aspects. Writing expects a transaction. */
export class Cells {
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, now: () => number) {
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  /** In the order of the IDs; videos that are not in the library are left out. */
  read(aspect: Aspect, target: number, ids: readonly number[]): Cell[] {
    const { fields, readTag, readCollection, readTagFacts, readCollectionFacts } = this.#statements;
    const list = JSON.stringify(ids);
    switch (aspect) {
      case 'tag':
        return readTag.all(list, target);
      case 'collection':
        return readCollection.all(list, target);
      case 'tagFacts':
        return ids.map((id) => [id, readTagFacts.get(id) ?? null]);
      case 'collectionFacts':
        return ids.map((id) => [id, readCollectionFacts.get(id) ?? null]);
      default:
        return fields[aspect].read.all(list);
    }
  }

  write(aspect: Aspect, target: number, cells: readonly Cell[]): void {
    for (const [id, value] of cells) this.#write(aspect, target, id, value);
  }

  /** The videos that have a tag, or are in a collection in its order. */
  videosOf(aspect: 'tag' | 'collection', target: number): number[] {
    const { taggedVideos, collectedVideos } = this.#statements;
    return (aspect === 'tag' ? taggedVideos : collectedVideos).all(target);
  }

  #write(aspect: Aspect, target: number, id: number, value: CellValue): void {
    const statements = this.#statements;
    switch (aspect) {
      case 'tag':
        if (value === null) statements.dropTag.run(id, target);
        else statements.putTag.run(id, target);
        return;
      case 'collection':
        if (value === null) statements.dropFromCollection.run(target, id);
        else statements.putInCollection.run(target, id, value);
        return;
      case 'tagFacts':
        if (value === null) statements.dropTagFacts.run(id);
        else statements.putTagFacts.run({ id, ...keyed(value as TagFacts) });
        return;
      case 'collectionFacts':
        if (value === null) statements.dropCollectionFacts.run(id);
        else statements.putCollectionFacts.run({ id, ...keyed(value as CollectionFacts) });
        return;
      default:
        statements.fields[aspect].put.run({ id, value, now: this.#now() });
        // A row that says nothing would count as something that was said.
        if (isUnset(aspect, value)) statements.dropEmpty.run(id);
    }
  }
}

function keyed<Facts extends { name: string }>(facts: Facts): Facts & { nameKey: string } {
  return { ...facts, nameKey: labelKey(facts.name) };
}

function prepareStatements(database: Connection) {
  const wanted = 'json_each(?) w CROSS JOIN videos v ON v.id = w.value';
  const readCells = (value: string, join: string) =>
    database
      .prepare<[string, ...number[]], Cell>(
        `SELECT v.id, ${value} FROM ${wanted} LEFT JOIN ${join}`,
      )
      .raw();
  const fieldStatements = (field: Field) => ({
    read: readCells(
      field === 'favourite' ? 'ifnull(u.favourite, 0)' : `u.${field}`,
      'user_data u ON u.video_id = v.id',
    ),
    put: database.prepare(`
      INSERT INTO user_data (video_id, ${field}, updated_at) VALUES (@id, @value, @now)
      ON CONFLICT DO UPDATE SET ${field} = @value, updated_at = @now`),
  });
  return {
    fields: {
      rating: fieldStatements('rating'),
      label: fieldStatements('label'),
      favourite: fieldStatements('favourite'),
      note: fieldStatements('note'),
    },
    dropEmpty: database.prepare(`
      DELETE FROM user_data WHERE video_id = ? AND rating IS NULL AND label IS NULL AND favourite = 0
        AND note IS NULL AND poster_at_us IS NULL AND position_us IS NULL`),
    readTag: readCells(
      'iif(t.tag_id IS NULL, NULL, 1)',
      'video_tags t ON t.video_id = v.id AND t.tag_id = ?',
    ),
    putTag: database.prepare('INSERT OR IGNORE INTO video_tags (video_id, tag_id) VALUES (?, ?)'),
    dropTag: database.prepare('DELETE FROM video_tags WHERE video_id = ? AND tag_id = ?'),
    readCollection: readCells(
      'c.position',
      'collection_videos c ON c.video_id = v.id AND c.collection_id = ?',
    ),
    putInCollection: database.prepare(`
      INSERT INTO collection_videos (collection_id, video_id, position) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET position = excluded.position`),
    dropFromCollection: database.prepare(
      'DELETE FROM collection_videos WHERE collection_id = ? AND video_id = ?',
    ),
    readTagFacts: database.prepare<[number], TagFacts>(
      'SELECT name, colour FROM tags WHERE id = ?',
    ),
    putTagFacts: database.prepare(`
      INSERT INTO tags (id, name, name_key, colour) VALUES (@id, @name, @nameKey, @colour)
      ON CONFLICT (id) DO UPDATE SET name = @name, name_key = @nameKey, colour = @colour`),
    dropTagFacts: database.prepare('DELETE FROM tags WHERE id = ?'),
    readCollectionFacts: database.prepare<[number], CollectionFacts>(
      'SELECT name, position, created_at AS createdAt FROM collections WHERE id = ?',
    ),
    putCollectionFacts: database.prepare(`
      INSERT INTO collections (id, name, name_key, position, created_at)
      VALUES (@id, @name, @nameKey, @position, @createdAt)
      ON CONFLICT (id) DO UPDATE SET name = @name, name_key = @nameKey, position = @position`),
    dropCollectionFacts: database.prepare('DELETE FROM collections WHERE id = ?'),
    taggedVideos: database
      .prepare<[number], number>(
        'SELECT video_id FROM video_tags WHERE tag_id = ? ORDER BY video_id',
      )
      .pluck(),
    collectedVideos: database
      .prepare<[number], number>(
        'SELECT video_id FROM collection_videos WHERE collection_id = ? ORDER BY position, video_id',
      )
      .pluck(),
  };
}
