/** The same figure of several rounds: the middle one, and how far apart they lie. */
interface Spread {
  median: number;
  min: number;
  max: number;
}

/** @throws RangeError where there are no values */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = ascending(values);
  const middle = sorted.slice(
    Math.floor((sorted.length - 1) / 2),
    Math.floor(sorted.length / 2) + 1,
  );
  return {
    median: middle.reduce((sum, value) => sum + value, 0) / middle.length,
    min: sorted[0] as number,
    max: sorted.at(-1) as number,
  };
}

/**
 * The smallest value that at least `percent` per cent of all values do not exceed (nearest rank).
 * @throws RangeError where there are no values
 */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = ascending(values);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] as number;
}

/** The ratios of figures that were measured in the same round, in the order of the rounds. */
export function ratios(values: readonly number[], baseline: readonly number[]): number[] {
  if (values.length !== baseline.length) throw new RangeError('The rounds do not pair up.');
  return values.map((value, round) => value / (baseline[round] as number));
}

function ascending(values: readonly number[]): number[] {
  if (values.length === 0) throw new RangeError('There is nothing to describe.');
  return [...values].sort((a, b) => a - b);
}
