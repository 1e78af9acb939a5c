/** Handed-out entries are dropped from the front of the queue in lumps of this size. */
const LUMP = 4096;

/** A video to probe; see `ProbeTask.alone`. */
export interface QueuedProbe {
  videoId: number;
  alone: boolean;
}

/**
 * Files that wait for a probe in one run. Suspects come first: only when it is known which one kills the process can the
 * others be read in peace. One under which it died already comes last, when all that is good has been read; and if
 * somebody keeps killing the process at its first file, that is another one each time.
 */
export class ProbeQueue {
  readonly #deaths: ReadonlyMap<number, number>;
  readonly #suspects: number[] = [];
  readonly #charged: number[] = [];
  #others: number[] = [];
  #handedOut = 0;

  /** @param deaths the suspects, with the deaths that each is charged with */
  constructor(deaths: ReadonlyMap<number, number>) {
    this.#deaths = deaths;
  }

  get isEmpty(): boolean {
    const others = this.#others.length - this.#handedOut;
    return this.#suspects.length + others + this.#charged.length === 0;
  }

  add(videoId: number): void {
    const deaths = this.#deaths.get(videoId);
    if (deaths === undefined) this.#others.push(videoId);
    else if (deaths === 0) this.#suspects.push(videoId);
    else this.#charged.push(videoId);
  }

  take(limit: number): QueuedProbe[] {
    const suspects = this.#suspects.splice(0, limit);
    const others = this.#takeOthers(limit - suspects.length);
    const charged = this.#charged.splice(0, limit - suspects.length - others.length);
    return [...markAs(suspects, true), ...markAs(others, false), ...markAs(charged, true)];
  }

  #takeOthers(limit: number): number[] {
    const taken = this.#others.slice(this.#handedOut, this.#handedOut + limit);
    this.#handedOut += taken.length;
    if (this.#handedOut >= LUMP) {
      this.#others = this.#others.slice(this.#handedOut);
      this.#handedOut = 0;
    }
    return taken;
  }
}

function markAs(videoIds: readonly number[], alone: boolean): QueuedProbe[] {
  return videoIds.map((videoId) => ({ videoId, alone }));
}
