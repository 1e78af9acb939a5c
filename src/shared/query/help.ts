import { QUERY_FIELDS } from './fields';

/** What the language has beside fields, each with an example. */
export const QUERY_SYNTAX: readonly { example: string; meaning: string }[] = [
  {
    example: 'beach',
    meaning: 'in name, folder, tag, note or camera; case and accents are the same',
  },
  { example: '"at dawn"', meaning: 'these words together, and nothing in them has a meaning' },
  { example: 'bea*', meaning: 'where a word begins so, not also in the middle of one' },
  { example: 'beach dawn', meaning: 'both; “and” may stand between them' },
  { example: 'beach or dawn', meaning: 'one of them; what stands together goes first' },
  { example: '-beach', meaning: 'all others; “not” is the same' },
  { example: '(beach or dawn) -codec:hevc', meaning: 'brackets hold together' },
  { example: 'codec:h264,hevc', meaning: 'one of several values' },
  { example: 'size:>2gb  duration:<=1m', meaning: 'compared' },
  { example: 'duration:1m..2m  added:2023..', meaning: 'a range, both ends included' },
  { example: 'camera:none  camera:any', meaning: 'nothing is known of it, or something is' },
  {
    example: 'is:favourite  has:subtitles',
    meaning: 'the same as favourite:yes and subtitles:any',
  },
];

/** The language as lines of text for a terminal. */
export function queryHelp(): string {
  const syntax = QUERY_SYNTAX.map(({ example, meaning }) => [example, meaning] as const);
  const fields = QUERY_FIELDS.map(({ name, aliases, about, examples }) => {
    const names = aliases.length === 0 ? '' : ` Also ${aliases.map((one) => `${one}:`).join(' ')}`;
    return [`${name}:`, `${about} ${examples}${names && `.${names}`}`] as const;
  });
  return `Queries\n${columns(syntax)}\nFields\n${columns(fields)}`;
}

function columns(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([first]) => first.length));
  return lines.map(([first, second]) => `  ${first.padEnd(width)}  ${second}\n`).join('');
}
