import { CodedColumn } from '../coded-column';

type Member = string | number;

/** For each video ID a set of few members, such as its tags: a code for each set that occurs. */
export class SetColumn {
  readonly #sets = new CodedColumn();
  readonly #members: (readonly Member[])[] = [[]];

  /** By ID; 0 where there is no video. */
  get codes(): Uint8Array | Uint32Array {
    return this.#sets.codes;
  }

  /** What the sets are of by their codes; the first, which no video has, is of nothing. */
  get members(): readonly (readonly Member[])[] {
    return this.#members;
  }

  grow(length: number): void {
    this.#sets.grow(length);
  }

  set(id: number, members: readonly Member[]): void {
    const sorted = members.length > 1 ? [...new Set(members)].sort() : members;
    this.#sets.set(id, keyOf(sorted));
    if (this.#sets.values.length === this.#members.length) this.#members.push(sorted);
  }

  clear(id: number): void {
    this.#sets.clear(id);
  }
}

/** Most videos have none or one, which need no text to be made of. */
function keyOf(members: readonly Member[]): string | number {
  const [first = ''] = members;
  return members.length < 2 ? first : JSON.stringify(members);
}
