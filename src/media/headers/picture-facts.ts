import type { Fraction } from '../probe/fraction';

/** What a codec's own header says of its pictures. */
export interface PictureFacts {
  /** Samples after cropping. */
  width: number;
  height: number;
  /** Null where the header does not say. */
  sampleAspect: Fraction | null;
  bitDepth: number | null;
  /** Every picture is a whole frame: no fields. */
  progressive: boolean;
  /** Code points of ITU-T H.273; null where unspecified. */
  colourPrimaries: number | null;
  colourTransfer: number | null;
}

/** Sample aspect ratios by `aspect_ratio_idc`, ITU-T H.264 table E-1 and H.265 table E-1. */
const SAMPLE_ASPECTS: readonly (readonly [number, number])[] = [
  [0, 1],
  [1, 1],
  [12, 11],
  [10, 11],
  [16, 11],
  [40, 33],
  [24, 11],
  [20, 11],
  [32, 11],
  [80, 33],
  [18, 11],
  [15, 11],
  [64, 33],
  [160, 99],
  [4, 3],
  [3, 2],
  [2, 1],
];

/** An `aspect_ratio_idc` that is followed by the ratio itself. */
export const EXTENDED_SAMPLE_ASPECT = 255;

/** @returns null for unspecified and reserved codes */
export function sampleAspectOf(code: number): Fraction | null {
  return positiveRatio(...(SAMPLE_ASPECTS[code] ?? [0, 1]));
}

export function positiveRatio(numerator: number, denominator: number): Fraction | null {
  return numerator > 0 && denominator > 0 ? { numerator, denominator } : null;
}

/** H.273 uses 2 for unspecified. */
export function specified(code: number): number | null {
  return code === 2 ? null : code;
}
