import type { LibraryApi } from '../shared/library-protocol';
import type { SortKey, VideoQuery } from '../shared/video-query';
import type { Connection } from './connection';
import { decodeCursor, encodeCursor } from './cursor';
import { filterOf } from './video-filter';
import { placeColumns, type Stretch, stretchesAfter } from './video-order';
import { SUMMARY_COLUMNS, SUMMARY_JOINS, type SummaryRow, summaryOf } from './video-row';

type Procedure = LibraryApi['procedures']['scanVideos'];

/** A keyset page: it goes on where the last one ended, however much the library changed in between. */
export function scanVideos(
  database: Connection,
  { query, after, limit }: Procedure['request'],
  now: number,
): Procedure['response'] {
  const columns = placeColumns(query.sort);
  const order = `${query.sort} ${query.descending}`;
  const place = after === null ? null : decodeCursor(order, columns.length, after);
  const rows: PlacedRow[] = [];
  database.transaction(() => {
    for (const stretch of stretchesAfter(query.sort, query.descending, place)) {
      const missing = limit - rows.length;
      if (missing === 0) return;
      const { sql, parameters } = keysetSql(query, stretch, now);
      rows.push(...database.prepare<unknown[], PlacedRow>(sql).all(...parameters, missing));
    }
  })();
  const last = rows.at(-1);
  return {
    videos: rows.map(summaryOf),
    next: last && rows.length === limit ? encodeCursor(order, placeOf(last, query.sort)) : null,
  };
}

type PlacedRow = SummaryRow & Record<`place${number}`, string | number | null>;

function placeOf(row: PlacedRow, sort: SortKey) {
  return placeColumns(sort).map((_, index) => row[`place${index}`] ?? null);
}

/** The statement for one stretch; its last parameter is the limit. */
export function keysetSql(query: VideoQuery, stretch: Stretch, now: number) {
  const filter = filterOf(query, now);
  const place = placeColumns(query.sort).map((column, index) => `${column} AS place${index}`);
  const where = ['r.removed_at IS NULL', ...filter.where, ...stretch.where].join(' AND ');
  return {
    sql: `SELECT ${SUMMARY_COLUMNS}, ${place.join(', ')} FROM ${stretch.from} ${stretch.folder} ${SUMMARY_JOINS}
      WHERE ${where} ORDER BY ${stretch.orderBy} LIMIT ?`,
    parameters: [...filter.parameters, ...stretch.parameters],
  };
}
