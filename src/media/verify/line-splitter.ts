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
    const lines = this.#decoder.write(chunk).split(/\r?\n/);
    const last = lines.pop() ?? '';
    for (const line of lines) {
      this.#onLine(this.#rest + line);
      this.#rest = '';
    }
    this.#rest = (this.#rest + last).slice(0, MAX_LINE);
  }

  /** What came after the last line end is a line too. */
  end(): void {
    this.#rest += this.#decoder.end();
    if (this.#rest !== '') this.#onLine(this.#rest);
    this.#rest = '';
  }
}
