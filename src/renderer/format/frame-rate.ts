import { formatDecimal, LOCALE } from './number';

/** The value of an exact `numerator/denominator`; null when it is no number or not positive. */
function fractionValue(fraction: string): number | null {
  const [numerator, denominator] = fraction.split('/').map(Number);
  if (!numerator || !denominator) return null;
  const value = numerator / denominator;
  return Number.isFinite(value) ? value : null;
}

/** `30000/1001` → `29.97`, `25/1` → `25`; empty where there is no rate. */
export function formatFrameRate(fraction: string | null, locale = LOCALE): string {
  const value = fraction === null ? null : fractionValue(fraction);
  return value === null ? '' : formatDecimal(value, 2, locale);
}
