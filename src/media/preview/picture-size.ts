import type { VideoStream } from '../../shared/media';

/** Pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Longer side of a poster at most: a large tile on a dense screen. */
const POSTER_SIDE = 640;

/** Longer side of a filmstrip's picture at most. A box that is square keeps the sprite small for upright videos too. */
const FRAME_SIDE = 320;

/** As displayed: turned upright, in square pixels. */
export function posterSize(stream: VideoStream): Size {
  return fitInto(shownSize(stream), POSTER_SIDE);
}

/** Of one picture in the sprite image. */
export function frameSize(stream: VideoStream): Size {
  return fitInto(shownSize(stream), FRAME_SIDE);
}

function shownSize({ width, height, codedWidth, codedHeight }: VideoStream): Size {
  return {
    width: width ?? codedWidth ?? POSTER_SIDE,
    height: height ?? codedHeight ?? POSTER_SIDE,
  };
}

/** Never larger than it is; even, as pictures with halved colour have to be. */
function fitInto({ width, height }: Size, side: number): Size {
  const scale = Math.min(1, side / width, side / height);
  return { width: even(width * scale), height: even(height * scale) };
}

function even(length: number): number {
  return Math.max(2, 2 * Math.round(length / 2));
}
