import type { AudioStream, OtherStream, Stream, VideoStream } from '../../shared/media';
import { readHdrKind } from './dynamic-range';
import { type Fraction, formatFraction, fractionValue, parseFraction } from './fraction';
import { readFrameRates } from './frame-rate';
import { bitDepthOfPixelFormat } from './pixel-format';
import {
  asInteger,
  asNumber,
  asObject,
  asPositiveInteger,
  asText,
  type RawObject,
} from './raw-object';
import { readRotation } from './rotation';
import { Tags } from './tags';

/** Codecs of still images: with one frame beside sound or moving pictures they are cover art. */
const STILL_CODECS = new Set(['mjpeg', 'png', 'bmp', 'gif', 'tiff', 'webp', 'jpeg2000', 'jpegls']);

/** @param exactTimestamps the container keeps exact frame times, not ones rounded to milliseconds */
export function parseStreams(
  streams: readonly RawObject[],
  container: { exactTimestamps: boolean },
): Stream[] {
  const hasOthers = streams.some((stream) => isPlayable(stream) && !isStill(stream));
  return streams.map((stream, position): Stream => {
    const tags = new Tags(stream);
    const base = parseBase(stream, position, tags);
    switch (stream['codec_type']) {
      case 'video':
        return isPicture(stream, hasOthers)
          ? parseOther(base, tags, 'picture')
          : parseVideo(stream, base, tags, container);
      case 'audio':
        return parseAudio(stream, base);
      case 'subtitle':
      case 'attachment':
        return parseOther(base, tags, stream['codec_type']);
      default:
        return parseOther(base, tags, 'data');
    }
  });
}

type StreamBase = Omit<OtherStream, 'type' | 'fileName'>;

function parseBase(stream: RawObject, position: number, tags: Tags): StreamBase {
  return {
    index: asInteger(stream['index']) ?? position,
    codec: asText(stream['codec_name']),
    codecLongName: asText(stream['codec_long_name']),
    codecTag: readCodecTag(stream['codec_tag_string']),
    profile: asText(stream['profile']),
    bitRate:
      asPositiveInteger(stream['bit_rate']) ?? asPositiveInteger(tags.find('bps', 'bps-eng')),
    durationSeconds: readStreamDuration(stream, tags),
    startSeconds: asNumber(stream['start_time']),
    language: readLanguage(tags),
    title: tags.find('title') ?? readHandlerName(tags),
    disposition: readDisposition(stream),
  };
}

function parseVideo(
  stream: RawObject,
  base: StreamBase,
  tags: Tags,
  { exactTimestamps }: { exactTimestamps: boolean },
): VideoStream {
  const codedWidth = asPositiveInteger(stream['width']);
  const codedHeight = asPositiveInteger(stream['height']);
  const aspect = parseFraction(stream['sample_aspect_ratio']);
  const rotation = readRotation(stream, tags);
  const frameCount = asPositiveInteger(stream['nb_frames']) ?? asPositiveInteger(frameTag(tags));
  const rates = readFrameRates(stream['avg_frame_rate'], stream['r_frame_rate'], {
    exactTimestamps,
    frameCount,
    durationSeconds: base.durationSeconds,
  });
  const pixelFormat = asText(stream['pix_fmt']);
  const { width, height } = displaySize(codedWidth, codedHeight, aspect, rotation);
  return {
    ...base,
    type: 'video',
    level: readLevel(stream['level']),
    codedWidth,
    codedHeight,
    width,
    height,
    sampleAspectRatio: aspect && formatFraction(aspect),
    rotation,
    averageFrameRate: rates.average && formatFraction(rates.average),
    realFrameRate: rates.real && formatFraction(rates.real),
    variableFrameRate: rates.variable,
    pixelFormat,
    bitDepth: readVideoDepth(stream, pixelFormat),
    colourPrimaries: asText(stream['color_primaries']),
    colourTransfer: asText(stream['color_transfer']),
    colourMatrix: asText(stream['color_space']),
    colourRange: asText(stream['color_range']),
    hdr: readHdrKind(stream),
    fieldOrder: asText(stream['field_order']),
    frameCount,
  };
}

