const FIRST = 1970;
const LAST = 2200;

/** The beginning of each year where the program runs, in milliseconds since epoch. */
const BEGINNINGS = Float64Array.from({ length: LAST - FIRST + 2 }, (_, index) =>
  new Date(FIRST + index, 0, 1).getTime(),
);
const AVERAGE_MS = 365.2425 * 24 * 60 * 60 * 1000;

/**
 * The year where the program runs, without the tenth of a microsecond that a `Date` takes.
 * @param milliseconds since epoch; null where there is no time
 */
export function yearOf(milliseconds: number | null): number | null {
  if (milliseconds === null) return null;
  const guess = Math.floor(milliseconds / AVERAGE_MS);
  for (let index = Math.max(0, guess - 1); index <= guess + 1; index += 1) {
    const [from = Number.NaN, to = Number.NaN] = [BEGINNINGS[index], BEGINNINGS[index + 1]];
    if (from <= milliseconds && milliseconds < to) return FIRST + index;
  }
  const year = new Date(milliseconds).getFullYear();
  return Number.isNaN(year) ? null : year;
}
