import type { FieldNode, QueryNode, QueryValue } from './query-node';

/** What needs no quotes: nothing in it has a meaning of its own. */
const PLAIN = /^[\p{L}\p{M}\p{N}_.@#&%+'’/][\p{L}\p{M}\p{N}_.@#&%+'’/-]*$/u;
const WORD_WITH_MEANING = /^(?:or|and|not)$/i;
/** What a value may mean beside its letters. */
const VALUE_WITH_MEANING = /^(?:none|no|any|yes)$|\.\./i;

/** The query in its one spelling: `parseQuery` reads the same out of it. */
export function printQuery(node: QueryNode | null): string {
  return node ? print(node) : '';
}

function print(node: QueryNode): string {
  switch (node.type) {
    case 'and':
      return node.parts
        .map((part) => (part.type === 'or' ? `(${print(part)})` : print(part)))
        .join(' ');
    case 'or':
      return node.parts.map(print).join(' or ');
    case 'not':
      return node.part.type === 'and' || node.part.type === 'or'
        ? `-(${print(node.part)})`
        : `-${print(node.part)}`;
    case 'text':
      return printText(node.text, node.isPrefix, WORD_WITH_MEANING);
    case 'field':
      return printField(node);
  }
}

function printField({ field, values }: FieldNode): string {
  return `${field}:${values.map(printValue).join(',')}`;
}

/** As it stands in a field's list. */
export function printValue(value: QueryValue): string {
  switch (value.type) {
    case 'text':
      return printText(value.text, value.isPrefix, VALUE_WITH_MEANING);
    case 'is':
      return value.literal;
    case 'compare':
      return `${value.operator}${value.literal}`;
    case 'between':
      return `${value.from ?? ''}..${value.to ?? ''}`;
    case 'flag':
      return value.isSet ? 'yes' : 'no';
    case 'none':
    case 'any':
      return value.type;
  }
}

function printText(text: string, isPrefix: boolean, withMeaning: RegExp): string {
  const isPlain = PLAIN.test(text) && !withMeaning.test(text);
  const printed = isPlain ? text : `"${text.replaceAll('"', '""')}"`;
  return isPrefix ? `${printed}*` : printed;
}
