/** An exact ratio of positive integers. */
export interface Fraction {
  numerator: number;
  denominator: number;
}

/** Reads ffprobe's `30000/1001` and `4:3`; null for `0/0`, `0:1` and anything else that is no positive ratio. */
export function parseFraction(text: unknown): Fraction | null {
  const match = typeof text === 'string' ? /^(\d{1,15})[/:](\d{1,15})$/.exec(text) : null;
  if (!match) return null;
  const numerator = Number(match[1]);
  const denominator = Number(match[2]);
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : null;
}

export function fractionValue({ numerator, denominator }: Fraction): number {
  return numerator / denominator;
}

export function formatFraction({ numerator, denominator }: Fraction): string {
  return `${numerator}/${denominator}`;
}
