const SMALLEST_SIZE = 128;

/** Set of row IDs as one bit each: 100,000 videos take 12.5 kB. */
export class IdSet {
  #bits = new Uint8Array(SMALLEST_SIZE);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(id: number): boolean {
    return ((this.#bits[id >>> 3] ?? 0) & (1 << (id & 7))) !== 0;
  }

  /** Returns whether the ID was new. */
  add(id: number): boolean {
    if (this.has(id)) return false;
    const index = id >>> 3;
    if (index >= this.#bits.length) this.#grow(index + 1);
    this.#bits[index] = (this.#bits[index] ?? 0) | (1 << (id & 7));
    this.#size += 1;
    return true;
  }

  /** Returns whether the ID was there. */
  delete(id: number): boolean {
    if (!this.has(id)) return false;
    const index = id >>> 3;
    this.#bits[index] = (this.#bits[index] ?? 0) & ~(1 << (id & 7));
    this.#size -= 1;
    return true;
  }

  /** All of them, ascending. */
  ids(): Uint32Array {
    const ids = new Uint32Array(this.#size);
    let length = 0;
    for (let index = 0; length < ids.length; index += 1) {
      const byte = this.#bits[index] ?? 0;
      for (let bit = 0; byte >>> bit > 0; bit += 1) {
        if ((byte >>> bit) & 1) ids[length++] = index * 8 + bit;
      }
    }
    return ids;
  }

  #grow(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, this.#bits.length * 2));
    grown.set(this.#bits);
    this.#bits = grown;
  }
}
