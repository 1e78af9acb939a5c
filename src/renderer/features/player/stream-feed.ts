import { type Playback, STREAM_OFFSET_SECONDS } from '../../../shared/playback';
import { bufferedUntil, rangesOf } from './buffered';
import { BufferWriter } from './source-buffer';

/** Seconds that are fetched ahead of what is shown. */
const AHEAD_SECONDS = 30;
/** Seconds that stay behind what is shown, for going back without waiting. */
const BEHIND_SECONDS = 60;
/** The same where the browser has no more room. */
const LEAST_BEHIND_SECONDS = 3;
/** A seek this little ahead of what is there waits for it, which takes less than a new stream. */
const WAITED_SECONDS = 2;
/** A gap up to this long is gone over: there is nothing in it, and the element would wait for ever. */
const MOST_SKIPPED_SECONDS = 15;
/** Smaller ones the element goes over by itself. */
const LEAST_SKIPPED_SECONDS = 0.1;
/** Seeks that follow each other faster are a drag: only where it rests a stream is begun. */
const DRAG_MS = 150;
/** A stream from the very end would have no picture. */
const TAIL_SECONDS = 1;
/** Where a file ends before its own idea of its end, the last pictures are looked for by steps back. */
const FIRST_STEP_BACK_SECONDS = 10;
/** Attempts without anything new to play before it is given up. */
const MOST_FAILURES = 2;
/** Pictures are not played without their sound: where this much of them came and nothing to play, there is none. */
const MOST_SILENT_BYTES = 64 * 1024 * 1024;

class NoSoundError extends Error {}

/** Plays what ffmpeg makes while it plays: fetches it, and fetches it anew from wherever the person seeks to. */
export class StreamFeed {
  readonly #video: HTMLVideoElement;
  readonly #playback: Playback;
  readonly #onLost: (reason: string) => void;
  readonly #mediaSource = new MediaSource();
  readonly #address: string;
  readonly #listeners = new AbortController();
  #writer: BufferWriter | null = null;
  #run = new AbortController();
  /** The earlier run must have let go of the buffer. */
  #previous: Promise<void> = Promise.resolve();
  /** Where the running stream began, and where what came of it ends. */
  #from = 0;
  #end = 0;
  #startedAt = Number.NEGATIVE_INFINITY;
  /** What was fetched since there was last something new to play. */
  #silentBytes = 0;

