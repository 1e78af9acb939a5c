import fc from 'fast-check';
import { QUERY_FIELDS, type QueryField } from '../fields';
import { parseValue } from '../parse-value';
import { allOf, anyOf, noneOf, type QueryNode, type QueryValue } from '../query-node';

const NOWHERE = { from: 0, to: 0 };

/** Letters, and everything that has a meaning in a query. */
const text = fc.oneof(
  fc.constantFrom('or', 'AND', 'not', 'none', 'yes', 'name:x', '-', '*', '..', 'a  b', '(1)', 'é'),
  fc.string({ unit: fc.constantFrom(...'abé "():,*-<>=|./1'), minLength: 1, maxLength: 8 }),
);

const literals: Record<'number' | 'date', fc.Arbitrary<string>> = {
  number: fc.tuple(fc.nat(5000), fc.constantFrom('', '.5', '.25')).map((parts) => parts.join('')),
  date: fc.constantFrom('today', 'yesterday', '1999', '2023-5', '2023-05', '2024-02-29'),
};

function range(literal: fc.Arbitrary<string>): fc.Arbitrary<QueryValue> {
  return fc.oneof(
    fc.record({ type: fc.constant('is' as const), literal }),
    fc.record({
      type: fc.constant('compare' as const),
      operator: fc.constantFrom('<', '<=', '>', '>='),
      literal,
    }),
    fc
      .record({
        type: fc.constant('between' as const),
        from: fc.option(literal),
        to: fc.option(literal),
      })
      .filter(({ from, to }) => from !== null || to !== null),
  );
}

function valueFor(field: QueryField): fc.Arbitrary<QueryValue> {
  const { kind, isOptional } = field;
  const absence = fc.constantFrom<QueryValue>({ type: 'none' }, { type: 'any' });
  const maybe = (value: fc.Arbitrary<QueryValue>) =>
    isOptional ? fc.oneof({ weight: 4, arbitrary: value }, absence) : value;
  switch (kind.type) {
    case 'flag':
      return fc.boolean().map((isSet) => ({ type: 'flag', isSet }));
    case 'number':
    case 'date':
      return maybe(range(literals[kind.type]));
    case 'choice':
    case 'text': {
      const all = kind.type === 'choice' ? kind.all : undefined;
      const written = fc.record({
        text: all ? fc.constantFrom(...all) : text,
        isQuoted: fc.constant(true),
        isPrefix: fc.boolean(),
      });
      return maybe(written.map((one) => parseValue(field, one)).filter((value) => value !== null));
    }
  }
}

const term: fc.Arbitrary<QueryNode> = fc.oneof(
  fc.record({ type: fc.constant('text' as const), text, isPrefix: fc.boolean() }).map((node) => ({
    ...node,
    ...NOWHERE,
  })),
  fc
    .constantFrom<QueryField>(...QUERY_FIELDS)
    .chain((field) =>
      fc
        .array(valueFor(field), { minLength: 1, maxLength: 3 })
        .map((values): QueryNode => ({ type: 'field', field: field.name, values, ...NOWHERE })),
    ),
);

/** Any query that can be written, few terms deep. */
export const queryNode: fc.Arbitrary<QueryNode> = fc.letrec<{ node: QueryNode }>((tie) => {
  const parts = fc.array(tie('node'), { minLength: 2, maxLength: 3 });
  return {
    node: fc.oneof(
      { maxDepth: 3 },
      { weight: 3, arbitrary: term },
      parts.map((some) => allOf(some, NOWHERE) as QueryNode),
      parts.map((some) => anyOf(some, NOWHERE) as QueryNode),
      tie('node').map((part) => noneOf(part, NOWHERE)),
    ),
  };
}).node;
