/** Letters whose decomposition keeps the stroke or the ligature. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  þ: 'th',
};
const PLAIN_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'g');

/** Most names need no more than small letters, which takes a tenth of the time. */
const ONLY_PRINTABLE_ASCII = /^[ -~]*$/;

/**
 * Text as it is searched: without case, accents and compatibility forms.
 * Only the combining marks of European scripts go; those of other scripts make different letters.
 */
export function fold(text: string): string {
  if (ONLY_PRINTABLE_ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\0]/g, '')
    .toLowerCase()
    .replace(PLAIN_LETTER, (letter) => PLAIN_LETTERS[letter] ?? letter)
    .normalize('NFC');
}
