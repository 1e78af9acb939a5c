/** As many as the contract's `settingsSchema` takes. */
export const MAX_EXTENSIONS = 100;

export const TOO_MANY = `Nothing was added: there can be at most ${MAX_EXTENSIONS} further extensions. Remove some first.`;

const RULE =
  'Use only the letters a to z, digits, - and _, at most 16 in all, with a letter or digit first.';

/** Named one by one up to this many; what is in the field says the rest. */
const NAMED = 3;

/** Why these cannot be added; null when there are none. */
export function explainInvalid(invalid: readonly string[]): string | null {
  if (invalid.length === 0) return null;
  const names = invalid.slice(0, NAMED).map((word) => `“${word}”`);
  if (invalid.length > NAMED) names.push(`${invalid.length - NAMED} more`);
  const list = new Intl.ListFormat('en').format(names);
  return `${list} cannot be ${invalid.length === 1 ? 'an extension' : 'extensions'}. ${RULE}`;
}
