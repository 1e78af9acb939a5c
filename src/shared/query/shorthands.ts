import { VIDEO_STATES } from '../video-state';
import { fieldNamed, QUERY_FIELDS } from './fields';
import type { FieldNode, Place } from './query-node';

/**
 * What follows `is:` or `has:`, as in mail programs: a state, a flag, or a field that a video may have a value of.
 * Null: there is no such word.
 */
export function shorthandNamed(word: string, place: Place): FieldNode | null {
  if ((VIDEO_STATES as readonly string[]).includes(word)) {
    const value = { type: 'text', text: word, isPrefix: false } as const;
    return { type: 'field', field: 'state', values: [value], ...place };
  }
  const field = fieldNamed(word);
  if (field?.kind.type === 'flag') {
    return { type: 'field', field: field.name, values: [{ type: 'flag', isSet: true }], ...place };
  }
  if (!field?.isOptional) return null;
  return { type: 'field', field: field.name, values: [{ type: 'any' }], ...place };
}

/** All words of {@link shorthandNamed} in their usual spelling. */
export const SHORTHANDS: readonly string[] = [
  ...VIDEO_STATES,
  ...QUERY_FIELDS.filter(({ kind }) => kind.type === 'flag').map(({ name }) => name),
  ...QUERY_FIELDS.filter(({ isOptional }) => isOptional).map(({ name }) => name),
];
