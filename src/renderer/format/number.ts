/** The person's locale for numbers and dates; the words around them are English. */
function systemLocale(): string | undefined {
  return typeof navigator === 'undefined' ? undefined : navigator.language;
}

export const LOCALE = systemLocale();

/** `12870` → `12,870` in the locale's grouping. */
export function formatCount(count: number, locale = LOCALE): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(count);
}

/** `3, 'video'` → `3 videos`; an irregular plural is given as the third argument. */
export function countOf(count: number, noun: string, nouns = `${noun}s`, locale = LOCALE): string {
  return `${formatCount(count, locale)} ${count === 1 ? noun : nouns}`;
}

/** At most `digits` decimals, none where they would be zero. */
export function formatDecimal(value: number, digits: number, locale = LOCALE): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}
