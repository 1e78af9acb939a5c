import { parseDate } from './date-literal';
import type { QueryField } from './fields';
import { parseNumber } from './number-literal';
import type { QueryValue } from './query-node';

/** Numbers that pass, both ends included. */
export interface NumberRange {
  from: number;
  to: number;
}

type RangeValue = Extract<QueryValue, { type: 'is' | 'compare' | 'between' }>;

/** What something that is written stands for, `to` excluded, and where comparisons with it lie. */
interface Extent {
  from: number;
  to: number;
  /** Behind it `<=` and the end of a range stop. */
  last: number;
  /** Behind it `>` begins. */
  over: number;
  /** From it `>=` and a range begin, and before it `<` ends. */
  first: number;
}

/**
 * The numbers that a value of a field lets through, in the field's own unit: microseconds, bytes, milliseconds since
 * epoch and so on. A number that is not compared stands for all that are written so at as many digits; a date that is
 * compared is over when its year, month or day is.
 * @param now milliseconds since epoch
 */
export function rangeOf({ kind }: QueryField, value: RangeValue, now: number): NumberRange {
  const extentOf = (literal: string): Extent | null => {
    if (kind.type === 'number') {
      const number = parseNumber(literal, kind.units);
      const exact = number?.value ?? 0;
      return number && { ...number, first: exact, last: exact, over: exact };
    }
    const date = parseDate(literal, now);
    return date && { ...date, first: date.from, last: before(date.to), over: before(date.to) };
  };
  switch (value.type) {
    case 'is': {
      const extent = extentOf(value.literal);
      return extent ? { from: extent.from, to: before(Math.min(extent.to, MOST)) } : NOTHING;
    }
    case 'between': {
      const from = value.from === null ? -MOST : extentOf(value.from)?.first;
      const to = value.to === null ? MOST : extentOf(value.to)?.last;
      return from === undefined || to === undefined ? NOTHING : { from, to };
    }
    case 'compare': {
      const extent = extentOf(value.literal);
      return extent ? compared(value.operator, extent) : NOTHING;
    }
  }
}

const MOST = Number.MAX_VALUE;
const NOTHING: NumberRange = { from: 1, to: 0 };

function compared(operator: '<' | '<=' | '>' | '>=', { first, last, over }: Extent): NumberRange {
  switch (operator) {
    case '<':
      return { from: -MOST, to: before(first) };
    case '<=':
      return { from: -MOST, to: last };
    case '>':
      return { from: after(over), to: MOST };
    case '>=':
      return { from: first, to: MOST };
  }
}

const double = new Float64Array(1);
const bits = new BigInt64Array(double.buffer);

/** The next number that can be told from this one. */
function after(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  double[0] = value;
  bits[0] = (bits[0] ?? 0n) + (value > 0 ? 1n : -1n);
  return double[0] ?? value;
}

function before(value: number): number {
  return -after(-value);
}
