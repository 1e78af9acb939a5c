import { useEffect, useState } from 'react';
import type { VideoSummary } from '../../../shared/media';
import type { Filmstrip } from '../../../shared/preview';
import { useServices } from '../../services';

/** A sprite image with what lies where in it. */
export interface LoadedFilmstrip {
  url: string;
  layout: Filmstrip;
}

/** Where a picture of a sprite image lies when the image is drawn at the picture's new size. In pixels. */
export interface SpritePicture {
  width: number;
  height: number;
  left: number;
  top: number;
  sheetWidth: number;
  sheetHeight: number;
}

/** The picture nearest to a time, scaled to fit a box. */
export function pictureAt(
  { columns, frameWidth, frameHeight, times }: Filmstrip,
  seconds: number,
  box: { width: number; height: number },
): SpritePicture {
  const index = times.reduce(
    (best, time, candidate) =>
      Math.abs(time - seconds) < Math.abs((times[best] ?? 0) - seconds) ? candidate : best,
    0,
  );
  const scale = Math.min(box.width / frameWidth, box.height / frameHeight);
  const width = Math.round(frameWidth * scale);
  const height = Math.round(frameHeight * scale);
  return {
    width,
    height,
    left: (index % columns) * width,
    top: Math.floor(index / columns) * height,
    sheetWidth: columns * width,
    sheetHeight: Math.ceil(times.length / columns) * height,
  };
}

/** A video's filmstrip, decoded ahead of its first use; null until then and where there is none. */
export function useFilmstrip(
  video: Pick<VideoSummary, 'id' | 'preview'> | null,
): LoadedFilmstrip | null {
  const { api } = useServices();
  const [loaded, setLoaded] = useState<LoadedFilmstrip | null>(null);
  const id = video?.id ?? null;
  const token = video?.preview?.filmstrip ?? null;

  useEffect(() => {
    setLoaded(null);
    if (id === null || token === null) return;
    let isStale = false;
    const load = async () => {
      const url = `media://preview/${token}/filmstrip`;
      const layout = await api.previews.filmstrip({ id });
      const image = new Image();
      image.src = url;
      await image.decode();
      if (!isStale) setLoaded({ url, layout });
    };
    // The bar works without pictures; whoever wants them sees why not at the tile.
    load().catch(() => undefined);
    return () => {
      isStale = true;
    };
  }, [api, id, token]);

  return loaded;
}
