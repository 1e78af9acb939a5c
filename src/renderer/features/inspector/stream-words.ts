import type {
  AudioStream,
  Location,
  OtherStream,
  Stream,
  VideoStream,
  VideoSummary,
} from '../../../shared/media';
import { channelsName, formatSampleRate } from '../../format/audio';
import { codecName } from '../../format/codec';
import { formatDuration } from '../../format/duration';
import { formatFrameRate } from '../../format/frame-rate';
import { languageName } from '../../format/language';
import { formatCount, formatDecimal } from '../../format/number';
import { formatAspect, formatDimensions, resolutionClass } from '../../format/resolution';
import { formatBitRate } from '../../format/size';
import { type Fact, knownFacts } from '../../ui/fact-list';

const TYPE_NAMES: Readonly<Record<Stream['type'], string>> = {
  video: 'Video',
  audio: 'Audio',
  subtitle: 'Subtitles',
  data: 'Data',
  attachment: 'Attachment',
  picture: 'Cover picture',
};

/** `Video · H.264`, `Audio · AAC · German`. */
export function streamTitle(stream: Stream): string {
  const parts = [
    TYPE_NAMES[stream.type],
    stream.codec === null ? null : codecName(stream.codec),
    languageName(stream.language),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}

/** Everything that is known of a stream, in words. */
export function streamFacts(stream: Stream): Fact[] {
  switch (stream.type) {
    case 'video':
      return [...videoFacts(stream), ...commonFacts(stream)];
    case 'audio':
      return [...audioFacts(stream), ...commonFacts(stream)];
    default:
      return [...otherFacts(stream), ...commonFacts(stream)];
  }
}

function videoFacts(stream: VideoStream): Fact[] {
  const { codedWidth, codedHeight, width, height, averageFrameRate, realFrameRate } = stream;
  const isStored = codedWidth && codedHeight && (codedWidth !== width || codedHeight !== height);
  const average = formatFrameRate(averageFrameRate);
  const real = formatFrameRate(realFrameRate);
  return knownFacts([
    ['Picture', pictureWords(stream)],
    ['Stored as', isStored ? formatDimensions(codedWidth, codedHeight) : null],
    ['Pixel shape', stream.sampleAspectRatio === '1/1' ? null : ratio(stream.sampleAspectRatio)],
    ['Rotation', stream.rotation === 0 ? null : `${stream.rotation}° clockwise`],
    ['Frame rate', frameRateWords(average, stream.variableFrameRate, averageFrameRate)],
    ['Base rate', real !== '' && real !== average ? `${real} fps` : null],
    ['Frames', stream.frameCount === null ? null : formatCount(stream.frameCount)],
    ['Profile', profileWords(stream)],
    ['Bit depth', stream.bitDepth === null ? null : `${stream.bitDepth} bit`],
    ['Pixel format', stream.pixelFormat],
    ['HDR', stream.hdr],
    ['Colour', colourWords(stream)],
    ['Scan', scanWords(stream.fieldOrder)],
  ]);
}

function audioFacts(stream: AudioStream): Fact[] {
  const channels = stream.channels === null ? null : channelsName(stream.channels);
  const layout = stream.channelLayout;
  return knownFacts([
    ['Channels', layout && layout !== channels ? `${channels ?? ''} (${layout})`.trim() : channels],
    ['Sample rate', stream.sampleRate === null ? null : formatSampleRate(stream.sampleRate)],
    ['Bit depth', stream.bitDepth === null ? null : `${stream.bitDepth} bit`],
    ['Samples', stream.sampleFormat],
    ['Profile', stream.profile],
  ]);
}

function otherFacts(stream: OtherStream): Fact[] {
  return knownFacts([['File name', stream.fileName]]);
}

function commonFacts(stream: Stream): Fact[] {
  const { bitRate, durationSeconds, startSeconds } = stream;
  return knownFacts([
    ['Title', stream.title],
    ['Bit rate', bitRate === null ? null : formatBitRate(bitRate)],
    ['Duration', durationSeconds === null ? null : formatDuration(durationSeconds)],
    ['Starts at', startSeconds ? `${formatDecimal(startSeconds, 3)} s` : null],
    ['Codec tag', stream.codecTag],
    ['Codec', stream.codecLongName],
    ['Marked', stream.disposition.map((flag) => flag.replaceAll('_', ' ')).join(', ')],
  ]);
}

/** `1920 × 1080 (1080p, 16:9)`; null where the size is not known. */
export function pictureWords({ width, height }: Pick<VideoSummary, 'width' | 'height'>) {
  if (!width || !height) return null;
  const size = formatDimensions(width, height);
  const name = resolutionClass(width, height);
  const words = [...(name === size ? [] : [name]), formatAspect(width, height)];
  return `${size} (${words.join(', ')})`;
}

function frameRateWords(
  average: string,
  isVariable: boolean | null,
  fraction: string | null,
): string | null {
  if (average === '') return null;
  if (isVariable) return `${average} fps on average, variable`;
  // Where the decimals hide the exact rate, an editor wants to see it.
  const isWhole = fraction?.endsWith('/1') ?? true;
  return isWhole ? `${average} fps` : `${average} fps (${fraction})`;
}

function profileWords({ codec, profile, level }: VideoStream): string | null {
  if (level === null || level <= 0) return profile;
  const number = levelNumber(codec, level);
  return [profile, number === null ? null : `level ${number}`].filter(Boolean).join(', ');
}

/** ffprobe gives levels as the bit stream has them: tenfold for H.264, thirtyfold for HEVC. */
function levelNumber(codec: string | null, level: number): string | null {
  if (codec === 'h264') return (level / 10).toFixed(1);
  if (codec === 'hevc') return (level / 30).toFixed(1);
  return null;
}

function colourWords(stream: VideoStream): string | null {
  const { colourPrimaries, colourTransfer, colourMatrix, colourRange } = stream;
  const spaces = [...new Set([colourPrimaries, colourTransfer, colourMatrix])].filter(Boolean);
  const range = { tv: 'limited range', pc: 'full range' }[colourRange ?? ''] ?? colourRange;
  const words = [spaces.join(' / '), range].filter(Boolean).join(', ');
  return words === '' ? null : words;
}

function scanWords(fieldOrder: string | null): string | null {
  switch (fieldOrder) {
    case null:
      return null;
    case 'progressive':
      return 'progressive';
    case 'tt':
    case 'tb':
      return 'interlaced, top field first';
    case 'bb':
    case 'bt':
      return 'interlaced, bottom field first';
    default:
      return fieldOrder;
  }
}

function ratio(fraction: string | null): string | null {
  return fraction === null ? null : fraction.replace('/', ':');
}

/** `47.3769° N, 8.5417° E, 408 m` */
export function locationWords({ latitude, longitude, altitude }: Location): string {
  const northing = `${formatDecimal(Math.abs(latitude), 4)}°\u00a0${latitude < 0 ? 'S' : 'N'}`;
  const easting = `${formatDecimal(Math.abs(longitude), 4)}°\u00a0${longitude < 0 ? 'W' : 'E'}`;
  const height = altitude === null ? [] : [`${formatDecimal(altitude, 0)}\u00a0m`];
  return [northing, easting, ...height].join(', ');
}
