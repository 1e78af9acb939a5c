import { type ErrorShape, toErrorShape } from '../../../shared/errors';
import type { Playback, PlaybackMode } from '../../../shared/playback';
import type { Api } from '../../api';

/** How it stands with playing one video. */
export type PlaybackPhase =
  | { kind: 'opening' }
  | { kind: 'playable'; playback: Playback }
  /** `reason`: in words for people. */
  | { kind: 'unplayable'; reason: string }
  | { kind: 'failed'; error: ErrorShape };

/** What is tried when a mode has failed; null: nothing is left. */
const NEXT_MODE: Readonly<Record<PlaybackMode, 'remux' | 'transcode' | null>> = {
  direct: 'remux',
  remux: 'transcode',
  transcode: null,
};

/** Tracks as the person chose them; left out: what the file itself says. */
interface TrackChoice {
  audioIndex?: number;
  /** Of subtitles that are drawn into the pictures. */
  subtitleIndex?: number | undefined;
}

const NOTHING_LEFT =
  'Its pictures could not be decoded, not even by converting them while they play. The file may be damaged.';

/**
 * The playbacks of one video, one at a time: each that was opened is closed again, also one whose answer comes when
 * nobody wants it any more.
 */
export class PlaybackSession {
  readonly #api: Pick<Api, 'player'>;
  readonly #videoId: number;
  readonly #onPhase: (phase: PlaybackPhase) => void;
  /** Counts the requests: only the newest one's answer is taken. */
  #request = 0;
  #current: Playback | null = null;
  #atLeast: 'remux' | 'transcode' | undefined;
  #choice: TrackChoice = {};
  /** The choice that the current playback was opened with. */
  #played: TrackChoice = {};

  constructor(api: Pick<Api, 'player'>, videoId: number, onPhase: (phase: PlaybackPhase) => void) {
    this.#api = api;
    this.#videoId = videoId;
    this.#onPhase = onPhase;
  }

  async open(): Promise<void> {
    const answer = await this.#ask();
    if (answer !== null) this.#take(answer);
  }

  /**
   * Plays other tracks. What plays goes on until the answer is there, and stays when they cannot be played.
   *
   * @returns whether they are played now; null when something newer made it pointless
   */
  async choose(change: TrackChoice): Promise<boolean | null> {
    this.#choice = { ...this.#choice, ...change };
    const answer = await this.#ask();
    if (answer === null) return null;
    if (answer.kind === 'playable') this.#take(answer);
    else this.#choice = this.#played;
    return answer.kind === 'playable';
  }

  /** A playback could not be played: the next way is tried, as long as there is one. */
  async fallBack(playbackId: string): Promise<void> {
    const failed = this.#current;
    // What was replaced already may well fail once its stream is gone.
    if (failed?.playbackId !== playbackId) return;
    const next = NEXT_MODE[failed.mode];
    if (next === null) {
      this.#request += 1;
      this.#take({ kind: 'unplayable', reason: NOTHING_LEFT });
      return;
    }
    this.#atLeast = next;
    this.#onPhase({ kind: 'opening' });
    const answer = await this.#ask();
    if (answer !== null) this.#take(answer);
  }

  /** Closes what is open; no phase is told any more. */
  dispose(): void {
    this.#request += 1;
    this.#close(this.#current);
    this.#current = null;
  }

  /** Null: another request was made in the meantime, or the session is over. */
  async #ask(): Promise<PlaybackPhase | null> {
    this.#request += 1;
    const request = this.#request;
    const phase = await this.#open();
    if (request === this.#request) return phase;
    if (phase.kind === 'playable') this.#close(phase.playback);
    return null;
  }

  async #open(): Promise<PlaybackPhase> {
    try {
      return await this.#api.player.open({
        videoId: this.#videoId,
        ...this.#choice,
        atLeast: this.#atLeast,
      });
    } catch (thrown) {
      return { kind: 'failed', error: toErrorShape(thrown) };
    }
  }

  /** The new one is told before the old one is closed, so that nobody still reads from it. */
  #take(phase: PlaybackPhase): void {
    const before = this.#current;
    this.#current = phase.kind === 'playable' ? phase.playback : null;
    this.#played = this.#choice;
    this.#onPhase(phase);
    this.#close(before);
  }

  #close(playback: Playback | null): void {
    if (playback === null) return;
    // Main closes what a window leaves behind: nothing is lost when this fails.
    this.#api.player.close({ playbackId: playback.playbackId }).catch(() => undefined);
  }
}
