/** Where an unquoted word ends. `)` ends it inside of a group, `,` inside of a list. */
interface WordEnds {
  inGroup: boolean;
  inList: boolean;
}

const SPACE = /\s/;

/** Goes through a query's text. */
export class Scanner {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  get isAtSpace(): boolean {
    return SPACE.test(this.text[this.at] ?? ' ');
  }

  peek(offset = 0): string {
    return this.text[this.at + offset] ?? '';
  }

  skipSpace(): void {
    while (!this.isAtEnd && this.isAtSpace) this.at += 1;
  }

  /** Takes what matches here; null, and nothing, where it does not. `pattern` is sticky. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  /** A word up to the next space; brackets that it opens itself belong to it, as in `clip(1)`. */
  takeWord({ inGroup, inList }: WordEnds): string {
    const start = this.at;
    let open = 0;
    while (!this.isAtEnd && !this.isAtSpace) {
      const character = this.peek();
      if (inList && character === ',') break;
      if (character === ')' && open === 0 && inGroup) break;
      if (character === '(') open += 1;
      if (character === ')' && open > 0) open -= 1;
      this.at += 1;
    }
    return this.text.slice(start, this.at);
  }

  /**
   * The text between quotes, of which the first is here; the last may be missing, as it is while somebody types. A quote
   * is written twice in it. Line breaks become spaces.
   */
  takeQuoted(): string {
    let quoted = '';
    for (this.at += 1; !this.isAtEnd; this.at += 1) {
      if (this.peek() === '"') {
        if (this.peek(1) !== '"') break;
        this.at += 1;
      }
      quoted += this.isAtSpace ? ' ' : this.peek();
    }
    if (!this.isAtEnd) this.at += 1;
    return quoted;
  }
}
