import { describe, expect, it } from 'vitest';
import { type FieldName, fieldNamed } from './fields';
import { parseQuery } from './parse';
import { rangeOf } from './ranges';

/** A Sunday at noon, local time. */
const NOW = new Date(2024, 2, 31, 12).getTime();

/** Whether a term lets a number of the field's unit through. */
function passes(term: string, value: number): boolean {
  const { node } = parseQuery(term);
  if (node?.type !== 'field') throw new Error(`${term} is no field.`);
  return node.values.some((one) => {
    if (one.type !== 'is' && one.type !== 'compare' && one.type !== 'between') return false;
    const { from, to } = rangeOf(fieldNamed(node.field as FieldName), one, NOW);
    return from <= value && value <= to;
  });
}

const SECOND = 1_000_000;
const day = (year: number, month: number, date: number) =>
  new Date(year, month - 1, date).getTime();

const CASES: [term: string, inside: number[], outside: number[]][] = [
  ['width:1920', [1920], [1919, 1921]],
  ['width:>1920', [1921], [1920]],
  ['width:>=1920', [1920], [1919]],
  ['width:<1920', [1919], [1920]],
  ['width:<=1920', [1920], [1921]],
  ['width:1280..1920', [1280, 1920], [1279, 1921]],
  ['width:1280..', [1280, 9999], [1279]],
  ['width:..1280', [0, 1280], [1281]],
  ['fps:24', [24000 / 1001, 24], [25, 23.4]],
  ['fps:23.976', [24000 / 1001], [24]],
  ['fps:29.97', [30000 / 1001], [30]],
  ['resolution:4k', [2160], [1080, 1440]],
  ['resolution:>=1080p', [1080, 2160], [720]],
  ['channels:5.1', [6], [5, 7]],
  ['size:2gb', [1_500_000_000, 2_499_999_999], [2_500_000_000]],
  ['size:2.0gb', [2_049_999_999], [2_050_000_000]],
  ['size:>2gib', [2_147_483_649], [2_147_483_648]],
  ['size:1000', [1000], [999, 1001]],
  ['bitrate:>20mbps', [20_000_001], [20_000_000]],
  ['duration:90', [90 * SECOND, 90.4 * SECOND], [89.4 * SECOND, 90.5 * SECOND]],
  ['duration:1:30', [90 * SECOND], [91 * SECOND]],
  ['duration:1:00:00', [3600 * SECOND], [3601 * SECOND]],
  ['duration:1h30m', [5400 * SECOND, 5429 * SECOND], [5431 * SECOND]],
  ['duration:>10m', [600 * SECOND + 1], [600 * SECOND]],
  ['duration:1:30..2:00', [90 * SECOND, 120 * SECOND], [89.9 * SECOND, 120.1 * SECOND]],
  ['duration:0', [0], [SECOND]],
  ['rating:0', [0], [1]],
  ['recorded:2023', [day(2023, 1, 1), day(2024, 1, 1) - 1], [day(2024, 1, 1)]],
  ['recorded:2023-05', [day(2023, 5, 1), day(2023, 6, 1) - 1], [day(2023, 6, 1)]],
  ['recorded:2023-12-31', [day(2023, 12, 31)], [day(2023, 12, 30), day(2024, 1, 1)]],
  ['recorded:>2023', [day(2024, 1, 1)], [day(2024, 1, 1) - 1]],
  ['recorded:>=2023', [day(2023, 1, 1)], [day(2023, 1, 1) - 1]],
  ['recorded:<2023', [day(2023, 1, 1) - 1], [day(2023, 1, 1)]],
  ['recorded:<=2023', [day(2024, 1, 1) - 1], [day(2024, 1, 1)]],
  ['recorded:2021..2022', [day(2021, 1, 1), day(2023, 1, 1) - 1], [day(2023, 1, 1)]],
  ['added:today', [NOW, day(2024, 3, 31)], [day(2024, 3, 30), day(2024, 4, 1)]],
  ['added:yesterday', [day(2024, 3, 30)], [day(2024, 3, 31), day(2024, 3, 29)]],
  ['added:7d', [NOW, new Date(2024, 2, 24, 12).getTime()], [new Date(2024, 2, 24, 11).getTime()]],
  ['added:1y', [new Date(2023, 2, 31, 12).getTime()], [new Date(2023, 2, 30).getTime()]],
];

describe('a number or date in a query', () => {
  it.each(CASES)('%s lets through what it says', (term, inside, outside) => {
    expect(inside.map((value) => [value, passes(term, value)])).toEqual(
      inside.map((value) => [value, true]),
    );
    expect(outside.map((value) => [value, passes(term, value)])).toEqual(
      outside.map((value) => [value, false]),
    );
  });
});
