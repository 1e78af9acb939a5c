import { useEffect, useState } from 'react';
import type { VideoSummary } from '../../../shared/media';
import { useServices } from '../../services';
import { type OpenFilmstrip, openFilmstrip } from '../previews/open-filmstrip';

/** The picture of a filmstrip that is nearest to a time in seconds. */
export function nearestFrame(times: readonly number[], seconds: number): number {
  return times.reduce(
    (best, time, candidate) =>
      Math.abs(time - seconds) < Math.abs((times[best] ?? 0) - seconds) ? candidate : best,
    0,
  );
}

/** A video's filmstrip, decoded ahead of its first use; null until then and where there is none. */
export function useFilmstrip(
  video: Pick<VideoSummary, 'id' | 'preview'> | null,
): OpenFilmstrip | null {
  const { previews } = useServices();
  const [filmstrip, setFilmstrip] = useState<OpenFilmstrip | null>(null);
  const id = video?.id ?? null;
  const token = video?.preview?.filmstrip ?? null;

  useEffect(() => {
    if (id === null || token === null) return;
    const closed = new AbortController();
    let opened: OpenFilmstrip | null = null;
    void openFilmstrip(previews, id, token, closed.signal).then((loaded) => {
      opened = loaded;
      setFilmstrip(loaded);
    });
    return () => {
      closed.abort();
      setFilmstrip(null);
      opened?.sprite.close();
    };
  }, [previews, id, token]);

  return filmstrip;
}
