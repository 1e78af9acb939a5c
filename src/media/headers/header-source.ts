/**
 * Thrown by the header readers when a file is not as they know such files: the reader then says nothing, and the file
 * waits for ffprobe. Never leaves {@link import('./read-header').readHeader}.
 */
export class HeaderDoubt extends Error {
  override readonly name = 'HeaderDoubt';
}

/** Reads up to `buffer.length` bytes at a position; answers how many there were. */
export type ReadAt = (buffer: Buffer, position: number) => Promise<number>;

/** Bytes fetched by one read; headers stand close together, so that most of them come with their neighbours. */
const WINDOW_BYTES = 4096;
/** Largest piece that may be asked for at once. */
const MAX_PIECE_BYTES = 64 * 1024;
/** What one file may cost, whatever it says of itself. */
const MAX_READS = 96;
const MAX_BYTES = 1024 * 1024;

/** Positioned, bounded access to the bytes of a file. Never reads outside the file and never more than its budget. */
export class HeaderSource {
  readonly size: number;
  readonly #readAt: ReadAt;
  #window = Buffer.alloc(0);
  #windowStart = 0;
  #readsLeft = MAX_READS;
  #bytesLeft = MAX_BYTES;

  /** @param size of the file, in bytes */
  constructor(readAt: ReadAt, size: number) {
    this.#readAt = readAt;
    this.size = size;
  }

  /**
   * Exactly `length` bytes at `position`. The answer is valid until the next call.
   * @throws HeaderDoubt beyond the end of the file and beyond the budget
   */
  async bytes(position: number, length: number): Promise<Buffer> {
    const end = position + length;
    if (!(position >= 0 && length >= 0 && end <= this.size && length <= MAX_PIECE_BYTES)) {
      throw new HeaderDoubt(`${length} bytes at ${position} cannot be read`);
    }
    if (position < this.#windowStart || end > this.#windowStart + this.#window.length) {
      await this.#fill(position, Math.min(Math.max(length, WINDOW_BYTES), this.size - position));
    }
    const start = position - this.#windowStart;
    if (start + length > this.#window.length) throw new HeaderDoubt('the file became shorter');
    return this.#window.subarray(start, start + length);
  }

  async #fill(position: number, length: number): Promise<void> {
    this.#readsLeft -= 1;
    this.#bytesLeft -= length;
    if (this.#readsLeft < 0 || this.#bytesLeft < 0) throw new HeaderDoubt('too much to read');
    const buffer = Buffer.allocUnsafe(length);
    const count = await this.#readAt(buffer, position);
    this.#window = buffer.subarray(0, count);
    this.#windowStart = position;
  }
}
