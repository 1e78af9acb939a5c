import { MAX_FILMSTRIP_FRAMES } from '../../shared/preview';
import type { MadeImage } from '../../shared/preview-protocol';
import { FrameCollection, spread } from './decoded-frame';
import { COLUMNS, encodeImage } from './encode-image';
import { followPlans, type OpenVideo } from './follow-plans';
import { filmstripPlans } from './frame-plan';
import { ImageFile } from './image-file';
import type { Making } from './make-poster';
import { frameSize } from './picture-size';

/** Makes the filmstrip that belongs to the poster of a token. @throws as `PreviewMaker.make` */
export async function makeFilmstrip(
  video: OpenVideo,
  token: string,
  cacheFolder: string,
): Promise<Making> {
  const { stream, durationSeconds, container, tool } = video;
  const size = frameSize(stream);
  const sink = new FrameCollection();
  const plans = filmstripPlans(durationSeconds, stream.codec, container.timing);
  const ends = await followPlans(video, plans, { size, sink });
  const frames = spread(sink.frames, MAX_FILMSTRIP_FRAMES);
  if (frames.length === 0) return { image: null, ends };
  if (frames.length === 1) {
    return { image: { kind: 'filmstrip', token, bytes: 0, filmstrip: null }, ends };
  }
  const filmstrip = {
    columns: Math.min(COLUMNS, frames.length),
    frameWidth: size.width,
    frameHeight: size.height,
    times: frames.map(({ seconds }) => seconds),
  };
  const file = new ImageFile(cacheFolder, token, 'filmstrip');
  let image: MadeImage | null = null;
  try {
    await file.prepare();
    await encodeImage(frames, size, file, tool);
    image = { kind: 'filmstrip', token, bytes: await file.finish(), filmstrip };
    return { image, ends };
  } finally {
    if (!image) await file.discard();
  }
}
