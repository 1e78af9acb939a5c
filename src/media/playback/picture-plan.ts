import type { VideoStream } from '../../shared/media';
import type { PicturePlan } from '../../shared/playback-protocol';
import type { Encoder } from './encoders';

/** Frame rates beyond this are halved by nobody's eye and double the work. */
const MOST_FRAMES_PER_SECOND = 60;

/** Field orders of pictures that are two half pictures in truth. */
const INTERLACED = ['tt', 'bb', 'tb', 'bt'];

/** Codecs whose frames say themselves whether they are interlaced, where the stream does not. */
const MAYBE_INTERLACED = ['mpeg2video', 'dvvideo', 'h264', 'vc1', 'wmv3', 'prores', 'mjpeg'];

/** Colour matrices that the encoder can be told, in ffmpeg's words. */
const MATRICES = ['bt709', 'smpte170m', 'bt470bg', 'smpte240m', 'fcc', 'bt2020nc'];

/** Matrix, primaries and transfer that the tone mapping reads, by the transfer that the stream names. */
const HIGH_DYNAMIC_RANGE = ['smpte2084', 'arib-std-b67'];

/** Tone mapping works in floating point: the processor keeps up with it at this size only. */
const TONE_MAPPED = { longSide: 1280, shortSide: 720 };

/** How pictures are encoded so that every screen shows them right: upright, square, progressive, standard range. */
export function planPicture(
  video: VideoStream,
  encoder: Encoder,
  burntSubtitle: number | null,
): PicturePlan {
  const toneMapped = HIGH_DYNAMIC_RANGE.includes(video.colourTransfer ?? '');
  const rate = frameRateOf(video);
  return {
    encoder: encoder.name,
    filters: [
      ...deinterlacing(video),
      scaling(video, toneMapped ? TONE_MAPPED : encoder),
      'setsar=1',
      ...(toneMapped ? toneMapping(video.colourTransfer ?? '') : []),
      'format=yuv420p',
      ...encoder.upload,
    ],
    frameRate: rate?.text ?? null,
    frameSeconds: rate ? 1 / rate.perSecond : null,
    colourMatrix: toneMapped ? 'bt709' : knownMatrix(video.colourMatrix),
    burntSubtitle,
  };
}

export function isInterlaced({ fieldOrder }: VideoStream): boolean {
  return INTERLACED.includes(fieldOrder ?? '');
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

function toneMapping(transfer: string): string[] {
  return [
    `zscale=tin=${transfer}:pin=bt2020:min=bt2020nc:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=hable:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ];
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
