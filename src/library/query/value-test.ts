import type { FacetValue } from '../../shared/video-query';
import { fold } from '../fold';

/** What a value must meet. Plain data, so that it can be handed to SQLite; texts are folded. */
export type ValueTest =
  | TextTest
  | { type: 'is'; text: string }
  /** Both ends pass. */
  | { type: 'range'; from: number; to: number }
  | { type: 'oneOf'; values: readonly FacetValue[] }
  | { type: 'present' }
  | { type: 'absent' };

/** What a text must have in it. */
export interface TextTest {
  type: 'contains' | 'startsWord';
  text: string;
}

/** Whether a value passes; null is one that is not known, or that there is none of. */
export function predicateOf(test: ValueTest): (value: FacetValue) => boolean {
  switch (test.type) {
    case 'contains':
    case 'startsWord':
      return (value) => value !== null && hasText(fold(String(value)), test);
    case 'is':
      return (value) => value !== null && fold(String(value)) === test.text;
    case 'range':
      return (value) => typeof value === 'number' && value >= test.from && value <= test.to;
    case 'oneOf': {
      const wanted = new Set(test.values);
      return (value) => wanted.has(value);
    }
    case 'present':
      return (value) => value !== null;
    case 'absent':
      return (value) => value === null;
  }
}

/** @param folded a text that was folded */
export function hasText(folded: string, { type, text }: TextTest): boolean {
  let at = folded.indexOf(text);
  if (type === 'startsWord') {
    while (at >= 0 && !beginsWord(folded, at)) at = folded.indexOf(text, at + 1);
  }
  return at >= 0;
}

const PART_OF_WORD = /[\p{L}\p{M}\p{N}]/u;

/** Whether no letter or digit stands before a place in a text. */
export function beginsWord(text: string, at: number): boolean {
  if (at === 0) return true;
  // A character may take two units.
  const isSecondHalf = at > 1 && (text.charCodeAt(at - 1) & 0xfc00) === 0xdc00;
  return !PART_OF_WORD.test(text.slice(at - (isSecondHalf ? 2 : 1), at));
}
