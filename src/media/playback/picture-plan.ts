import type { VideoStream } from '../../shared/media';
import type { PicturePlan } from '../../shared/playback-protocol';
import { isInterlaced, isOrdinary, screenColours } from '../screen-picture';
import type { Encoder } from './encoders';

/** Frame rates beyond this are halved by nobody's eye and double the work. */
const MOST_FRAMES_PER_SECOND = 60;

/** Codecs whose frames say themselves whether they are interlaced, where the stream does not. */
const MAYBE_INTERLACED = ['mpeg2video', 'dvvideo', 'h264', 'vc1', 'wmv3', 'prores', 'mjpeg'];

/** Colour matrices that the encoder can be told, in ffmpeg's words. */
const MATRICES = ['bt709', 'smpte170m', 'bt470bg', 'smpte240m', 'fcc', 'bt2020nc'];

/** Tone mapping works in floating point: the processor keeps up with it at this size only. */
const TONE_MAPPED = { longSide: 1280, shortSide: 720 };

/** How pictures are encoded so that every screen shows them right: upright, square, progressive, standard range. */
export function planPicture(
  video: VideoStream,
  encoder: Encoder,
  burntSubtitle: number | null,
): PicturePlan {
  const ordinary = isOrdinary(video);
  const rate = frameRateOf(video);
  return {
    encoder: encoder.name,
    filters: [
      ...deinterlacing(video),
      scaling(video, video.hdr === null ? encoder : TONE_MAPPED),
      'setsar=1',
      ...(ordinary ? ['format=yuv420p'] : screenColours(video, { transfer: '709', matrix: '709' })),
      ...encoder.upload,
    ],
    frameRate: rate?.text ?? null,
    frameSeconds: rate ? 1 / rate.perSecond : null,
    colourMatrix: ordinary ? knownMatrix(video.colourMatrix) : 'bt709',
    burntSubtitle,
  };
}

function deinterlacing(video: VideoStream): string[] {
  if (isInterlaced(video)) return ['yadif'];
  const isUnknown = video.fieldOrder === null || video.fieldOrder === 'unknown';
  // Only the frames that are marked.
  return isUnknown && MAYBE_INTERLACED.includes(video.codec ?? '')
    ? ['yadif=deint=interlaced']
    : [];
}

/** ffmpeg has turned the picture by then. Both sides become even, as the encoders want them. */
function scaling(
  { width, height }: VideoStream,
  { longSide, shortSide }: Pick<Encoder, 'longSide' | 'shortSide'>,
): string {
  if (!width || !height) return 'scale=trunc(iw*sar/2)*2:trunc(ih/2)*2';
  const shrink = Math.min(
    1,
    longSide / Math.max(width, height),
    shortSide / Math.min(width, height),
  );
  return `scale=${even(width * shrink)}:${even(height * shrink)}:flags=bilinear`;
}

function even(side: number): number {
  return Math.max(2, Math.round(side / 2) * 2);
}

function knownMatrix(matrix: string | null): string | null {
  return matrix !== null && MATRICES.includes(matrix) ? matrix : null;
}

/** Null where the rate is unknown or means nothing, as the thousand frames a second of some WMV files. */
function frameRateOf(video: VideoStream): { text: string; perSecond: number } | null {
  const [numerator = 0, denominator = 1] = (video.averageFrameRate ?? '').split('/').map(Number);
  const perSecond = numerator / denominator;
  if (!(perSecond >= 1)) return null;
  return perSecond > MOST_FRAMES_PER_SECOND
    ? { text: String(MOST_FRAMES_PER_SECOND), perSecond: MOST_FRAMES_PER_SECOND }
    : { text: `${numerator}/${denominator}`, perSecond };
}
