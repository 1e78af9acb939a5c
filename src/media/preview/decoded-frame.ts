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

/** Pictures that are held at most: then every second one is let go. */
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
    if (this.#frames.length > MOST_HELD) this.#frames = this.#frames.filter((_, i) => i % 2 === 0);
  }
}

/** Up to so many of the frames, as evenly over their time as they lie. */
export function spread(frames: readonly DecodedFrame[], count: number): DecodedFrame[] {
  const first = frames[0];
  const last = frames.at(-1);
  if (!first || !last || frames.length <= count) return [...frames];
  const step = (last.seconds - first.seconds) / (count - 1);
  const chosen = new Set<DecodedFrame>();
  for (let part = 0; part < count; part++) {
    chosen.add(nearest(frames, first.seconds + part * step) ?? first);
  }
  return [...chosen];
}

/** The frame whose time is nearest. */
function nearest(frames: readonly DecodedFrame[], seconds: number): DecodedFrame | null {
  return frames.reduce<DecodedFrame | null>((best, frame) => {
    const distance = Math.abs(frame.seconds - seconds);
    return best && Math.abs(best.seconds - seconds) <= distance ? best : frame;
  }, null);
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
