/** Numbers that belong together, brought together pair by pair (union-find). */
export class DisjointSets {
  readonly #parents = new Map<number, number>();

  /** All of them are in one set from now on. */
  join(members: readonly number[]): void {
    const [first, ...others] = members;
    if (first === undefined) return;
    const top = this.topOf(first);
    for (const other of others) this.#parents.set(this.topOf(other), top);
  }

  /** The member that stands for a number's set. */
  topOf(member: number): number {
    let top = member;
    for (let next = this.#parents.get(top); next !== undefined && next !== top; ) {
      top = next;
      next = this.#parents.get(top);
    }
    // The way is short next time.
    this.#parents.set(member, top);
    return top;
  }
}