  /** @param onLost nothing more comes, for a reason that is not for people */
  constructor(
    video: HTMLVideoElement,
    playback: Playback,
    startSeconds: number,
    onLost: (reason: string) => void,
  ) {
    this.#video = video;
    this.#playback = playback;
    this.#onLost = onLost;
    this.#address = URL.createObjectURL(this.#mediaSource);
    const { signal } = this.#listeners;
    this.#mediaSource.addEventListener('sourceopen', () => this.#open(startSeconds), {
      ...{ once: true, signal },
    });
    video.addEventListener('seeking', () => this.#sought(), { signal });
    video.addEventListener('waiting', () => this.#skipGap(), { signal });
    video.src = this.#address;
    video.currentTime = startSeconds;
  }

  dispose(): void {
    this.#listeners.abort();
    this.#run.abort();
    URL.revokeObjectURL(this.#address);
  }

  #open(startSeconds: number): void {
    const { mimeType, durationSeconds } = this.#playback;
    if (!MediaSource.isTypeSupported(mimeType)) {
      this.#onLost(`${mimeType} is not supported.`);
      return;
    }
    const buffer = this.#mediaSource.addSourceBuffer(mimeType);
    buffer.timestampOffset = -STREAM_OFFSET_SECONDS;
    if (durationSeconds !== null) this.#mediaSource.duration = durationSeconds;
    this.#writer = new BufferWriter(this.#mediaSource, buffer);
    this.#start(startSeconds);
  }

  #sought(): void {
    const { currentTime } = this.#video;
    if (!this.#writer || this.#until(currentTime) !== null) return;
    const isNext = currentTime >= this.#from && currentTime <= this.#end + WAITED_SECONDS;
    if (!isNext || this.#run.signal.aborted) this.#start(currentTime);
  }

  #start(seconds: number): void {
    this.#run.abort();
    this.#run = new AbortController();
    const { signal } = this.#run;
    const now = performance.now();
    const pauseMs = now - this.#startedAt < DRAG_MS ? DRAG_MS : 0;
    this.#startedAt = now;
    const { durationSeconds } = this.#playback;
    const last = (durationSeconds ?? Number.POSITIVE_INFINITY) - TAIL_SECONDS;
    const from = Math.max(0, Math.min(seconds, last));
    this.#previous = this.#previous.then(async () => {
      if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
      // While it waited the person may have sought on.
      if (!signal.aborted) await this.#feed(from, signal);
    });
  }

  /** One stream from its start to its end, with new attempts where it broke. Never fails. */
  async #feed(from: number, signal: AbortSignal): Promise<void> {
    const writer = this.#writer;
    if (!writer) return;
    try {
      await writer.clear();
      for (let start = from, step = FIRST_STEP_BACK_SECONDS; ; step *= 2) {
        await this.#fetchAll(start, writer, signal);
        if (writer.buffered.length > 0) break;
        if (start === 0) throw new Error('There are no pictures.');
        start = Math.max(0, start - step);
      }
      this.#mediaSource.endOfStream();
    } catch (thrown) {
      // What the element itself has to say it says by its own event.
      if (!signal.aborted && !this.#video.error) this.#onLost(String(thrown));
    }
  }

  /**
   * Goes on where a stream broke: nobody may have read it for long, or its process is another one by now. The last
   * attempt is made without the sound, which in some files ends long before the pictures.
   */
  async #fetchAll(from: number, writer: BufferWriter, signal: AbortSignal): Promise<void> {
    this.#from = from;
    this.#end = from;
    let silent = false;
    for (let failures = 0; ; ) {
      const before = this.#end;
      try {
        await this.#fetchFrom(before, silent, writer, signal);
        return;
      } catch (thrown) {
        failures = this.#end > before ? 0 : failures + 1;
        if (signal.aborted || this.#video.error || failures > MOST_FAILURES) throw thrown;
        silent ||= failures === MOST_FAILURES || thrown instanceof NoSoundError;
        writer.forgetPartial();
        await writer.removeFrom(this.#end);
      }
    }
  }

  async #fetchFrom(
    from: number,
    silent: boolean,
    writer: BufferWriter,
    signal: AbortSignal,
  ): Promise<void> {
    const query = `from=${from.toFixed(6)}${silent ? '&silent' : ''}`;
    const address = `media://play/${this.#playback.playbackId}/stream?${query}`;
    this.#silentBytes = 0;
    const response = await fetch(address, { signal });
    if (!response.ok || !response.body) throw new Error(`The stream answered ${response.status}.`);
    const reader = response.body.getReader();
    for (;;) {
      await this.#untilWanted(signal);
      const { done, value } = await reader.read();
      if (done) return;
      await this.#append(value, writer, signal);
      if (this.#silentBytes > MOST_SILENT_BYTES) {
        await reader.cancel();
        throw new NoSoundError();
      }
    }
  }

  async #append(
    bytes: Uint8Array<ArrayBuffer>,
    writer: BufferWriter,
    signal: AbortSignal,
  ): Promise<void> {
    await writer.removeBefore(this.#video.currentTime - BEHIND_SECONDS);
    for (;;) {
      signal.throwIfAborted();
      try {
        await writer.append(bytes);
        break;
      } catch (thrown) {
        if (!(thrown instanceof DOMException) || thrown.name !== 'QuotaExceededError') throw thrown;
        // Nothing will play that could make room.
        if (this.#silentBytes > 0 && this.#isPlayedOut()) throw new NoSoundError();
        await this.#timePasses(signal);
        await writer.removeBefore(this.#video.currentTime - LEAST_BEHIND_SECONDS);
      }
    }
    const end = this.#until(this.#end) ?? this.#end;
    this.#silentBytes = end > this.#end ? 0 : this.#silentBytes + bytes.length;
    this.#end = end;
    this.#skipGap();
  }

  /** Some files have no picture for a time: the key frame before it is broken, or missing. */
  #skipGap(): void {
    const { currentTime } = this.#video;
    const soon = currentTime + LEAST_SKIPPED_SECONDS;
    const ranges = rangesOf(this.#buffered());
    if (ranges.some(({ start, end }) => start <= soon && end > soon)) return;
    const next = ranges.find(({ start }) => start > soon);
    if (!next || next.start > currentTime + MOST_SKIPPED_SECONDS) return;
    this.#end = next.end;
    this.#video.currentTime = next.start;
  }

  /** Resolves when more is to be fetched. */
  async #untilWanted(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      const { currentTime } = this.#video;
      const until = this.#until(currentTime);
      if (until === null || until < currentTime + AHEAD_SECONDS) return;
      await this.#timePasses(signal);
    }
  }

  /** Resolves when the shown time changes. */
  #timePasses(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const ended = new AbortController();
      const settle = (finish: () => void) => () => {
        ended.abort();
        finish();
      };
      for (const name of ['timeupdate', 'seeking']) {
        this.#video.addEventListener(name, settle(resolve), { signal: ended.signal });
      }
      const onAbort = settle(() => reject(signal.reason));
      signal.addEventListener('abort', onAbort, { signal: ended.signal });
    });
  }

  #isPlayedOut(): boolean {
    return this.#end <= this.#video.currentTime + LEAST_SKIPPED_SECONDS;
  }

  #until(seconds: number): number | null {
    return bufferedUntil(rangesOf(this.#buffered()), seconds);
  }

  #buffered(): TimeRanges {
    return this.#writer?.buffered ?? this.#video.buffered;
  }
}
