import { useEffect, useState } from 'react';
import type { VideoDetail } from '../../../shared/media';
import { useApp, useServices } from '../../services';
import { showError } from '../../ui/error-toast';

/**
 * One video with all its streams, asked for again when the library changes; null until the first answer. The video
 * before it stays until it is there, so that stepping from one to the next does not flicker.
 */
export function useVideoDetail(id: number): VideoDetail | null {
  const { api } = useServices();
  const libraryVersion = useApp((state) => state.libraryVersion);
  const [video, setVideo] = useState<VideoDetail | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer version is a reason to ask again
  useEffect(() => {
    let isStale = false;
    api.videos.get({ id }).then(
      (answer) => {
        if (!isStale) setVideo((known) => (isSame(known, answer) ? known : answer));
      },
      (thrown) => {
        if (isStale) return;
        setVideo((known) => (known?.id === id ? known : null));
        showError(thrown);
      },
    );
    return () => {
      isStale = true;
    };
  }, [api, id, libraryVersion]);

  return video;
}

/** Libraries change often and rarely in this video: what is the same is not drawn again. */
function isSame(known: VideoDetail | null, answer: VideoDetail): boolean {
  return JSON.stringify(known) === JSON.stringify(answer);
}
