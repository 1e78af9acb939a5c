import type { AudioStream, VideoStream } from '../../shared/media';

// What Chromium 130 and later plays on every machine, without the system's decoders. Not HEVC: it needs hardware.

/** MIME type by container for a file as it is. QuickTime files are read by the same demuxer as MP4. */
const DIRECT_TYPES: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mov: 'video/mp4',
  '3gp': 'video/mp4',
  '3g2': 'video/mp4',
  webm: 'video/webm',
};

const DIRECT_VIDEO: Readonly<Record<string, readonly string[]>> = {
  'video/mp4': ['h264', 'vp9', 'av1'],
  'video/webm': ['vp8', 'vp9', 'av1'],
};

const DIRECT_AUDIO: Readonly<Record<string, readonly string[]>> = {
  'video/mp4': ['aac', 'mp3', 'opus', 'flac'],
  'video/webm': ['opus', 'vorbis'],
};

/** Containers whose packets carry the times that are needed to put them into another one. */
const COPYABLE_CONTAINERS = ['mp4', 'mov', '3gp', '3g2', 'matroska', 'webm', 'mpegts', 'flv'];

const H264_PROFILES: Readonly<Record<string, string>> = {
  'Constrained Baseline': '42e0',
  Baseline: '4200',
  Main: '4d00',
  High: '6400',
};

/** Colours at half the resolution, which is all that Chromium's decoders do in every build. */
const EIGHT_BIT = ['yuv420p', 'yuvj420p'];
const TEN_BIT = [...EIGHT_BIT, 'yuv420p10le'];

/** MIME type of a file that plays as it is; null where it does not for sure. */
export function directType(
  container: string | null,
  video: VideoStream,
  audio: AudioStream | null,
): string | null {
  const type = DIRECT_TYPES[container ?? ''];
  if (type === undefined || !isDecoded(video)) return null;
  if (!DIRECT_VIDEO[type]?.includes(video.codec ?? '')) return null;
  if (audio && !DIRECT_AUDIO[type]?.includes(audio.codec ?? '')) return null;
  return type;
}

/** The pictures' word in a MIME type for media source extensions; null where they cannot be copied into MP4. */
export function copiedVideoCodec(container: string | null, video: VideoStream): string | null {
  if (!COPYABLE_CONTAINERS.includes(container ?? '') || !isDecoded(video)) return null;
  switch (video.codec) {
    case 'h264':
      return h264Codec(video);
    case 'vp9':
      return video.bitDepth === 10 ? 'vp09.02.10.10' : 'vp09.00.10.08';
    case 'av1':
      return video.bitDepth === 10 ? 'av01.0.08M.10' : 'av01.0.08M.08';
    default:
      return null;
  }
}

/**
 * Whether the sound can be copied into MP4 as it is. In transport streams each packet describes itself, and the
 * description of the whole, which MP4 begins with, is missing.
 */
export function isCopiedAudio(container: string | null, audio: AudioStream): boolean {
  return audio.codec === 'aac' && audio.profile === 'LC' && container !== 'mpegts';
}

function isDecoded({ codec, profile, pixelFormat }: VideoStream): boolean {
  switch (codec) {
    case 'h264':
      return (profile ?? '') in H264_PROFILES && EIGHT_BIT.includes(pixelFormat ?? '');
    case 'vp8':
      return true;
    case 'vp9':
    case 'av1':
      return TEN_BIT.includes(pixelFormat ?? '');
    default:
      return false;
  }
}

function h264Codec({ profile, level }: VideoStream): string {
  // Level 4 where it is not known: Chromium looks at the profile only.
  const levelByte = level !== null && level > 0 && level < 256 ? level : 40;
  return `avc1.${H264_PROFILES[profile ?? '']}${levelByte.toString(16).padStart(2, '0')}`;
}
