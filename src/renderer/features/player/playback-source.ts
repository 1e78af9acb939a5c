import type { Playback } from '../../../shared/playback';
import { StreamFeed } from './stream-feed';

/** Why an element does not play a playback. */
interface PlaybackFailure {
  /** For the technical details. */
  message: string;
}

interface AttachOptions {
  /** By the element's time. */
  startSeconds: number;
  /** Called once: this playback will not go on, another mode may. */
  onError(failure: PlaybackFailure): void;
}

/**
 * Gives a playback to an element, whose `currentTime` is always the true time of the video, counted from the playback's
 * `zeroSeconds`. The element must have `crossOrigin = 'anonymous'`, so that its pictures can be read.
 * @returns takes it away again and ends whatever was under way
 */
export function attachPlayback(
  video: HTMLVideoElement,
  playback: Playback,
  { startSeconds, onError }: AttachOptions,
): { dispose(): void } {
  const listeners = new AbortController();
  const fail = (message: string) => {
    if (listeners.signal.aborted) return;
    listeners.abort();
    onError({ message });
  };
  const { signal } = listeners;
  video.addEventListener('error', () => fail(video.error?.message || 'The element failed.'), {
    signal,
  });
  // Chromium plays the sound alone where it cannot decode the pictures.
  video.addEventListener('loadedmetadata', () => video.videoWidth === 0 && fail('No pictures.'), {
    signal,
  });
  let feed: StreamFeed | null = null;
  if (playback.mode === 'direct') {
    video.src = `media://play/${playback.playbackId}/file`;
    video.currentTime = startSeconds;
  } else {
    feed = new StreamFeed(video, playback, startSeconds, fail);
  }
  return {
    dispose: () => {
      listeners.abort();
      feed?.dispose();
      video.removeAttribute('src');
      // Without it the element keeps its connection.
      video.load();
    },
  };
}
