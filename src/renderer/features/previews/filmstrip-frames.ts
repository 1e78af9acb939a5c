import type { Filmstrip } from '../../../shared/preview';

/** The picture under a pointer at this part (0 to 1) of the frame's width: each has an equal share of it. */
export function frameAt(fraction: number, count: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor(fraction * count)));
}

/** The middle of the part of the width that belongs to a picture, from 0 to 1. */
export function fractionOf(frame: number, count: number): number {
  return (frame + 0.5) / count;
}

/** Where a picture lies in its sprite image, in pixels. */
export function frameOrigin(
  frame: number,
  { columns, frameWidth, frameHeight }: Pick<Filmstrip, 'columns' | 'frameWidth' | 'frameHeight'>,
): { x: number; y: number } {
  return { x: (frame % columns) * frameWidth, y: Math.floor(frame / columns) * frameHeight };
}

/** The picture that a step leads to; the first step goes to the end that it comes from. */
export function frameAfterStep(frame: number | null, step: 1 | -1, count: number): number {
  if (frame === null) return step === 1 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, frame + step));
}
