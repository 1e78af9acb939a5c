import type { LibraryApi } from '../../shared/library-protocol';
import {
  namesFor,
  type Suggestion,
  type TypedPart,
  typedPartAt,
} from '../../shared/query/completion';
import { facetOfField, fieldValueText } from '../../shared/query/facet-term';
import type { FieldName } from '../../shared/query/fields';
import { printValue } from '../../shared/query/print';
import { EVERYTHING, type FacetCount } from '../../shared/video-query';
import { fold } from '../fold';
import type { VideoSelector } from '../video-selector';

type Completion = LibraryApi['procedures']['completeQuery'];

const MOST_SUGGESTIONS = 50;

/** Fields whose values a person may begin to type without the field's name. */
const KNOWN_BY_VALUE: readonly FieldName[] = ['tag', 'collection', 'camera', 'label', 'codec'];
/** Fewer letters fit too much. */
const SHORTEST_VALUE = 2;

/** What may be meant by what is being typed: names of fields, then values that the library has, most videos first. */
export function completeQuery(
  selector: VideoSelector,
  { text, cursor, scope = EVERYTHING.scope }: Completion['request'],
): Suggestion[] {
  const part = typedPartAt(text, cursor);
  const fields = valueFields(part);
  const facets = fields.flatMap((field) => facetOfField(field) ?? []);
  const query = { ...EVERYTHING, scope, search: part.rest };
  const counted = facets.length === 0 ? {} : selector.count({ query, facets }).facets;
  const values = fields.flatMap((field) => {
    const facet = facetOfField(field);
    const counts = (facet && counted[facet]) ?? [];
    return valuesFor(part, field, field === 'root' ? selector.withPaths(counts) : counts);
  });
  const bestFirst = values.toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0));
  return [...namesFor(part), ...bestFirst].slice(0, MOST_SUGGESTIONS);
}

function valueFields({ field, isShorthand, written }: TypedPart): readonly FieldName[] {
  if (field) return [field.name];
  return isShorthand || written.length < SHORTEST_VALUE ? [] : KNOWN_BY_VALUE;
}

function valuesFor(
  { field, written, from, to }: TypedPart,
  name: FieldName,
  counts: readonly FacetCount[],
): Suggestion[] {
  const wanted = fold(written);
  return counts.flatMap(({ value, count }) => {
    const text = name === 'root' ? printedPath(value) : fieldValueText(name, value);
    // Without its field, nothing is meant by nothing.
    if (text === null || (value === null && !field)) return [];
    const isWanted = [text, String(value)].some((one) => fold(one).includes(wanted));
    if (!isWanted) return [];
    const insert = field ? text : `${name}:${text}`;
    const label = text.startsWith('"') ? String(value) : text;
    return [{ type: 'value' as const, label, insert, from, to, about: field ? null : name, count }];
  });
}

function printedPath(value: FacetCount['value']): string {
  return printValue({ type: 'text', text: String(value), isPrefix: false });
}
