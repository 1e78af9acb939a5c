import { z } from 'zod';
import type { FieldName } from './fields';

/** Where something stands in a query's text, in UTF-16 units; `to` is behind its last one. */
export interface Place {
  from: number;
  to: number;
}

/** A query as a tree. Terms beside one another must all hold. */
export type QueryNode = GroupNode | NotNode | TextNode | FieldNode;

interface GroupNode extends Place {
  type: 'and' | 'or';
  /** Two or more, none of which is a group of the same type. */
  parts: readonly QueryNode[];
}

interface NotNode extends Place {
  type: 'not';
  /** Anything but another `not`. */
  part: QueryNode;
}

/** Text that must occur in the name, the folder, a tag, the note or the camera. */
interface TextNode extends Place {
  type: 'text';
  text: string;
  /** Only at the beginning of a word, not also in the middle of one. */
  isPrefix: boolean;
}

/** A field that must have one of the values. */
export interface FieldNode extends Place {
  type: 'field';
  field: FieldName;
  /** One or more. */
  values: readonly QueryValue[];
}

export type Comparison = '<' | '<=' | '>' | '>=';

/** A number or date stands in it as it is written, in its one spelling: `10m`, `1:30`, `2023-05`. */
export type QueryValue =
  | { type: 'text'; text: string; isPrefix: boolean }
  | { type: 'is'; literal: string }
  | { type: 'compare'; operator: Comparison; literal: string }
  /** Both ends belong to it; null: there is no end. Not both are null. */
  | { type: 'between'; from: string | null; to: string | null }
  | { type: 'flag'; isSet: boolean }
  /** There is no value, or none is known. */
  | { type: 'none' }
  | { type: 'any' };

const QUERY_ERROR_CODES = [
  /** It is taken as words. */
  'UNKNOWN_FIELD',
  /** The value is left out. */
  'BAD_VALUE',
  /** The field is left out. */
  'MISSING_VALUE',
  /** It ends where the text ends. */
  'UNCLOSED_GROUP',
  /** The rest is left out. */
  'TOO_MANY_TERMS',
] as const;

/** What of a query could not be understood, where, and why; the rest is answered. */
export const queryErrorSchema = z.object({
  code: z.enum(QUERY_ERROR_CODES),
  from: z.number().int(),
  to: z.number().int(),
  /** An English sentence. */
  message: z.string(),
});
export type QueryError = z.infer<typeof queryErrorSchema>;

/** All of the parts; null where there are none. */
export function allOf(parts: readonly QueryNode[], place: Place): QueryNode | null {
  return group('and', parts, place);
}

/** One or more of the parts; null where there are none. */
export function anyOf(parts: readonly QueryNode[], place: Place): QueryNode | null {
  return group('or', parts, place);
}

export function noneOf(part: QueryNode, { from, to }: Place): QueryNode {
  return part.type === 'not' ? part.part : { type: 'not', part, from, to };
}

function group(
  type: GroupNode['type'],
  parts: readonly QueryNode[],
  { from, to }: Place,
): QueryNode | null {
  const flat = parts.flatMap((part) => (part.type === type ? part.parts : [part]));
  const [only] = flat;
  return flat.length < 2 ? (only ?? null) : { type, parts: flat, from, to };
}
