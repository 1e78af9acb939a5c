/** Shortest time between two messages: at most four a second. */
const GAP_MS = 250;

/**
 * Tells that rows changed, at most four times a second, the last change always. Every message carries a new
 * revision: what was read under an older one may be out of date, what was read under this one need not be
 * read again until the next.
 */
export class ChangeSignal {
  readonly #emit: () => void;
  #revision = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #pending = false;

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
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#pending) this.#tell();
    }, GAP_MS);
    this.#emit();
  }
}
