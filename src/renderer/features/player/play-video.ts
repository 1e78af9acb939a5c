import type { Request } from '../../../shared/contract';
import type { Playback, PlaybackMode } from '../../../shared/playback';
import type { Api } from '../../api';
import { attachPlayback } from './playback-source';

interface PlayOptions {
  startSeconds: number;
  /** How it is played now; called again whenever another mode had to be taken. */
  onPlayback(playback: Playback): void;
  /** No mode plays it: why, in words for people. */
  onUnplayable(reason: string): void;
  /** It could not be opened: a VitrineError. */
  onError(thrown: unknown): void;
}

/** What is tried after a mode has failed. */
const NEXT_MODE: Readonly<Record<PlaybackMode, 'remux' | 'transcode' | null>> = {
  direct: 'remux',
  remux: 'transcode',
  transcode: null,
};

const NOTHING_PLAYS = 'Vitrine could not play this video in any way that it knows.';

/**
 * Plays a video in the cheapest mode that works: what fails in the element is opened again in the next one, at the same
 * time.
 * @returns ends it
 */
export function playVideo(
  player: Pick<Api['player'], 'open' | 'close'>,
  video: HTMLVideoElement,
  wanted: Omit<Request<'player.open'>, 'atLeast'>,
  options: PlayOptions,
): { dispose(): void } {
  let disposed = false;
  let end = () => {};

  const open = async (startSeconds: number, atLeast?: 'remux' | 'transcode'): Promise<void> => {
    const opened = await player.open({ ...wanted, ...(atLeast && { atLeast }) });
    if (opened.kind === 'unplayable') {
      if (!disposed) options.onUnplayable(opened.reason);
      return;
    }
    const { playback } = opened;
    const close = () => {
      // What is closed already needs no closing.
      player.close({ playbackId: playback.playbackId }).catch(() => undefined);
    };
    if (disposed) return close();
    const source = attachPlayback(video, playback, {
      startSeconds,
      onError: () => {
        const reached = video.currentTime || startSeconds;
        end();
        const next = NEXT_MODE[playback.mode];
        if (next === null) options.onUnplayable(NOTHING_PLAYS);
        else start(reached, next);
      },
    });
    end = () => {
      source.dispose();
      close();
    };
    options.onPlayback(playback);
  };

  const start = (startSeconds: number, atLeast?: 'remux' | 'transcode') => {
    open(startSeconds, atLeast).catch((thrown: unknown) => {
      if (!disposed) options.onError(thrown);
    });
  };

  start(options.startSeconds);
  return {
    dispose: () => {
      disposed = true;
      end();
    },
  };
}