function parseAudio(stream: RawObject, base: StreamBase): AudioStream {
  return {
    ...base,
    type: 'audio',
    channels: asPositiveInteger(stream['channels']),
    channelLayout: asText(stream['channel_layout']),
    sampleRate: asPositiveInteger(stream['sample_rate']),
    sampleFormat: asText(stream['sample_fmt']),
    bitDepth:
      asPositiveInteger(stream['bits_per_raw_sample']) ??
      asPositiveInteger(stream['bits_per_sample']),
  };
}

function parseOther(base: StreamBase, tags: Tags, type: OtherStream['type']): OtherStream {
  return { ...base, type, fileName: tags.find('filename') };
}

function isPlayable(stream: RawObject): boolean {
  return stream['codec_type'] === 'video' || stream['codec_type'] === 'audio';
}

function isStill(stream: RawObject): boolean {
  const codec = asText(stream['codec_name']);
  return hasDisposition(stream, 'attached_pic') || (codec !== null && STILL_CODECS.has(codec));
}

function isPicture(stream: RawObject, hasOthers: boolean): boolean {
  if (hasDisposition(stream, 'attached_pic')) return true;
  return hasOthers && isStill(stream) && asInteger(stream['nb_frames']) === 1;
}

/** The picture in square pixels as it is shown: stretched by the sample aspect ratio, then turned. */
function displaySize(
  codedWidth: number | null,
  codedHeight: number | null,
  aspect: Fraction | null,
  rotation: number,
): { width: number | null; height: number | null } {
  if (codedWidth === null || codedHeight === null) return { width: null, height: null };
  const stretched = Math.max(1, Math.round(codedWidth * (aspect ? fractionValue(aspect) : 1)));
  return rotation % 180 === 0
    ? { width: stretched, height: codedHeight }
    : { width: codedHeight, height: stretched };
}

/** Raw formats store fewer bits than their pixel format holds; packed ones count all components: the smaller is true. */
function readVideoDepth(stream: RawObject, pixelFormat: string | null): number | null {
  const raw = asPositiveInteger(stream['bits_per_raw_sample']);
  const depth = bitDepthOfPixelFormat(pixelFormat);
  if (raw === null || depth === null) return depth ?? raw;
  return Math.min(raw, depth);
}

/** ffprobe writes -99 for an unknown level. */
function readLevel(value: unknown): number | null {
  const level = asInteger(value);
  return level !== null && level >= 0 ? level : null;
}

/** ffprobe writes bytes that are no letters as numbers, `[0][0][0][0]`: then it is no four-letter code. */
function readCodecTag(value: unknown): string | null {
  const tag = asText(value);
  return tag === null || /\[\d+\]/.test(tag) ? null : tag;
}

function frameTag(tags: Tags): string | null {
  return tags.find('number_of_frames', 'number_of_frames-eng');
}

function readLanguage(tags: Tags): string | null {
  const language = tags.find('language', 'lang');
  return language === 'und' ? null : language;
}

/** QuickTime keeps track names in the handler; the standard handlers' own names say nothing. */
function readHandlerName(tags: Tags): string | null {
  const name = tags.find('handler_name');
  return name === null || /handler|^(apple|core media|iso|gpac)\b|^\W|mainconcept/i.test(name)
    ? null
    : name;
}

function readDisposition(stream: RawObject): string[] {
  const flags = asObject(stream['disposition']) ?? {};
  return Object.keys(flags).filter((name) => flags[name] === 1);
}

function hasDisposition(stream: RawObject, name: string): boolean {
  return asObject(stream['disposition'])?.[name] === 1;
}

/** Matroska keeps a stream's duration in a tag such as `00:01:02.345000000`. */
function readStreamDuration(stream: RawObject, tags: Tags): number | null {
  const own = asNumber(stream['duration']);
  if (own !== null) return own > 0 ? own : null;
  const match = /^(\d{1,4}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(
    tags.find('duration', 'duration-eng') ?? '',
  );
  if (!match) return null;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
  return seconds > 0 ? seconds : null;
}
