import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backupsToThin } from './thin';

const NOW = Date.parse('2026-07-15T12:00:00Z'); // a Wednesday

/** `2026-07-15 10` (hour) as milliseconds since epoch. */
const at = (text: string) => Date.parse(`${text.replace(' ', 'T')}:00:00Z`);
const textOf = (ms: number) => new Date(ms).toISOString().slice(0, 13).replace('T', ' ');

function kept(made: readonly string[], now = NOW): string[] {
  const thinned = new Set(backupsToThin(made.map(at), now));
  return made.filter((text) => !thinned.has(at(text)));
}

/** One a day at noon, newest first, for so many days. */
function daily(days: number, end = NOW): string[] {
  return Array.from({ length: days }, (_, index) => textOf(end - index * 86_400_000));
}

describe('thinning', () => {
  it.each<[string, string[], string[]]>([
    ['no backups', [], []],
    ['a single one, however old', ['2019-01-01 00'], ['2019-01-01 00']],
    [
      'of many in a day the newest three',
      ['2026-07-15 11', '2026-07-15 10', '2026-07-15 09', '2026-07-15 08', '2026-07-15 07'],
      ['2026-07-15 11', '2026-07-15 10', '2026-07-15 09'],
    ],
    [
      'of earlier days the newest of each',
      ['2026-07-15 11', '2026-07-14 23', '2026-07-14 01', '2026-07-13 09', '2026-07-13 08'],
      ['2026-07-15 11', '2026-07-14 23', '2026-07-14 01', '2026-07-13 09'],
    ],
    [
      'days that have backups, not days of the calendar',
      ['2026-07-15 11', '2021-03-03 11', '2021-03-02 11', '2021-03-01 11'],
      ['2026-07-15 11', '2021-03-03 11', '2021-03-02 11', '2021-03-01 11'],
    ],
    [
      'what comes from the future, which counts for nothing',
      ['2030-01-01 00', '2030-01-01 01', '2030-01-01 02', '2030-01-01 03', '2026-07-15 11'],
      ['2030-01-01 00', '2030-01-01 01', '2030-01-01 02', '2030-01-01 03', '2026-07-15 11'],
    ],
  ])('keeps %s', (_, made, expected) => {
    expect(kept(made)).toEqual(expected);
  });

  it('keeps a week of days, a month of weeks and a year of months out of years of days', () => {
    expect(kept(daily(800))).toEqual(
      [
        // Seven days.
        ...daily(7),
        // The Sundays of the weeks before; the first is a day's already.
        ...['2026-07-05 12', '2026-06-28 12', '2026-06-21 12'],
        // The last days of the months before.
        ...['2026-06-30 12', '2026-05-31 12', '2026-04-30 12', '2026-03-31 12', '2026-02-28 12'],
        ...['2026-01-31 12', '2025-12-31 12', '2025-11-30 12', '2025-10-31 12', '2025-09-30 12'],
        ...['2025-08-31 12'],
      ]
        .sort()
        .reverse(),
    );
  });

  it('day by day ends where thinning everything at once ends', () => {
    const days = daily(400).reverse();
    let rolling: string[] = [];
    for (const day of days) rolling = kept([day, ...rolling], at(day));
    expect(rolling).toEqual(kept(daily(400)));
  });

  it('never takes the newest, and leaves a bounded number', () => {
    const times = fc.array(fc.integer({ min: 0, max: NOW }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(times, (made) => {
        const thinned = backupsToThin(made, NOW);
        expect(thinned).not.toContain(Math.max(...made));
        expect(new Set(made).size - new Set(thinned).size).toBeLessThanOrEqual(3 + 7 + 5 + 12);
      }),
    );
  });
});
