import type { Filmstrip } from '../../../shared/preview';
import type { Previews } from './previews';

/** A filmstrip that is loaded and decoded. Its memory is freed by `sprite.close()`. */
export interface OpenFilmstrip {
  layout: Filmstrip;
  sprite: ImageBitmap;
}

/** Loads a filmstrip; null where it cannot be, or was aborted. */
export async function openFilmstrip(
  previews: Previews,
  videoId: number,
  token: string,
  signal: AbortSignal,
): Promise<OpenFilmstrip | null> {
  const [layout, sprite] = await Promise.all([
    previews.layout(videoId, token),
    loadSprite(previews.url(token, 'filmstrip'), signal).catch(() => null),
  ]);
  if (signal.aborted || layout === null || sprite === null) {
    sprite?.close();
    if (!signal.aborted && sprite === null) previews.reportBroken(videoId);
    return null;
  }
  return { layout, sprite };
}

/** Loads and decodes an image, so that drawing from it takes no time. Rejects where that fails or is aborted. */
async function loadSprite(url: string, signal: AbortSignal): Promise<ImageBitmap> {
  const image = new Image();
  const stop = () => image.removeAttribute('src');
  signal.addEventListener('abort', stop);
  try {
    image.src = url;
    await image.decode();
    return await createImageBitmap(image);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
