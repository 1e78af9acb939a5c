import { type Fraction, fractionValue, parseFraction } from './fraction';

export interface FrameRates {
  /** Frames divided by duration. */
  average: Fraction | null;
  /** The lowest rate in which all time stamps are whole: what a constant-rate file runs at. */
  real: Fraction | null;
  /** Whether frames come at uneven times; null where ffprobe's numbers cannot tell. */
  variable: boolean | null;
}

/**
 * No camera's file plays faster; ffprobe answers 1000/1 or 90000/1 (a container's clock) where it found no rate.
 */
const HIGHEST_RATE = 1000;

/** How far the average of a constant rate may be off: a camera's clock, and durations rounded to milliseconds. */
const CONSTANT_TOLERANCE = 0.01;

/** What the judgement about one stream rests on beside its two rates. */
export interface StreamTiming {
  /** The container stores exact frame times (ISO base media), not ones rounded to milliseconds (FLV, Matroska). */
  exactTimestamps: boolean;
  frameCount: number | null;
  durationSeconds: number | null;
}

/**
 * Frame rates of one stream.
 *
 * Variable is judged by comparing the average with the real rate. Within 1 %, or within one frame over the whole
 * stream (muxers stretch the last one), it is constant; so it is where one rate is twice the other (fields or
 * half-frame ticks were counted). A clock rate instead of a real rate means uneven times where the container stores
 * exact ones, and means nothing elsewhere.
 */
export function readFrameRates(
  averageText: unknown,
  realText: unknown,
  timing: StreamTiming,
): FrameRates {
  const average = sane(parseFraction(averageText));
  const tick = parseFraction(realText);
  const real = sane(tick);
  return { average, real, variable: isVariable(average, real, tick, timing) };
}

/**
 * The rate to show: the average, else the real one. An average of twice the real rate has counted fields, since no
 * frames can come faster than the rate in which all time stamps are whole.
 */
export function shownFrameRate(average: Fraction | null, real: Fraction | null): Fraction | null {
  return average && real && isNear(average, real, 2) ? real : (average ?? real);
}

function sane(rate: Fraction | null): Fraction | null {
  return rate !== null && fractionValue(rate) < HIGHEST_RATE ? rate : null;
}

function isVariable(
  average: Fraction | null,
  real: Fraction | null,
  tick: Fraction | null,
  { exactTimestamps, frameCount, durationSeconds }: StreamTiming,
): boolean | null {
  if (average === null || tick === null || frameCount === 1) return null;
  if (real === null) return exactTimestamps ? true : null;
  if ([0.5, 1, 2].some((ratio) => isNear(real, average, ratio))) return false;
  if (durationSeconds === null) return true;
  const framesOff = Math.abs(fractionValue(real) - fractionValue(average)) * durationSeconds;
  return framesOff > 1;
}

/** Whether `one` is `ratio` times `other`. */
function isNear(one: Fraction, other: Fraction, ratio: number): boolean {
  return Math.abs(fractionValue(one) / fractionValue(other) / ratio - 1) <= CONSTANT_TOLERANCE;
}
