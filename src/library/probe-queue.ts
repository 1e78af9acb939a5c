import { WorkQueue } from './work-queue';

/** A video to probe; see `ProbeTask.alone`. */
interface QueuedProbe {
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
  readonly #suspects = new WorkQueue();
  readonly #others = new WorkQueue();
  readonly #charged = new WorkQueue();

  /** @param deaths the suspects, with the deaths that each is charged with */
  constructor(deaths: ReadonlyMap<number, number>) {
    this.#deaths = deaths;
  }

  get isEmpty(): boolean {
    return this.#suspects.isEmpty && this.#others.isEmpty && this.#charged.isEmpty;
  }

  add(videoId: number): void {
    const deaths = this.#deaths.get(videoId);
    if (deaths === undefined) this.#others.push(videoId);
    else if (deaths === 0) this.#suspects.push(videoId);
    else this.#charged.push(videoId);
  }

  /** The next of them; what is not wanted any more is passed over. */
  take(limit: number, isWanted: (videoId: number) => boolean): QueuedProbe[] {
    const suspects = this.#suspects.take(limit, isWanted);
    const others = this.#others.take(limit - suspects.length, isWanted);
    const charged = this.#charged.take(limit - suspects.length - others.length, isWanted);
    return [...markAs(suspects, true), ...markAs(others, false), ...markAs(charged, true)];
  }
}

function markAs(videoIds: readonly number[], alone: boolean): QueuedProbe[] {
  return videoIds.map((videoId) => ({ videoId, alone }));
}
