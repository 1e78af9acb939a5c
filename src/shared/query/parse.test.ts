import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery } from './parse';
import { printQuery } from './print';
import type { QueryNode } from './query-node';
import { queryNode } from './testing/query-arbitrary';

/** Without places. */
function shapeOf(node: QueryNode | null): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) =>
      (key === 'from' || key === 'to') && typeof value === 'number' ? undefined : value,
    ),
  );
}

const MEANINGS: [written: string, canonical: string][] = [
  ['', ''],
  ['  ', ''],
  ['beach sunset', 'beach sunset'],
  ['"beach sunset"', '"beach sunset"'],
  ['beach or sunset dawn', 'beach or sunset dawn'],
  ['(beach OR sunset) dawn', '(beach or sunset) dawn'],
  ['beach | sunset', 'beach or sunset'],
  ['beach and sunset', 'beach sunset'],
  ['-beach', '-beach'],
  ['not beach', '-beach'],
  ['-(beach sunset)', '-(beach sunset)'],
  ['-not -beach', '-beach'],
  ['a - b', 'a "-" b'],
  ['--a', '"--a"'],
  ['or', '"or"'],
  ['beach or', 'beach "or"'],
  ['and or not', '"and" or "not"'],
  ['not', '"not"'],
  ['"or"', '"or"'],
  ['clip(1)', '"clip(1)"'],
  ['(clip(1))', '"clip(1)"'],
  ['(1)', '1'],
  [':)', '":)"'],
  ['()', ''],
  ['"', ''],
  ['"my holi', '"my holi"'],
  ['"say ""hi"""', '"say ""hi"""'],
  ['5"', '"5"""'],
  ['spee*', 'spee*'],
  ['"my spee"*', '"my spee"*'],
  ['*', ''],
  ['C:\\videos', '"C:\\videos"'],
  ['https://example.org', '"https://example.org"'],
  ['10:30', '"10:30"'],
  ['codec:H264,h.265', 'codec:h264,hevc'],
  ['CODEC:avc', 'codec:h264'],
  ['video:"none"', 'codec:"none"'],
  ['codec:none', 'codec:none'],
  ['container:mkv,ts', 'container:matroska,mpegts'],
  ['tag:"summer 2020",Beach,be*', 'tag:"summer 2020",Beach,be*'],
  ['resolution:4K', 'resolution:4k'],
  ['resolution>=1080p', 'resolution:>=1080p'],
  ['size>2GB', 'size:>2gb'],
  ['size:=2gb', 'size:2gb'],
  ['duration:1:30..2:00', 'duration:1:30..2:00'],
  ['duration:..1h30m', 'duration:..1h30m'],
  ['recorded:2023-05', 'recorded:2023-05'],
  ['recorded:>2024', 'recorded:>2024'],
  ['added:7d', 'added:7d'],
  ['language:English,ger,pt-BR', 'language:en,de,pt'],
  ['subtitles:yes', 'subtitles:any'],
  ['subs:no', 'subtitles:none'],
  ['hdr:dv', 'hdr:"dolby vision"'],
  ['is:favorite', 'favourite:yes'],
  ['-is:missing', '-state:missing'],
  ['has:subtitles,hdr', 'subtitles:any or hdr:any'],
  ['vfr:TRUE', 'vfr:yes'],
  ['problem:NO_VIDEO_STREAM', 'problem:no-video-stream'],
  ['channels:5.1', 'channels:5.1'],
  ['a(b', '"a(b"'],
];

