import { VitrineError } from '../shared/errors';
import type { FilterChange, NewFilter, SavedFilter } from '../shared/saved-filter';
import type { Connection } from './connection';

/** The queries that the person keeps, in the order of their choice. Writing expects a transaction. */
export class SavedFilters {
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, now: () => number) {
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  list(): SavedFilter[] {
    return this.#statements.all.all();
  }

  /** Behind the others. One that is there already, with name and query, is not doubled. Answers its ID. */
  save(filter: NewFilter): number {
    const known = this.#statements.same.get(filter);
    return known ?? this.#statements.insert.get({ ...filter, now: this.#now() }) ?? 0;
  }

  /** @throws SAVED_FILTER_NOT_FOUND */
  change({ id, name, query }: FilterChange): void {
    const values = { id, name: name ?? null, query: query ?? null };
    const { changes } = this.#statements.change.run(values);
    if (changes === 0) {
      throw new VitrineError('SAVED_FILTER_NOT_FOUND', `There is no saved filter ${id}.`);
    }
  }

  /** Puts some in a new order before the rest. */
  reorder(ids: readonly number[]): void {
    const rest = this.list().flatMap(({ id }) => (ids.includes(id) ? [] : [id]));
    for (const [position, id] of [...ids, ...rest].entries()) {
      this.#statements.place.run({ id, position });
    }
  }

  /** One that is gone already is not missed. */
  remove(id: number): void {
    this.#statements.remove.run(id);
  }
}

function prepareStatements(database: Connection) {
  return {
    all: database.prepare<[], SavedFilter>(
      'SELECT id, name, query FROM saved_filters ORDER BY position, id',
    ),
    same: database
      .prepare<[NewFilter], number>(
        'SELECT id FROM saved_filters WHERE name = @name AND query = @query',
      )
      .pluck(),
    insert: database
      .prepare<[NewFilter & { now: number }], number>(`
        INSERT INTO saved_filters (name, query, created_at, position)
        SELECT @name, @query, @now, ifnull(max(position) + 1, 0) FROM saved_filters RETURNING id`)
      .pluck(),
    change: database.prepare(`
      UPDATE saved_filters SET name = ifnull(@name, name), query = ifnull(@query, query)
      WHERE id = @id`),
    place: database.prepare('UPDATE saved_filters SET position = @position WHERE id = @id'),
    remove: database.prepare<[number]>('DELETE FROM saved_filters WHERE id = ?'),
  };
}
