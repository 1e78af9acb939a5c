import { IdSet } from './id-set';
import { WorkQueue } from './work-queue';

/** A video to probe; see `ProbeTask.alone`. */
interface QueuedProbe {
  videoId: number;
  alone: boolean;
}

/**
 * Files that wait for a probe in one run. Suspects come first: only when it is known which one kills the process can the
 * others be read in peace. One under which it died already comes last, when all that is good has been read; and if
 * somebody keeps killing the process at its first file, that is another one each time. Of the others those on screen go
 * before new ones, and these before known ones.
 */
export class ProbeQueue {
  readonly #deaths: ReadonlyMap<number, number>;
  readonly #suspects = new WorkQueue();
  readonly #new = new WorkQueue();
  readonly #known = new WorkQueue();
  readonly #charged = new WorkQueue();
  /** Those of the new and known ones that were not handed out. */
  readonly #waiting = new IdSet();

  /** @param deaths the suspects, with the deaths that each is charged with */
  constructor(deaths: ReadonlyMap<number, number>) {
    this.#deaths = deaths;
  }

  get isEmpty(): boolean {
    return [this.#suspects, this.#new, this.#known, this.#charged].every(({ isEmpty }) => isEmpty);
  }

  add(videoId: number, isNew: boolean): void {
    const deaths = this.#deaths.get(videoId);
    if (deaths === 0) this.#suspects.push(videoId);
    else if (deaths !== undefined) this.#charged.push(videoId);
    else if (this.#waiting.add(videoId)) (isNew ? this.#new : this.#known).push(videoId);
  }

  /** The next of them; what is not wanted any more is passed over. */
  take(
    limit: number,
    isWanted: (videoId: number) => boolean,
    readFirst: readonly number[],
  ): QueuedProbe[] {
    const taken: QueuedProbe[] = [];
    const takeFrom = (queue: WorkQueue, alone: boolean, mayGo: (videoId: number) => boolean) => {
      const videoIds = queue.take(limit - taken.length, mayGo);
      taken.push(...videoIds.map((videoId) => ({ videoId, alone })));
    };
    const mayGo = (videoId: number) => this.#waiting.delete(videoId) && isWanted(videoId);
    takeFrom(this.#suspects, true, isWanted);
    for (const videoId of readFirst) {
      if (taken.length < limit && mayGo(videoId)) taken.push({ videoId, alone: false });
    }
    takeFrom(this.#new, false, mayGo);
    takeFrom(this.#known, false, mayGo);
    takeFrom(this.#charged, true, isWanted);
    return taken;
  }
}
