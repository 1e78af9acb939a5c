import fc from 'fast-check';
import { expect, it } from 'vitest';
import { yearOf } from './years';

it('is the year of the calendar, also on its first and last day', () => {
  const day = fc.record({
    year: fc.integer({ min: 1900, max: 2400 }),
    offset: fc.integer({ min: -2, max: 2 }),
  });
  fc.assert(
    fc.property(day, ({ year, offset }) => {
      const time = new Date(year, 0, 1).getTime() + offset;
      expect(yearOf(time)).toBe(new Date(time).getFullYear());
    }),
  );
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      expect(yearOf(date.getTime())).toBe(date.getFullYear());
    }),
  );
});

it('is not known of what is no time', () => {
  expect([yearOf(null), yearOf(8.7e15)]).toEqual([null, null]);
});
