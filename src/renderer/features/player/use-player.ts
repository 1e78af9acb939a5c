import type { Playback } from '../../../shared/playback';
import { useApp } from '../../services';
import { useMedia } from './use-media';

/** What plays; null while nothing does. */
export function usePlayback(): Playback | null {
  return useApp(({ player }) => (player?.phase.kind === 'playable' ? player.phase.playback : null));
}

/** Whether there is, or soon will be, something to steer. */
export function useCanPlay(): boolean {
  return useApp(
    ({ player }) => player?.phase.kind === 'playable' || player?.phase.kind === 'opening',
  );
}

/** How long the video is, in seconds; 0 while nobody knows. */
export function useDuration(video: HTMLVideoElement | null): number {
  const known = useApp(({ player }) => {
    const playback = player?.phase.kind === 'playable' ? player.phase.playback : null;
    return playback?.durationSeconds ?? player?.video?.durationSeconds ?? null;
  });
  return useMedia(video, () => durationOf(video, known));
}

function durationOf(video: HTMLVideoElement | null, known: number | null): number {
  const seconds = known ?? video?.duration ?? 0;
  return Number.isFinite(seconds) ? seconds : 0;
}
