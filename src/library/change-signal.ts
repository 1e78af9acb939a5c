/** Shortest time between two messages. */
const GAP_MS = 250;
/** The same once rows have changed for a while: whoever looks on has seen that work is going on. */
const LONG_GAP_MS = 1000;
/** So many messages in a row are followed by long gaps. */
const SHORT_GAPS = 8;

/**
 * Tells that rows changed, at most four times a second and during a long scan once, the last change always: each time
 * the rows on screen are read again, which on a busy machine takes from what changes them. Every message carries a new
 * revision: what was read under an older one may be out of date, what was read under this one need not be
 * read again until the next.
 */
export class ChangeSignal {
  readonly #emit: () => void;
  #revision = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #pending = false;
  #inARow = 0;

  constructor(emit: () => void) {
    this.#emit = emit;
  }

  get revision(): number {
    return this.#revision;
  }

  /** Rows change in bulk: readers may lag behind until the next message. */
  note(): void {
    if (this.#timer) this.#pending = true;
    else this.#tell();
  }

  /** Something changed that whoever asked for it expects to see in the very next read. */
  noteNow(): void {
    this.#revision += 1;
    this.note();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#pending = false;
  }

  #tell(): void {
    this.#revision += 1;
    this.#pending = false;
    this.#inARow += 1;
    const gap = this.#inARow > SHORT_GAPS ? LONG_GAP_MS : GAP_MS;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#pending) this.#tell();
      else this.#inARow = 0;
    }, gap);
    this.#emit();
  }
}
