import type { Fraction } from '../probe/fraction';
import { channelsOfAac } from './aac-configuration';
import { bestFraction } from './best-fraction';
import { type Element, elements, Values } from './ebml';
import { readAvcConfiguration } from './h264-parameters';
import { HeaderDoubt, type HeaderSource } from './header-source';
import { readHevcConfiguration } from './hevc-parameters';
import { hdrOf } from './iso-sample-description';
import type { PictureFacts } from './picture-facts';
import type { Track, TrackPicture } from './track-facts';

const TRACK_TYPE = 0x83;
const FLAG_DEFAULT = 0x88;
const LANGUAGE = 0x22b59c;
const LANGUAGE_BCP47 = 0x22b59d;
const CODEC_ID = 0x86;
const CODEC_PRIVATE = 0x63a2;
const DEFAULT_DURATION = 0x23e383;
const BLOCK_ADDITION_MAPPING = 0x41e4;
const CONTENT_ENCODINGS = 0x6d80;
const VIDEO = 0xe0;
const PIXEL_WIDTH = 0xb0;
const PIXEL_HEIGHT = 0xba;
const CROPS = [0x54aa, 0x54bb, 0x54cc, 0x54dd];
const DISPLAY_WIDTH = 0x54b0;
const DISPLAY_HEIGHT = 0x54ba;
const DISPLAY_UNIT = 0x54b2;
const STEREO_MODE = 0x53b8;
const PROJECTION = 0x7670;
const COLOUR = 0x55b0;
const AUDIO = 0xe1;
const CHANNELS = 0x9f;

/** FFmpeg's names by Codec ID, where the ID alone decides. */
const CODECS: Readonly<Record<string, string>> = {
  'V_MPEG4/ISO/AVC': 'h264',
  'V_MPEGH/ISO/HEVC': 'hevc',
  V_VP8: 'vp8',
  V_VP9: 'vp9',
  V_AV1: 'av1',
  V_MPEG1: 'mpeg1video',
  V_MPEG2: 'mpeg2video',
  'V_MPEG4/ISO/SP': 'mpeg4',
  'V_MPEG4/ISO/ASP': 'mpeg4',
  'V_MPEG4/ISO/AP': 'mpeg4',
  V_THEORA: 'theora',
  V_FFV1: 'ffv1',
  V_MJPEG: 'mjpeg',
  V_PRORES: 'prores',
  A_AAC: 'aac',
  A_AC3: 'ac3',
  A_EAC3: 'eac3',
  A_DTS: 'dts',
  A_TRUEHD: 'truehd',
  A_OPUS: 'opus',
  A_VORBIS: 'vorbis',
  A_FLAC: 'flac',
  A_ALAC: 'alac',
  'A_MPEG/L3': 'mp3',
  'A_MPEG/L2': 'mp2',
};

/** Codecs of which the container's channel count is what a decoder gives. */
const COUNTED_CODECS = new Set(['opus', 'vorbis', 'flac', 'alac']);
/** Codecs whose pictures have no aspect ratio or size of their own. */
const PLAIN_CODECS = new Set(['vp8', 'vp9']);

/** Reads one track (RFC 9559 section 5.1.4.1). */
export async function readTrackEntry(source: HeaderSource, entry: Element): Promise<Track> {
  const values = await Values.read(source, entry);
  // Compressed headers would have to be put together first.
  if (values.has(CONTENT_ENCODINGS)) throw new HeaderDoubt('a track with encoded content');
  const kind = kindOf(values.unsigned(TRACK_TYPE));
  const codec = CODECS[values.text(CODEC_ID) ?? ''] ?? null;
  const track: Track = {
    kind,
    isDefault: (values.unsigned(FLAG_DEFAULT) ?? 1) === 1,
    language: languageOf(values),
    codec,
    picture: null,
    rotation: null,
    channels: null,
    frameRate: null,
    variableFrameRate: null,
    hdr: null,
    isStill: codec === 'mjpeg',
    endUs: null,
  };
  const inside = await child(source, entry, kind === 'video' ? VIDEO : AUDIO);
  if (!inside) return track;
  if (kind === 'video') return { ...track, ...videoFacts(values, inside, codec) };
  return kind === 'audio' ? { ...track, channels: channels(values, inside, codec) } : track;
}

