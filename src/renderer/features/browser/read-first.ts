import type { VideoSummary } from '../../../shared/media';

/** Often enough to follow a person who scrolls slowly, seldom enough to pass over what flies by. */
const EVERY_MS = 150;
const MOST = 500;

type Row = Pick<VideoSummary, 'id' | 'state' | 'probeLevel' | 'preview'>;

/** Says which videos are to be read first, at most every {@link EVERY_MS} and only when there are others than before. */
export class ReadFirst {
  readonly #send: (ids: number[]) => void;
  #wanted: readonly number[] = [];
  #sent: ReadonlySet<number> = new Set();
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(send: (ids: number[]) => void) {
    this.#send = send;
  }

  /** @param rows what is looked at, the most important first; those of which everything is known are left out */
  want(rows: readonly Row[]): void {
    this.#wanted = [...new Set(rows.filter(isDue).map(({ id }) => id))].slice(0, MOST);
    // Fewer than before are those that are done by now: the wish still holds.
    if (this.#wanted.every((id) => this.#sent.has(id))) return;
    this.#timer ??= setTimeout(() => this.#sendNow(), EVERY_MS);
  }

  dispose(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #sendNow(): void {
    this.#timer = null;
    if (this.#wanted.every((id) => this.#sent.has(id))) return;
    this.#sent = new Set(this.#wanted);
    this.#send([...this.#wanted]);
  }
}

function isDue({ state, probeLevel, preview }: Row): boolean {
  return state === 'ok' && (probeLevel !== 'full' || !preview?.filmstrip);
}
