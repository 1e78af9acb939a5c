/** Of which the English names are understood beside the codes. */
const NAMED_LANGUAGES = [
  ...['ar', 'bg', 'bn', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa'],
  ...['fi', 'fr', 'ga', 'gl', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'is', 'it', 'ja', 'ka', 'ko'],
  ...['la', 'lt', 'lv', 'mk', 'ms', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sq', 'sr'],
  ...['sv', 'ta', 'th', 'tl', 'tr', 'uk', 'ur', 'vi', 'zh'],
];

/** What files say where they do not say a language. */
export const NO_LANGUAGE = 'und';

const NAMES = new Intl.DisplayNames(['en'], { type: 'language' });

let codes: ReadonlyMap<string, string> | null = null;

/** The one code of a language, by whatever code or English name it is written: `en` for `eng`, `en-GB` and `English`. */
export function languageCode(text: string): string {
  const small = text.toLowerCase();
  codes ??= new Map(NAMED_LANGUAGES.map((code) => [NAMES.of(code)?.toLowerCase() ?? code, code]));
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
