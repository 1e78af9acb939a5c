/** Of which the English names are understood beside the codes. */
const NAMED_LANGUAGES = [
  ...['ar', 'bg', 'bn', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa'],
  ...['fi', 'fr', 'ga', 'gl', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'is', 'it', 'ja', 'ka', 'ko'],
  ...['la', 'lt', 'lv', 'mk', 'ms', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr'],
  ...['sv', 'ta', 'th', 'tl', 'tr', 'uk', 'ur', 'vi', 'zh'],
];

/** What files say where they do not say a language. */
export const NO_LANGUAGE = 'und';

/** Codes by English names; made when it is needed first, since the names take a while. */
let codes: ReadonlyMap<string, string> | null = null;

/** The one code of a language, by whatever code or English name it is written: `en` for `eng`, `en-GB` and `English`. */
export function languageCode(text: string): string {
  const small = text.toLowerCase();
  codes ??= codesByName();
  const named = codes.get(small);
  if (named !== undefined) return named;
  try {
    const [canonical = small] = Intl.getCanonicalLocales(small.replaceAll('_', '-'));
    return canonical.split('-')[0] ?? canonical;
  } catch {
    // Files carry whatever their maker wrote.
    return small;
  }
}

function codesByName(): ReadonlyMap<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'language' });
  return new Map(NAMED_LANGUAGES.map((code) => [names.of(code)?.toLowerCase() ?? code, code]));
}
