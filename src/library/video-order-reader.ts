import type { SortKey } from '../shared/video-query';
import type { Connection } from './connection';
import type { CursorValues } from './cursor';
import { prepareIds } from './read-ids';
import { idsSql, placeColumns, type Stretch, stretchesAfter } from './video-order';

export interface VideoOrder {
  sort: SortKey;
  descending: boolean;
}

type Statements = ReturnType<typeof prepareStatements>;

/** Reads the IDs of videos in an order, by its indexes alone. */
export class VideoOrderReader {
  readonly #database: Connection;
  readonly #order: VideoOrder;
  readonly #condition: string | undefined;
  readonly #placeOf;
  /** By what they read. */
  readonly #statements = new Map<string, Statements>();

  /** @param condition see {@link idsSql} */
  constructor(database: Connection, order: VideoOrder, condition?: string) {
    this.#database = database;
    this.#order = order;
    this.#condition = condition;
    this.#placeOf = database
      .prepare<[number], CursorValues>(
        `SELECT ${placeColumns(order.sort).join(', ')}
          FROM videos v CROSS JOIN folders f ON f.id = v.folder_id WHERE v.id = ?`,
      )
      .raw();
  }

  /**
   * Up to `limit` IDs behind a video.
   * @param after null for the beginning
   * @param offset so many are left out first: SQLite skips a million entries of an index in some 10 ms
   */
  read(after: number | null, offset: number, limit: number): Uint32Array {
    const { sort, descending } = this.#order;
    const place = after === null ? null : (this.#placeOf.get(after) ?? null);
    let ids: Uint32Array = new Uint32Array();
    let skip = offset;
    for (const stretch of stretchesAfter(sort, descending, place)) {
      const { read, count } = this.#statementsOf(stretch);
      const more = read(...stretch.parameters, limit - ids.length, skip);
      skip = more.length > 0 || skip === 0 ? 0 : skip - count(...stretch.parameters, skip);
      ids = ids.length === 0 ? more : Uint32Array.from([...ids, ...more]);
      if (ids.length === limit) break;
    }
    return ids;
  }

  #statementsOf(stretch: Stretch): Statements {
    const sql = idsSql(stretch, this.#condition);
    const statements = this.#statements.get(sql) ?? prepareStatements(this.#database, sql);
    this.#statements.set(sql, statements);
    return statements;
  }
}

function prepareStatements(database: Connection, sql: string) {
  const count = database
    .prepare<unknown[], number>(`SELECT count(*) FROM (${sql} LIMIT ?)`)
    .pluck();
  return {
    read: prepareIds(database, `${sql} LIMIT ? OFFSET ?`),
    /** Up to a limit, which is the last parameter. */
    count: (...parameters: CursorValues) => count.get(...parameters) ?? 0,
  };
}
