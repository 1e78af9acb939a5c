import type { DecodedFrame } from './decoded-frame';

/** What `showinfo` says of each picture: its time in units of the time base, here milliseconds. */
const SHOWN = /^\[Parsed_showinfo_\d+ @ (?:0x)?[0-9a-f]+\] \[info\] n: *\d+ pts: *(-?\d+|NOPTS) /i;

/** A century. Beyond it a time is nonsense, and soon no number that the library can keep. */
const MOST_SECONDS = 100 * 365 * 86_400;

/** Puts raw pictures and their times together, which come on different pipes in the same order. */
export class FrameReader {
  readonly #frameBytes: number;
  readonly #onFrame: (frame: DecodedFrame) => void;
  readonly #times: number[] = [];
  readonly #pictures: Buffer[] = [];
  #filling: Buffer | null = null;
  #filled = 0;

  /** @param frameBytes of one picture */
  constructor(frameBytes: number, onFrame: (frame: DecodedFrame) => void) {
    this.#frameBytes = frameBytes;
    this.#onFrame = onFrame;
  }

  /** How many pictures or times wait for their other half. Some do when a picture was not written out. */
  get waiting(): number {
    return this.#times.length + this.#pictures.length;
  }

  addPixels(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) {
      this.#filling ??= Buffer.allocUnsafe(this.#frameBytes);
      const copied = chunk.copy(this.#filling, this.#filled, at);
      at += copied;
      this.#filled += copied;
      if (this.#filled < this.#frameBytes) return;
      this.#pictures.push(this.#filling);
      this.#filling = null;
      this.#filled = 0;
      this.#match();
    }
  }

  /** Reads a line of the log. */
  addLine(line: string): void {
    const shown = SHOWN.exec(line);
    if (!shown) return;
    this.#times.push(shown[1] === 'NOPTS' ? Number.NaN : Number(shown[1]) / 1000);
    this.#match();
  }

  #match(): void {
    while (this.#times.length > 0 && this.#pictures.length > 0) {
      const [seconds = Number.NaN] = this.#times.splice(0, 1);
      const [pixels] = this.#pictures.splice(0, 1);
      // Without a time it cannot be pointed at; the first one is where the video starts.
      if (pixels && Math.abs(seconds) < MOST_SECONDS) this.#onFrame({ seconds, pixels });
    }
  }
}
