import type { Playback } from '../../../shared/playback';

export interface PlaybackSourceOptions {
  /** Where playing begins. */
  startSeconds: number;
  /** This way of playing failed; nothing more comes from it. */
  onError: (message: string) => void;
}

/**
 * Ties a playback to a video element. In every mode `video.currentTime` is the time of the video, and setting it seeks.
 *
 * @returns ends it; the element keeps nothing of it
 */
export function attachPlayback(
  video: HTMLVideoElement,
  playback: Playback,
  { startSeconds, onError }: PlaybackSourceOptions,
): { dispose(): void } {
  const fail = () => onError(video.error?.message ?? 'The video element failed.');
  video.addEventListener('error', fail);
  video.src = `media://play/${playback.playbackId}/file`;
  video.currentTime = startSeconds;
  return {
    dispose: () => {
      video.removeEventListener('error', fail);
      video.removeAttribute('src');
      video.load();
    },
  };
}
