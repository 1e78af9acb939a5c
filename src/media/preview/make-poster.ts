import type { MadeImage } from '../../shared/preview-protocol';
import type { FrameRunEnd } from './decode-frames';
import { type DecodedFrame, FrameCollection, ShownFrame } from './decoded-frame';
import { encodeImage } from './encode-image';
import { followPlan, followPlans, isHopeless, type OpenVideo } from './follow-plans';
import { exactPlans, posterPlans } from './frame-plan';
import { type BestFrame, bestFrame } from './frame-score';
import { ImageFile, newToken } from './image-file';
import { posterSize, type Size } from './picture-size';

/** What came of an image. */
export interface Making {
  /** Null: there is nothing to be seen. */
  image: MadeImage | null;
  ends: readonly FrameRunEnd[];
}

/** The picture to be a poster. */
interface FoundFrame {
  frame: DecodedFrame | null;
  /** It is in the image already. */
  isWritten: boolean;
  ends: readonly FrameRunEnd[];
}

/**
 * Makes a poster under a new token. @param atSeconds what it is to show; null: a good picture
 * @throws as `PreviewMaker.make`
 */
export async function makePoster(
  video: OpenVideo,
  atSeconds: number | null,
  cacheFolder: string,
): Promise<Making> {
  const token = newToken();
  const size = posterSize(video.stream);
  const file = new ImageFile(cacheFolder, token, 'poster');
  await file.prepare();
  let image: MadeImage | null = null;
  try {
    const { frame, isWritten, ends } =
      atSeconds === null
        ? await chosenFrame(video, size, file)
        : await frameAt(video, size, atSeconds);
    if (frame) {
      if (!isWritten) await encodeImage([frame], size, file, video.tool);
      const bytes = await file.finish();
      image = { kind: 'poster', token, bytes, poster: { ...size, atSeconds: frame.seconds } };
    }
    return { image, ends };
  } finally {
    if (!image) await file.discard();
  }
}

async function frameAt(video: OpenVideo, size: Size, atSeconds: number): Promise<FoundFrame> {
  const at = Math.min(atSeconds, video.durationSeconds ?? atSeconds);
  const sink = new ShownFrame(at);
  const plans = exactPlans(at, video.container.timing);
  const ends = await followPlans(video, plans, { size, sink });
  return { frame: sink.frame, isWritten: false, ends };
}

/** A single child decodes the first candidate and writes it as an image: most are good enough. */
async function chosenFrame(video: OpenVideo, size: Size, image: ImageFile): Promise<FoundFrame> {
  const { stream, durationSeconds, container } = video;
  const { first, others } = posterPlans(durationSeconds, stream.codec, container.timing);
  const sink = new FrameCollection();
  const best = () => bestFrame(sink.frames, size, durationSeconds);
  const ends: FrameRunEnd[] = [];
  if (first) {
    const ended = await followPlan(video, first, { size, sink, image });
    ends.push(ended);
    const isWritten = ended.end.kind === 'exited' && ended.end.code === 0;
    if (isEnough(best(), ends)) return { frame: best()?.frame ?? null, isWritten, ends };
  }
  for (const steps of others) {
    ends.push(...(await followPlans(video, steps, { size, sink })));
    if (isEnough(best(), ends)) break;
  }
  return { frame: best()?.frame ?? null, isWritten: false, ends };
}

function isEnough(best: BestFrame | null, ends: readonly FrameRunEnd[]): boolean {
  return best?.isPoor === false || ends.some(isHopeless);
}
