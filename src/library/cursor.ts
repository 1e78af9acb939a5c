import { VitrineError } from '../shared/errors';

/** Values of the row at which a page ended. */
export type CursorValues = readonly (string | number | null)[];

/** The opaque text of a place in an order; `order` keeps it from being used in another one. */
export function encodeCursor(order: string, values: CursorValues): string {
  return Buffer.from(JSON.stringify([order, ...values])).toString('base64url');
}

/** @throws INVALID_REQUEST */
export function decodeCursor(order: string, length: number, cursor: string): CursorValues {
  const [from, ...values] = parse(cursor);
  if (from !== order || values.length !== length || !values.every(isValue)) throw invalid();
  return values;
}

function parse(cursor: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    throw invalid();
  }
}

function isValue(value: unknown): value is string | number | null {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function invalid(): VitrineError {
  return new VitrineError('INVALID_REQUEST', 'The cursor does not belong to this query.');
}
