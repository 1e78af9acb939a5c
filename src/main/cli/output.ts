import { once } from 'node:events';
import type { ErrorShape } from '../../shared/errors';

/** stdout carries answers only: text for people, or one JSON object a line. Errors in words go to stderr. */
export class Output {
  readonly json: boolean;
  readonly #stdout = process.stdout;
  #broken = false;
  #barShown = false;

  constructor(json: boolean) {
    this.json = json;
    // The reader went away (`… | head`): the rest is not wanted.
    this.#stdout.on('error', () => {
      this.#broken = true;
    });
  }

  /** Whether nobody reads any more. */
  get broken(): boolean {
    return this.#broken;
  }

  /** Resolves when more may be written: a slow reader slows the writer instead of filling memory. */
  async text(text: string): Promise<void> {
    this.#clearBar();
    if (this.#broken || this.#stdout.write(text)) return;
    const drained = Promise.race([once(this.#stdout, 'drain'), once(this.#stdout, 'close')]);
    // It rejects when the reader goes away meanwhile: the listener above has noted that.
    await drained.catch(() => undefined);
  }

  /** One line for people. */
  line(text: string): Promise<void> {
    return this.text(`${printable(text)}\n`);
  }

  object(value: unknown): Promise<void> {
    return this.text(`${JSON.stringify(value)}\n`);
  }

  /** One line that is replaced by the next, on a terminal only. */
  progress(text: string): void {
    if (this.json || !this.#stdout.isTTY) return;
    this.#stdout.write(
      `\r\u001b[2K${printable(text).slice(0, Math.max(20, this.#stdout.columns - 1))}`,
    );
    this.#barShown = true;
  }

  async error(error: ErrorShape): Promise<void> {
    if (this.json) await this.object({ type: 'error', ...error });
    this.#clearBar();
    process.stderr.write(`${error.code}: ${printable(error.message)}\n`);
  }

  #clearBar(): void {
    if (this.#barShown) this.#stdout.write('\r\u001b[2K');
    this.#barShown = false;
  }
}

/** File names may hold line ends and escape sequences that would command the terminal; tabs separate our own fields. */
export function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t]/gu, '\ufffd');
}
