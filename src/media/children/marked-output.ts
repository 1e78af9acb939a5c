/**
 * Output of one program after the other on the same pipe, each followed by a line that begins with a mark. Hands on
 * what stands before the mark, and the rest of its line.
 */
export class MarkedOutput {
  readonly #start: Buffer;
  /** Bytes at the end of what came that may belong to a mark. */
  readonly #longest: number;
  #held: Buffer = Buffer.alloc(0);

  /**
   * @param mark must not occur in what the programs write
   * @param longestRest characters that can stand between the mark and the end of its line
   */
  constructor(mark: string, longestRest: number) {
    this.#start = Buffer.from(`\n${mark}`);
    this.#longest = this.#start.length + longestRest + 1;
  }

  /** Answers the rest of the mark's line once it came: until the next program starts nothing follows it. */
  read(chunk: Buffer, onOutput: (part: Buffer) => void): string | null {
    const all = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const isWholeLine = all.at(-1) === NEWLINE;
    const tailAt = Math.max(0, all.length - this.#longest);
    const markAt = isWholeLine ? all.indexOf(this.#start, tailAt) : -1;
    const outputEnd = markAt === -1 ? tailAt : markAt;
    this.#held = markAt === -1 ? all.subarray(tailAt) : Buffer.alloc(0);
    if (outputEnd > 0) onOutput(all.subarray(0, outputEnd));
    return markAt === -1
      ? null
      : all
          .subarray(markAt + this.#start.length, -1)
          .toString('latin1')
          .trim();
  }
}

const NEWLINE = 0x0a;
