/** Handed-out entries are dropped from the front of the queue in lumps of this size. */
const LUMP = 4096;

/** A video to probe; see `ProbeTask.alone`. */
export interface QueuedProbe {
  videoId: number;
  alone: boolean;
}

/**
 * Files that wait for a probe in one run. Suspects come first: only when the one that kills the process is known can the
 * others be read in peace.
 */
export class ProbeQueue {
  readonly #suspects: ReadonlySet<number>;
  readonly #waitingSuspects: number[] = [];
  #waiting: number[] = [];
  #handedOut = 0;

  constructor(suspects: ReadonlySet<number>) {
    this.#suspects = suspects;
  }

  get isEmpty(): boolean {
    return this.#waitingSuspects.length === 0 && this.#handedOut === this.#waiting.length;
  }

  add(videoId: number): void {
    if (this.#suspects.has(videoId)) this.#waitingSuspects.push(videoId);
    else this.#waiting.push(videoId);
  }

  take(limit: number): QueuedProbe[] {
    const suspects = this.#waitingSuspects.splice(0, limit);
    const others = this.#takeOthers(limit - suspects.length);
    return [
      ...suspects.map((videoId) => ({ videoId, alone: true })),
      ...others.map((videoId) => ({ videoId, alone: false })),
    ];
  }

  #takeOthers(limit: number): number[] {
    const taken = this.#waiting.slice(this.#handedOut, this.#handedOut + limit);
    this.#handedOut += taken.length;
    if (this.#handedOut >= LUMP) {
      this.#waiting = this.#waiting.slice(this.#handedOut);
      this.#handedOut = 0;
    }
    return taken;
  }
}