const ERRORS: [written: string, canonical: string, errors: [string, string][]][] = [
  ['colour-space:red', '"colour-space:red"', [['UNKNOWN_FIELD', 'colour-space']]],
  ['codec:', '', [['MISSING_VALUE', 'codec:']]],
  ['beach codec:h264, x', 'beach codec:h264 x', []],
  ['duration:long beach', 'beach', [['BAD_VALUE', 'long']]],
  ['duration:>', '', [['BAD_VALUE', '>']]],
  ['duration:5..', 'duration:5..', []],
  ['duration:..', '', [['BAD_VALUE', '..']]],
  ['size:1gb,huge', 'size:1gb', [['BAD_VALUE', 'huge']]],
  ['recorded:2023-13', '', [['BAD_VALUE', '2023-13']]],
  ['recorded:2023-02-29', '', [['BAD_VALUE', '2023-02-29']]],
  ['added:>7d', '', [['BAD_VALUE', '>7d']]],
  ['state:lost', '', [['BAD_VALUE', 'lost']]],
  ['-vfr:maybe', '', [['BAD_VALUE', 'maybe']]],
  ['is:good', '', [['BAD_VALUE', 'good']]],
  ['a (b or c', 'a (b or c)', [['UNCLOSED_GROUP', '(']]],
];

describe('a query', () => {
  it.each(MEANINGS)('%j is read as %j, without an error', (written, canonical) => {
    const { node, errors } = parseQuery(written);
    expect([printQuery(node), errors]).toEqual([canonical, []]);
  });

  it.each(ERRORS)('%j is read as %j and says what it does not understand', (written, ...rest) => {
    const { node, errors } = parseQuery(written);
    const [canonical, expected] = rest;
    expect(printQuery(node)).toBe(canonical);
    expect(errors.map(({ code, from, to }) => [code, written.slice(from, to)])).toEqual(expected);
  });

  it('names what a field takes instead of what was written', () => {
    expect(parseQuery('duration:long').errors[0]?.message).toBe(
      'duration needs a time such as 90s, >10m, 1h30m or 1:30..2:00, not “long”.',
    );
  });

  it('of very many terms is cut short, and says so', () => {
    const { node, errors } = parseQuery('a '.repeat(200));
    expect(node).toMatchObject({ type: 'and', parts: { length: 32 } });
    expect(errors).toMatchObject([{ code: 'TOO_MANY_TERMS', from: 64 }]);
  });

  it('tells where its terms stand', () => {
    const text = 'a -(tag:x,"y z" or b)';
    const { node, terms } = parseQuery(text);
    expect(terms.map(({ from, to }) => text.slice(from, to))).toEqual(['a', 'tag:x,"y z"', 'b']);
    expect(terms[1]?.values.map(({ from, to }) => text.slice(from, to))).toEqual(['x', '"y z"']);
    expect(node).toMatchObject({
      parts: [
        { from: 0, to: 1 },
        { type: 'not', from: 2, to: 21 },
      ],
    });
  });
});

describe('whatever is typed', () => {
  const typed = fc.oneof(
    fc.string({ maxLength: 60, unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          ...['a', ' ', '  ', '(', ')', '"', '-', 'or ', ' and ', 'not ', '|', ',', '*', ':', '..'],
          ...[
            'tag:',
            'size:',
            '>',
            '<=',
            '2gb',
            'is:',
            'duration>',
            '1:30',
            'added:',
            '7d',
            'none',
          ],
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join('')),
  );

  it('is understood somehow, and what is wrong lies inside of it', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { errors, terms } = parseQuery(text);
        for (const { from, to } of [...errors, ...terms]) {
          expect([0 <= from, from <= to, to <= text.length]).toEqual([true, true, true]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads the same once it is printed', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { node } = parseQuery(text);
        const again = parseQuery(printQuery(node));
        expect(again.errors).toEqual([]);
        expect(shapeOf(again.node)).toEqual(shapeOf(node));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a printed query', () => {
  it('is read as it was', () => {
    fc.assert(
      fc.property(queryNode, (node) => {
        const { node: read, errors } = parseQuery(printQuery(node));
        fc.pre(errors.every(({ code }) => code !== 'TOO_MANY_TERMS'));
        expect(errors).toEqual([]);
        expect(shapeOf(read)).toEqual(shapeOf(node));
      }),
      { numRuns: 1000 },
    );
  });
});
