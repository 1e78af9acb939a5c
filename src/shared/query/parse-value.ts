import { parseDate } from './date-literal';
import type { FieldKind } from './field-kind';
import type { QueryField } from './fields';
import { parseNumber } from './number-literal';
import type { Comparison, QueryValue } from './query-node';

const NONE = ['none', 'no'];
const ANY = ['any', 'yes'];
const YES = ['yes', 'true'];
const NO = ['no', 'false'];

const COMPARISON = /^(<=|>=|<|>|=)?(.*)$/su;

/** A value as it stands in the text. */
export interface WrittenValue {
  text: string;
  /** Then it is only text. */
  isQuoted: boolean;
  /** A star stands behind it. */
  isPrefix: boolean;
}

/** Null: the field has no such value. */
export function parseValue(field: QueryField, written: WrittenValue): QueryValue | null {
  const { kind, isOptional } = field;
  const small = written.text.toLowerCase();
  if (isOptional && !written.isQuoted && !written.isPrefix) {
    if (NONE.includes(small)) return { type: 'none' };
    if (ANY.includes(small)) return { type: 'any' };
  }
  switch (kind.type) {
    case 'text':
      return { type: 'text', text: written.text, isPrefix: written.isPrefix };
    case 'choice':
      return parseChoice(kind, written);
    case 'flag':
      if (YES.includes(small)) return { type: 'flag', isSet: true };
      return NO.includes(small) ? { type: 'flag', isSet: false } : null;
    case 'number':
      return written.isPrefix
        ? null
        : parseRange(small, (literal) => isComparable(parseNumber(literal, kind.units)));
    case 'date':
      return written.isPrefix ? null : parseRange(small, dateUsage);
  }
}

/** What can be written, for the sentence that says so. */
export function expectedOf({ kind }: QueryField): string {
  switch (kind.type) {
    case 'text':
      return 'a text';
    case 'choice':
      return kind.all ? `one of ${kind.all.join(', ')}` : 'a name';
    case 'number':
      return kind.units.examples;
    case 'date':
      return 'a date such as 2023, 2023-05, >2023-05-17, today or 7d';
    case 'flag':
      return 'yes or no';
  }
}

function parseChoice(
  { spelling, all }: FieldKind & { type: 'choice' },
  { text, isPrefix }: WrittenValue,
): QueryValue | null {
  if (isPrefix) return { type: 'text', text, isPrefix };
  const spelt = spelling ? spelling(text.toLowerCase()) : text;
  if (!all) return { type: 'text', text: spelt, isPrefix };
  const small = spelt.toLowerCase();
  return all.includes(small) ? { type: 'text', text: small, isPrefix } : null;
}

/** How a number or date may be used: not at all, only alone, or also compared. */
type LiteralUsage = 'none' | 'alone' | 'compared';

function isComparable(literal: object | null): LiteralUsage {
  return literal ? 'compared' : 'none';
}

/** Which literals are dates does not depend on the time. */
function dateUsage(text: string): LiteralUsage {
  const date = parseDate(text, 0);
  if (!date) return 'none';
  return date.isAge ? 'alone' : 'compared';
}

function parseRange(text: string, usageOf: (literal: string) => LiteralUsage): QueryValue | null {
  const dots = text.indexOf('..');
  if (dots >= 0) {
    const [from, to] = [text.slice(0, dots), text.slice(dots + 2)].map((end) => end || null);
    const ends = [from ?? null, to ?? null].filter((end) => end !== null);
    const isRange = ends.length > 0 && ends.every((end) => usageOf(end) === 'compared');
    return isRange ? { type: 'between', from: from ?? null, to: to ?? null } : null;
  }
  const [, operator = '=', literal = ''] = COMPARISON.exec(text) ?? [];
  const usage = usageOf(literal);
  if (usage === 'none') return null;
  if (operator === '=') return { type: 'is', literal };
  return usage === 'compared'
    ? { type: 'compare', operator: operator as Comparison, literal }
    : null;
}
