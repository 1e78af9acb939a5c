import { StringDecoder } from 'node:string_decoder';

/** Characters of one line that are kept: a hostile file describes itself in megabytes. */
const MAX_LINE = 16 * 1024;

/** Cuts what a child writes into lines; memory is bounded however long a line is. */
export class LineSplitter {
  readonly #onLine: (line: string) => void;
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
  }

  add(chunk: Buffer): void {
    const lines = this.#decoder.write(chunk).split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      this.#tell(this.#rest + line);
      this.#rest = '';
    }
    this.#rest = (this.#rest + last).slice(0, MAX_LINE);
  }

  /** What came after the last line end is a line too. */
  end(): void {
    this.#rest += this.#decoder.end();
    if (this.#rest !== '') this.#tell(this.#rest);
    this.#rest = '';
  }

  /** The end of a line may be cut in two as well, hence its first half only here. */
  #tell(line: string): void {
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}
