/** Handed-out entries are dropped from the front in lumps of this size. */
const LUMP = 4096;

/** Row IDs that wait for their turn, each handed out once. */
export class WorkQueue {
  #ids: number[] = [];
  #handedOut = 0;

  /** Nothing waits; what is left may be unwanted, which the next `take` finds out. */
  get isEmpty(): boolean {
    return this.#handedOut === this.#ids.length;
  }

  push(id: number): void {
    this.#ids.push(id);
  }

  /** The next of them; what is not wanted any more is passed over. */
  take(limit: number, isWanted: (id: number) => boolean): number[] {
    const taken: number[] = [];
    while (taken.length < limit && this.#handedOut < this.#ids.length) {
      const id = this.#ids[this.#handedOut++];
      if (id !== undefined && isWanted(id)) taken.push(id);
    }
    if (this.#handedOut >= LUMP) {
      this.#ids = this.#ids.slice(this.#handedOut);
      this.#handedOut = 0;
    }
    return taken;
  }
}
