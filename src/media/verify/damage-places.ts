import type { Damage } from '../../shared/media';

/** Places that are kept; beyond it they are only counted. */
const MAX_PLACES = 100;

/** Longest excerpt of the decoder's words, in characters. */
const MAX_MESSAGE = 300;

/** Messages that are closer to each other in the file, in seconds, speak of one place. */
const SAME_PLACE_SECONDS = 1;

interface Place {
  atSeconds: number | null;
  untilSeconds: number | null;
  message: string;
}

/**
 * Folds a decoder's messages into places: one broken frame brings forth a handful, and whatever builds on it goes on
 * complaining. A place has the words that came first.
 */
export class DamagePlaces {
  readonly #kept: Place[] = [];
  #last: Place | null = null;
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get damage(): Damage[] {
    return this.#kept.map(({ atSeconds, untilSeconds, message }) => {
      if (atSeconds === null || untilSeconds === null) return { atSeconds: null, message };
      const isStretch = untilSeconds - atSeconds >= SAME_PLACE_SECONDS;
      return {
        atSeconds: toMilliseconds(atSeconds),
        ...(isStretch && { untilSeconds: toMilliseconds(untilSeconds) }),
        message,
      };
    });
  }

  /** @param atSeconds null where the decoder did not say */
  add(atSeconds: number | null, message: string): void {
    if (this.#last && isSamePlace(this.#last, atSeconds)) {
      const { untilSeconds } = this.#last;
      if (atSeconds !== null) this.#last.untilSeconds = Math.max(untilSeconds ?? 0, atSeconds);
      return;
    }
    this.#open(atSeconds, message);
  }

  /** Notes what ended the decoding: it explains what was said just before, or without a place. */
  addEnd(atSeconds: number | null, message: string): void {
    const last = this.#last;
    if (!last || (last.atSeconds !== null && !isSamePlace(last, atSeconds))) {
      this.#open(atSeconds, message);
      return;
    }
    last.atSeconds ??= atSeconds;
    last.untilSeconds ??= atSeconds;
    last.message = shortened(message);
  }

  #open(atSeconds: number | null, message: string): void {
    this.#last = { atSeconds, untilSeconds: atSeconds, message: shortened(message) };
    this.#count++;
    if (this.#kept.length < MAX_PLACES) this.#kept.push(this.#last);
  }
}

function isSamePlace({ atSeconds, untilSeconds }: Place, next: number | null): boolean {
  if (atSeconds === null || untilSeconds === null || next === null) return atSeconds === next;
  return next >= atSeconds - SAME_PLACE_SECONDS && next <= untilSeconds + SAME_PLACE_SECONDS;
}

/** More would be noise of the time bases. */
function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}

function shortened(message: string): string {
  return message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE - 1)}…` : message;
}
