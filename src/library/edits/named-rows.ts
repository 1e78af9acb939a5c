import { VitrineError } from '../../shared/errors';
import type { Connection } from '../connection';
import { type CollectionFacts, labelKey, type TagFacts } from './cells';

interface NamedRow {
  id: number;
  name: string;
}

type Kind = 'tag' | 'collection';

const TABLE_OF = { tag: 'tags', collection: 'collections' } as const;
const FACTS_OF = { tag: 'colour', collection: 'position, created_at AS createdAt' } as const;
const CODE_OF = { tag: 'TAG_NOT_FOUND', collection: 'COLLECTION_NOT_FOUND' } as const;

/** The tags, or the collections, by ID and name. */
class NamedRows<Facts extends { name: string }> {
  readonly #kind: Kind;
  readonly #statements;

  constructor(database: Connection, kind: Kind) {
    this.#kind = kind;
    const table = TABLE_OF[kind];
    const select = `SELECT id, name, ${FACTS_OF[kind]} FROM ${table}`;
    this.#statements = {
      all: database.prepare<[], NamedRow & Facts>(
        `${select} ORDER BY ${kind === 'tag' ? 'name_key' : 'position, id'}`,
      ),
      byId: database.prepare<[number], NamedRow & Facts>(`${select} WHERE id = ?`),
      byKey: database.prepare<[string], NamedRow & Facts>(`${select} WHERE name_key = ?`),
      greatestId: database
        .prepare<[string], number>(`
          SELECT max(id) FROM (SELECT id FROM ${table} UNION ALL SELECT id FROM retired_ids WHERE kind = ?)`)
        .pluck(),
    };
  }

  /** In the order in which they are listed. */
  all(): (NamedRow & Facts)[] {
    return this.#statements.all.all();
  }

  /** @throws TAG_NOT_FOUND, COLLECTION_NOT_FOUND */
  require(id: number): NamedRow & Facts {
    const row = this.#statements.byId.get(id);
    if (row) return row;
    throw new VitrineError(CODE_OF[this.#kind], `There is no ${this.#kind} ${id}.`);
  }

  named(name: string): (NamedRow & Facts) | null {
    return this.#statements.byKey.get(labelKey(name)) ?? null;
  }

  /**
   * Makes sure that a name can be given.
   * @param id who may have it already
   * @throws NAME_TAKEN, or INVALID_REQUEST where nothing is left of it that could be compared
   */
  assertFree(name: string, id: number | null): void {
    if (labelKey(name) === '') {
      throw new VitrineError('INVALID_REQUEST', 'The name has no letters, digits or signs.');
    }
    const other = this.named(name);
    if (other === null || other.id === id) return;
    throw new VitrineError('NAME_TAKEN', `There is a ${this.#kind} ${other.name} already.`, {
      id: other.id,
      name: other.name,
    });
  }

  /** An ID that none has and none ever had. */
  newId(): number {
    return (this.#statements.greatestId.get(this.#kind) ?? 0) + 1;
  }
}

export type TagRows = NamedRows<TagFacts>;
export type CollectionRows = NamedRows<CollectionFacts>;

export function tagRows(database: Connection): TagRows {
  return new NamedRows<TagFacts>(database, 'tag');
}

export function collectionRows(database: Connection): CollectionRows {
  return new NamedRows<CollectionFacts>(database, 'collection');
}
