import type { Fraction } from '../probe/fraction';

/**
 * The fraction nearest to `numerator / denominator` whose parts do not exceed `limit`: FFmpeg's `av_reduce`, by
 * continued fractions with their semiconvergents, so that rates come out as ffprobe writes them.
 * Source: FFmpeg, libavutil/rational.c.
 */
export function bestFraction(numerator: bigint, denominator: bigint, limit: bigint): Fraction {
  const divisor = greatestCommonDivisor(numerator, denominator);
  let num = divisor === 0n ? numerator : numerator / divisor;
  let den = divisor === 0n ? denominator : denominator / divisor;
  let before = { num: 0n, den: 1n };
  let best = { num: 1n, den: 0n };
  if (num <= limit && den <= limit) {
    best = { num, den };
    den = 0n;
  }
  while (den !== 0n) {
    const quotient = num / den;
    const rest = num - den * quotient;
    const next = { num: quotient * best.num + before.num, den: quotient * best.den + before.den };
    if (next.num > limit || next.den > limit) {
      let part = quotient;
      if (best.num !== 0n) part = (limit - before.num) / best.num;
      if (best.den !== 0n) part = smaller(part, (limit - before.den) / best.den);
      if (den * (2n * part * best.den + before.den) > num * best.den) {
        best = { num: part * best.num + before.num, den: part * best.den + before.den };
      }
      break;
    }
    before = best;
    best = next;
    num = den;
    den = rest;
  }
  return { numerator: Number(best.num), denominator: Number(best.den) };
}

function greatestCommonDivisor(one: bigint, other: bigint): bigint {
  let [high, low] = [one, other];
  while (low !== 0n) [high, low] = [low, high % low];
  return high;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}
