import type { SortKey } from '../shared/video-query';
import type { Connection } from './connection';
import { readIds } from './read-ids';
import { orderSql } from './video-order';

/** A place in an order of videos. */
export interface OrderedPart {
  sort: SortKey;
  descending: boolean;
  index: number;
  limit: number;
  /** Number of all videos of the order. */
  total: number;
}

/**
 * IDs of videos at a place in an order, by its index alone: SQLite skips a million entries in 6 ms. It begins at the
 * nearer end.
 * @param condition see {@link orderSql}
 */
export function orderedIds(
  database: Connection,
  { sort, descending, index, limit, total }: OrderedPart,
  condition?: string,
): Uint32Array {
  const wanted = Math.max(0, Math.min(limit, total - index));
  const forward = orderSql(sort, descending, condition);
  const backward = orderSql(sort, !descending, condition).toReversed();
  const after = total - index - wanted;
  if (index <= after) return readPart(database, { forward, backward, index, after, wanted });
  const turned = { forward: backward, backward: forward, index: after, after: index, wanted };
  return readPart(database, turned).reverse();
}

interface Part {
  forward: readonly string[];
  /** What `forward` answers, from its end. */
  backward: readonly string[];
  /** How many come before and after. */
  index: number;
  after: number;
  wanted: number;
}

function readPart(database: Connection, part: Part): Uint32Array {
  const { forward, backward, index, after, wanted } = part;
  const [first = '', second] = forward;
  const read = (sql: string, offset: number, limit: number) =>
    readIds(database, `${sql} LIMIT ? OFFSET ?`, [limit, offset]);
  const ids = read(first, index, wanted);
  if (second === undefined || ids.length === wanted) return ids;
  if (ids.length > 0 || index === 0) {
    return Uint32Array.from([...ids, ...read(second, 0, wanted - ids.length)]);
  }
  // All of them are in the second stretch, of which only the distance from its end is known.
  return read(backward[0] ?? '', after, wanted).reverse();
}
