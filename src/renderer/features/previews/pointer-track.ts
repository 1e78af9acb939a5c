/** Where a pointer stands over a picture, told to whoever draws there without anything being rendered. */
export class PointerTrack {
  /** Part of the picture's width, 0 to 1; null while no pointer is over it. */
  fraction: number | null = null;
  readonly #listeners = new Set<() => void>();

  move(fraction: number | null): void {
    if (fraction === this.fraction) return;
    this.fraction = fraction;
    for (const listener of this.#listeners) listener();
  }

  /** @returns stops listening */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
