import type { Api } from '../../api';

/** Shorter videos always begin at their beginning, in seconds. */
const SHORT_SECONDS = 60;
/** What was watched less than this is not worth going on with, in seconds. */
const BEGINNING_SECONDS = 5;
/** The end begins where this share or this many seconds are left, whichever is less. */
const END_SHARE = 0.05;
const END_SECONDS = 10;
/** Seconds of playing after which the position is saved again. */
const SAVED_EVERY_SECONDS = 5;

/** What is remembered of a video that stopped at `seconds`; null: the next time it begins at its beginning. */
export function rememberedPosition(seconds: number, durationSeconds: number | null): number | null {
  if (durationSeconds === null || durationSeconds < SHORT_SECONDS) return null;
  const end = durationSeconds - Math.min(END_SHARE * durationSeconds, END_SECONDS);
  return seconds < BEGINNING_SECONDS || seconds >= end ? null : seconds;
}

/** Keeps in the library where one video stopped. */
export class PlayPosition {
  readonly #api: Pick<Api, 'player'>;
  readonly #videoId: number;
  readonly #durationSeconds: number | null;
  #saved: number | null;

  /** @param saved what the library remembers now */
  constructor(
    api: Pick<Api, 'player'>,
    video: { id: number; durationSeconds: number | null; positionSeconds: number | null },
  ) {
    this.#api = api;
    this.#videoId = video.id;
    this.#durationSeconds = video.durationSeconds;
    this.#saved = video.positionSeconds;
  }

  /** Where playing begins. */
  get startSeconds(): number {
    return this.#saved === null ? 0 : (rememberedPosition(this.#saved, this.#durationSeconds) ?? 0);
  }

  /** While it plays: saves when it got on enough. */
  passed(seconds: number): void {
    const distance = Math.abs(seconds - (this.#saved ?? 0));
    if (distance >= SAVED_EVERY_SECONDS) this.save(seconds);
  }

  /** Where it stands now, if that is not saved yet. */
  save(seconds: number): void {
    const position = rememberedPosition(seconds, this.#durationSeconds);
    if (position === this.#saved) return;
    this.#saved = position;
    // It is saved again in a moment; a message every few seconds would be worse than a lost position.
    this.#api.player.savePosition({ id: this.#videoId, seconds: position }).catch(() => undefined);
  }
}
