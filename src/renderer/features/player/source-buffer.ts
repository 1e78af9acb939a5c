/** A SourceBuffer whose operations can be waited for. Only one may be under way. */
export class BufferWriter {
  readonly #mediaSource: MediaSource;
  readonly #buffer: SourceBuffer;

  constructor(mediaSource: MediaSource, buffer: SourceBuffer) {
    this.#mediaSource = mediaSource;
    this.#buffer = buffer;
  }

  get buffered(): TimeRanges {
    return this.#buffer.buffered;
  }

  /** @throws DOMException QuotaExceededError there is no room, InvalidStateError the element has failed */
  async append(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const updated = this.#updated();
    this.#buffer.appendBuffer(bytes);
    await updated();
  }

  /** Forgets what is before a time. */
  async removeBefore(seconds: number): Promise<void> {
    const { buffered } = this.#buffer;
    if (buffered.length === 0 || buffered.start(0) >= seconds) return;
    await this.#remove(0, seconds);
  }

  /** Forgets what is from a time on, also pictures that lack their sound. */
  async removeFrom(seconds: number): Promise<void> {
    await this.#remove(seconds, Number.POSITIVE_INFINITY);
  }

  /** Forgets everything, also a part of a fragment that is not complete yet. */
  async clear(): Promise<void> {
    this.forgetPartial();
    if (this.#buffer.buffered.length > 0) await this.#remove(0, Number.POSITIVE_INFINITY);
  }

  /** What is appended next begins anew, in the middle of nothing. */
  forgetPartial(): void {
    if (this.#mediaSource.readyState === 'open') this.#buffer.abort();
  }

  async #remove(start: number, end: number): Promise<void> {
    const updated = this.#updated();
    this.#buffer.remove(start, end);
    await updated();
  }

  /** To be asked for before an operation begins, since that may end at once. */
  #updated(): () => Promise<void> {
    const update = new Promise<void>((resolve) => {
      this.#buffer.addEventListener('updateend', () => resolve(), { once: true });
    });
    return () => update;
  }
}