async function child(source: HeaderSource, parent: Element, id: number): Promise<Values | null> {
  for await (const element of elements(source, parent.start, parent.end)) {
    if (element.id === id) return Values.read(source, element);
  }
  return null;
}

function kindOf(type: number | null): Track['kind'] {
  if (type === 1) return 'video';
  if (type === 2) return 'audio';
  return type === 0x11 ? 'subtitle' : 'other';
}

/** English where nothing is said: RFC 9559 section 5.1.4.1.19. */
function languageOf(values: Values): string | null {
  if (values.has(LANGUAGE_BCP47)) return null;
  const language = values.text(LANGUAGE) ?? 'eng';
  return language === 'und' ? null : language;
}

function videoFacts(values: Values, video: Values, codec: string | null): Partial<Track> {
  const coded = readCoded(codec, values.bytes(CODEC_PRIVATE));
  const size = shape(video, codec, coded);
  const interval = values.unsigned(DEFAULT_DURATION);
  const rate = interval ? bestFraction(1_000_000_000n, BigInt(interval), 30_000n) : null;
  const isPlausible = rate !== null && rate.numerator > 5 * rate.denominator;
  return {
    picture: size,
    rotation: video.has(PROJECTION) ? null : 0,
    frameRate: isPlausible ? rate : null,
    variableFrameRate: isPlausible ? false : null,
    hdr: values.has(BLOCK_ADDITION_MAPPING) || video.has(COLOUR) ? null : hdrOf(coded),
  };
}

function readCoded(codec: string | null, data: Buffer | null): PictureFacts | null {
  try {
    if (codec === 'h264' && data) return readAvcConfiguration(data);
    if (codec === 'hevc' && data) return readHevcConfiguration(data);
  } catch (thrown) {
    // The track's other facts are good without its parameter set.
    if (!(thrown instanceof HeaderDoubt)) throw thrown;
  }
  return null;
}

function shape(
  video: Values,
  codec: string | null,
  coded: PictureFacts | null,
): TrackPicture | null {
  const stored = { width: video.unsigned(PIXEL_WIDTH), height: video.unsigned(PIXEL_HEIGHT) };
  if (!stored.width || !stored.height || CROPS.some((crop) => video.has(crop))) return null;
  // Two pictures in one frame: each is shown at half the size.
  if (video.unsigned(STEREO_MODE)) return null;
  const sampleAspect = aspectOf(video, stored.width, stored.height);
  if (sampleAspect === 'unknown') return null;
  if (coded) {
    const { width, height, bitDepth } = coded;
    if (width !== stored.width || height !== stored.height) return null;
    return { width, height, bitDepth, sampleAspect };
  }
  if (codec === null || !PLAIN_CODECS.has(codec)) return null;
  return { width: stored.width, height: stored.height, bitDepth: null, sampleAspect };
}

/** FFmpeg's matroska demuxer: sample aspect ratio from the display size, whose unit does not matter. */
function aspectOf(video: Values, width: number, height: number): Fraction | null | 'unknown' {
  if ((video.unsigned(DISPLAY_UNIT) ?? 0) > 3) return 'unknown';
  const shownWidth = BigInt(video.unsigned(DISPLAY_WIDTH) ?? width);
  const shownHeight = BigInt(video.unsigned(DISPLAY_HEIGHT) ?? height);
  if (shownWidth === 0n || shownHeight === 0n) return 'unknown';
  return bestFraction(BigInt(height) * shownWidth, BigInt(width) * shownHeight, 255n);
}

function channels(values: Values, audio: Values, codec: string | null): number | null {
  const data = values.bytes(CODEC_PRIVATE);
  if (codec === 'aac') return data ? channelsOfAac(data).channels : null;
  return codec !== null && COUNTED_CODECS.has(codec) ? (audio.unsigned(CHANNELS) ?? 1) : null;
}
