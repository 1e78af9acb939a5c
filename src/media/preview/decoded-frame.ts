import { MAX_FILMSTRIP_FRAMES } from '../../shared/preview';

/** A picture out of a video. */
export interface DecodedFrame {
  /** When the video shows it, in seconds from its start. */
  seconds: number;
  /** YUV 4:2:0, 8 bits, plane by plane. */
  pixels: Buffer;
}

/** Who takes the pictures of one video. */
export interface FrameSink {
  /** How many were worth keeping. */
  readonly count: number;
  add(frame: DecodedFrame): void;
}

/** Pictures that are held at most. */
const MOST_HELD = 2 * MAX_FILMSTRIP_FRAMES;

/** Nearer to each other they are the same picture, twice decoded. */
const SAME_SECONDS = 0.0015;

/** Pictures of one video by their times, no time twice, and bounded however many come. */
export class FrameCollection implements FrameSink {
  #frames: DecodedFrame[] = [];

  /** In the order of their times. */
  get frames(): readonly DecodedFrame[] {
    return this.#frames;
  }

  get count(): number {
    return this.#frames.length;
  }

  add(frame: DecodedFrame): void {
    const behind = this.#frames.findIndex(({ seconds }) => seconds > frame.seconds - SAME_SECONDS);
    const at = behind === -1 ? this.#frames.length : behind;
    const next = this.#frames[at];
    if (next && next.seconds < frame.seconds + SAME_SECONDS) return;
    this.#frames.splice(at, 0, frame);
    this.#frames = spread(this.#frames, MOST_HELD);
  }
}

/** Up to so many of the frames: one after the other those are left out whose neighbours are nearest to each other. */
export function spread(frames: readonly DecodedFrame[], count: number): DecodedFrame[] {
  const kept = [...frames];
  while (kept.length > count) {
    let least = { at: 1, seconds: Number.POSITIVE_INFINITY };
    for (let at = 1; at < kept.length - 1; at++) {
      const seconds = (kept[at + 1]?.seconds ?? 0) - (kept[at - 1]?.seconds ?? 0);
      if (seconds < least.seconds) least = { at, seconds };
    }
    kept.splice(least.at, 1);
  }
  return kept;
}

/** The picture that a video shows at a time: the last one that is not behind it, else the first. */
export class ShownFrame implements FrameSink {
  readonly #until: number;
  #frame: DecodedFrame | null = null;

  /** @param atSeconds from the start of the video */
  constructor(atSeconds: number) {
    this.#until = atSeconds + SAME_SECONDS;
  }

  get frame(): DecodedFrame | null {
    return this.#frame;
  }

  get count(): number {
    return this.#frame ? 1 : 0;
  }

  add(frame: DecodedFrame): void {
    const isNearer =
      frame.seconds <= this.#until &&
      frame.seconds > (this.#frame?.seconds ?? Number.NEGATIVE_INFINITY);
    if (!this.#frame || isNearer) this.#frame = frame;
  }
}
