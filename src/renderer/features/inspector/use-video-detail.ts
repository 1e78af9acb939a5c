import { useEffect, useState } from 'react';
import type { VideoDetail } from '../../../shared/media';
import { useApp, useServices } from '../../services';
import { showError } from '../../ui/error-toast';

/** One video with all its streams, asked for again when the library changes; null until the first answer. */
export function useVideoDetail(id: number): VideoDetail | null {
  const { api } = useServices();
  const libraryVersion = useApp((state) => state.libraryVersion);
  const [video, setVideo] = useState<VideoDetail | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a newer version is a reason to ask again
  useEffect(() => {
    let isStale = false;
    api.videos.get({ id }).then(
      (answer) => {
        if (!isStale) setVideo(answer);
      },
      (thrown) => {
        if (!isStale) showError(thrown);
      },
    );
    return () => {
      isStale = true;
    };
  }, [api, id, libraryVersion]);

  return video;
}
