import { VitrineError } from '../../shared/errors';
import type { OpenedStream, PlaybackApi } from '../../shared/playback-protocol';
import type { ByteSource } from './byte-source';

/** A page that plays reads every few seconds; what is not read for this long is paused, or forgotten. */
const IDLE_MS = 60_000;

interface OpenStream {
  source: ByteSource;
  /** Ends a child that nobody reads; files cost nothing. */
  idle: NodeJS.Timeout | null;
  reads: number;
}

/** All streams that are open, so that none is forgotten. */
export class OpenStreams {
  readonly #streams = new Map<number, OpenStream>();
  readonly #idleMs: number;
  #nextId = 1;

  constructor(idleMs: number = IDLE_MS) {
    this.#idleMs = idleMs;
  }

  add(source: ByteSource): OpenedStream {
    const streamId = this.#nextId++;
    this.#streams.set(streamId, { source, idle: null, reads: 0 });
    this.#beginIdle(streamId);
    return { streamId, sizeBytes: source.sizeBytes };
  }

  /** @throws VitrineError as {@link ByteSource.read} */
  async read({
    streamId,
    position,
    maxBytes,
  }: PlaybackApi['procedures']['readStream']['request']): Promise<Uint8Array | null> {
    const stream = this.#streams.get(streamId);
    if (!stream) throw new VitrineError('CANCELLED', 'The stream was closed.');
    stream.reads++;
    if (stream.idle) clearTimeout(stream.idle);
    try {
      return await stream.source.read(position, maxBytes);
    } finally {
      stream.reads--;
      if (stream.reads === 0) this.#beginIdle(streamId);
    }
  }

  close(streamId: number): void {
    const stream = this.#streams.get(streamId);
    if (!stream) return;
    this.#streams.delete(streamId);
    if (stream.idle) clearTimeout(stream.idle);
    stream.source.close();
  }

  dispose(): void {
    for (const streamId of [...this.#streams.keys()]) this.close(streamId);
  }

  #beginIdle(streamId: number): void {
    const stream = this.#streams.get(streamId);
    if (!stream || stream.source.sizeBytes !== null) return;
    stream.idle = setTimeout(() => this.close(streamId), this.#idleMs);
  }
}
