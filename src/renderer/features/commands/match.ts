/** Accents and case do not matter. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Points for a word that was found: at the beginning, at the beginning of another word, anywhere. */
const FIRST = 4;
const WORD_START = 3;
const INSIDE = 1;
/** A title counts more than the words that it is also found by. */
const IN_KEYWORDS = 0.5;

/**
 * How well a command fits what was typed, 0 for not at all: each typed word must occur in its title or its other
 * words, in any order. Letters that are merely scattered over a title do not count, since that finds everything.
 *
 * @param words the title, then the words that it is also found by
 */
export function scoreCommand(typed: string, [title = '', ...others]: readonly string[]): number {
  const parts = folded(typed).split(/\s+/).filter(Boolean);
  const text = folded(title);
  const rest = others.map(folded);
  let score = 0;
  for (const part of parts) {
    const found = Math.max(
      scoreWord(part, text),
      ...rest.map((other) => IN_KEYWORDS * scoreWord(part, other)),
    );
    if (found === 0) return 0;
    score += found;
  }
  return parts.length === 0 ? 1 : score / (FIRST * parts.length);
}

function scoreWord(part: string, text: string): number {
  const index = text.indexOf(part);
  if (index < 0) return 0;
  if (index === 0) return FIRST;
  const startsWord = [...text.matchAll(/[\p{L}\p{N}]+/gu)].some(([word]) => word.startsWith(part));
  return startsWord ? WORD_START : INSIDE;
}
