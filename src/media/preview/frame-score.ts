import type { DecodedFrame } from './decoded-frame';
import type { Size } from './picture-size';

/** Every so many pixels, both ways: it is a judgement, not a measurement. */
const STEP = 4;
const BINS = 32;
/** Those of limited range, from black to white. */
const USED_BINS = ((235 - 16) * BINS) / 256;

/** Titles and fades stay below it, most scenes well above. */
const POOR_SCORE = 0.5;

/** What a scene spans of the grey values at least; one that is fading in or out spans less. */
const FULL_CONTRAST = 0.6;
/** Pixels at either end that do not count: a logo is seen in a fade too. */
const OUTLIERS = 0.01;

/** A difference between neighbours, of 255, that an edge has. */
const SHARP = 12;

/** Titles and fades belong to the first and the last part of a video. */
const MARGIN_PART = 0.05;
const EDGE_FACTOR = 0.8;

/**
 * How well a picture stands for its video. Black, white and flat pictures have few grey values, faded ones only such as
 * are near to each other, blurred ones no edges.
 * @returns from 0 to about 1.5, larger is better
 */
function scoreOf({ pixels }: DecodedFrame, { width, height }: Size): number {
  const histogram = new Array<number>(BINS).fill(0);
  let count = 0;
  let differences = 0;
  for (let y = 0; y < height; y += STEP) {
    for (let x = 0; x + 1 < width; x += STEP) {
      const at = y * width + x;
      const luma = pixels[at] ?? 0;
      const bin = (luma * BINS) >> 8;
      histogram[bin] = (histogram[bin] ?? 0) + 1;
      differences += Math.abs(luma - (pixels[at + 1] ?? luma));
      count++;
    }
  }
  if (count === 0) return 0;
  const sharpness = Math.min(1, differences / count / SHARP);
  const score = entropy(histogram, count) / Math.log2(BINS) + sharpness / 2;
  return score * Math.min(1, contrast(histogram, count) / FULL_CONTRAST);
}

/** From 0 to 1: how far the dark pixels are from the bright ones. */
function contrast(histogram: readonly number[], count: number): number {
  const from = binOf(histogram, count * OUTLIERS);
  const to = binOf(histogram, count * (1 - OUTLIERS));
  return Math.min(1, (to - from) / USED_BINS);
}

/** The bin in which the pixel of a rank is, counted from the darkest. */
function binOf(histogram: readonly number[], rank: number): number {
  let below = 0;
  return histogram.findIndex((many) => {
    below += many;
    return below > rank;
  });
}

/** Bits that tell one of the values from the others. */
function entropy(histogram: readonly number[], count: number): number {
  return histogram.reduce((bits, many) => {
    const part = many / count;
    return many === 0 ? bits : bits - part * Math.log2(part);
  }, 0);
}

/** The picture that stands best for its video. */
export interface BestFrame {
  frame: DecodedFrame;
  /** It is dark, flat or faded, so that it is worth it to look for another one. */
  isPoor: boolean;
}

/** Chooses a picture; null where there are none. */
export function bestFrame(
  frames: readonly DecodedFrame[],
  size: Size,
  durationSeconds: number | null,
): BestFrame | null {
  const length = durationSeconds ?? frames.at(-1)?.seconds ?? 0;
  const margin = length * MARGIN_PART;
  let best: (BestFrame & { rank: number }) | null = null;
  for (const frame of frames) {
    const score = scoreOf(frame, size);
    const isAtEdge = frame.seconds < margin || frame.seconds > length - margin;
    const rank = isAtEdge ? EDGE_FACTOR * score : score;
    if (!best || rank > best.rank) best = { frame, isPoor: score < POOR_SCORE, rank };
  }
  return best;
}
