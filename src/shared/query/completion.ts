import { z } from 'zod';
import { QUERY_FIELDS, type QueryField } from './fields';
import { parseQuery } from './parse';
import { printQuery } from './print';
import { allOf, type Place } from './query-node';
import { SHORTHANDS } from './shorthands';

/** Something that may be meant by what is being typed. */
export const suggestionSchema = z.object({
  type: z.enum(['field', 'value']),
  /** What is shown. */
  label: z.string(),
  /** What takes the place of the text from `from` to `to`. */
  insert: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  /** A sentence; null where the label says it. */
  about: z.string().nullable(),
  /** Videos that would be found; null where they are not counted. */
  count: z.number().nullable(),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

/** What is being typed at a place of a query's text. */
export interface TypedPart extends Place {
  /** Up to the cursor. */
  written: string;
  /** The field of which a value is typed; null for the beginning of a term, which may become a word or a field. */
  field: QueryField | null;
  /** Whether it follows `is:` or `has:`. */
  isShorthand: boolean;
  /** The rest of the query, as far as it holds whatever is typed here. */
  rest: string;
}

/** @param cursor in UTF-16 units */
export function typedPartAt(text: string, cursor: number): TypedPart {
  const { node, terms, groups } = parseQuery(text);
  const term = terms.find(({ from, to }) => from <= cursor && cursor <= to);
  const value = term?.values.find(({ from, to }) => from <= cursor && cursor <= to);
  const place = value ?? term ?? { from: cursor, to: cursor };
  const parts = node?.type === 'and' ? node.parts : node ? [node] : [];
  const around = groups.filter((group) => isIn(group, cursor));
  const others = parts.filter(
    (part) => !isIn(part, cursor) && !around.some((group) => isIn(group, part.from)),
  );
  return {
    from: place.from,
    to: place.to,
    written: text.slice(place.from, cursor).replace(/^"/, ''),
    field: value ? (term?.field ?? null) : null,
    isShorthand: value !== undefined && term?.field === null,
    rest: printQuery(allOf(others, place)),
  };
}

function isIn({ from, to }: Place, at: number): boolean {
  return from <= at && at <= to;
}

/** The fields, or words behind `is:` and `has:`, that what is being typed may become. */
export function namesFor({ written, field, isShorthand, from, to }: TypedPart): Suggestion[] {
  if (field) return [];
  const small = written.toLowerCase();
  const suggestion = (label: string, insert: string, about: string | null): Suggestion => ({
    ...{ type: 'field', label, insert, from, to, about, count: null },
  });
  if (isShorthand) {
    return SHORTHANDS.filter((word) => word.startsWith(small)).map((word) =>
      suggestion(word, word, null),
    );
  }
  return QUERY_FIELDS.filter(({ name, aliases }) =>
    [name, ...aliases].some((one) => one.startsWith(small)),
  ).map(({ name, about }) => suggestion(`${name}:`, `${name}:`, about));
}
