import { PROBLEM_CODES, VIDEO_STATES } from '../video-state';
import { languageCode } from './languages';
import {
  BIT_RATE,
  BITS,
  CHANNELS,
  COUNT,
  DEGREES,
  DURATION,
  FRAMES,
  type NumberUnits,
  PIXELS,
  RESOLUTION,
  SIZE,
} from './units';

/** How the values of a field are written and compared. */
export type FieldKind =
  /** The text occurs in it. */
  | { type: 'text' }
  /** It is exactly this, but for case and accents. */
  | {
      type: 'choice';
      /** The one spelling of what a person may write otherwise; given in small letters. */
      spelling?: (text: string) => string;
      /** Where nothing else is possible. */
      all?: readonly string[];
    }
  | { type: 'number'; units: NumberUnits }
  | { type: 'date' }
  /** Yes or no. */
  | { type: 'flag' };

export interface Field {
  name: string;
  aliases: readonly string[];
  kind: FieldKind;
  /** Whether a video may have none, so that `none` and `any` can be asked for. */
  isOptional: boolean;
  /** A sentence. */
  about: string;
  /** One or two terms. */
  examples: string;
}

const synonyms = (table: Readonly<Record<string, string>>) => (text: string) =>
  Object.hasOwn(table, text) ? (table[text] ?? text) : text;

const CODECS = synonyms({
  ...{ h265: 'hevc', 'h.265': 'hevc', 'h.264': 'h264', avc: 'h264', x264: 'h264', x265: 'hevc' },
  ...{ mpeg2: 'mpeg2video', mpeg1: 'mpeg1video', 'mpeg-2': 'mpeg2video', dv: 'dvvideo' },
});
const CONTAINERS = synonyms({
  ...{
    mkv: 'matroska',
    ts: 'mpegts',
    mts: 'mpegts',
    m2ts: 'mpegts',
    quicktime: 'mov',
    mpg: 'mpeg',
  },
  ...{ wmv: 'asf', ogv: 'ogg' },
});
const AUDIO_CODECS = synonyms({ dolby: 'ac3', 'ac-3': 'ac3', 'e-ac-3': 'eac3' });
const HDR_KINDS = synonyms({ dv: 'dolby vision', 'dolby-vision': 'dolby vision' });
/** Words and codes of problems are written with hyphens: `problem:no-video-stream`. */
const dashed = (code: string) => code.toLowerCase().replaceAll('_', '-');

/**
 * Everything that can be asked for by name. Parser, completion, the app's page on searching and the command line's
 * help are made from it.
 */
export const QUERY_FIELDS = [
  {
    name: 'name',
    aliases: ['file', 'filename'],
    kind: { type: 'text' },
    isOptional: false,
    about: 'The name of the file.',
    examples: 'name:interview',
  },
  {
    name: 'folder',
    aliases: ['path', 'in'],
    kind: { type: 'text' },
    isOptional: false,
    about: 'The folders that it is in, below the folder that was added.',
    examples: 'folder:2019/italy',
  },
  {
    name: 'tag',
    aliases: ['tags', 'keyword'],
    kind: { type: 'choice' },
    isOptional: true,
    about: 'A tag, by its whole name.',
    examples: 'tag:beach tag:none',
  },
  {
    name: 'note',
    aliases: ['notes'],
    kind: { type: 'text' },
    isOptional: true,
    about: 'The note.',
    examples: 'note:"at dawn"',
  },
  {
    name: 'camera',
    aliases: [],
    kind: { type: 'text' },
    isOptional: true,
    about: 'Make and model of the camera.',
    examples: 'camera:canon',
  },
  {
    name: 'codec',
    aliases: ['videocodec', 'video'],
    kind: { type: 'choice', spelling: CODECS },
    isOptional: true,
    about: 'The codec of the picture.',
    examples: 'codec:h264,hevc',
  },
  {
    name: 'container',
    aliases: ['format'],
    kind: { type: 'choice', spelling: CONTAINERS },
    isOptional: true,
    about: 'The kind of file.',
    examples: 'container:mkv',
  },
  {
    name: 'resolution',
    aliases: ['res'],
    kind: { type: 'number', units: RESOLUTION },
    isOptional: true,
    about: 'The class of the picture’s size, also of cropped and upright pictures.',
    examples: 'resolution:4k resolution:>=1080p',
  },
  {
    name: 'width',
    aliases: [],
    kind: { type: 'number', units: PIXELS },
    isOptional: true,
    about: 'Width of the picture as it is shown, in pixels.',
    examples: 'width:>=3840',
  },
  {
    name: 'height',
    aliases: [],
    kind: { type: 'number', units: PIXELS },
    isOptional: true,
    about: 'Height of the picture as it is shown, in pixels.',
    examples: 'height:1080',
  },
  {
    name: 'duration',
    aliases: ['length'],
    kind: { type: 'number', units: DURATION },
    isOptional: true,
    about: 'How long it plays; a bare number is seconds.',
    examples: 'duration:>10m duration:1:30..2:00',
  },
  {
    name: 'fps',
    aliases: ['framerate'],
    kind: { type: 'number', units: FRAMES },
    isOptional: true,
    about: 'Frames a second; 24 finds 23.976 too.',
    examples: 'fps:>=50',
  },
  {
    name: 'vfr',
    aliases: [],
    kind: { type: 'flag' },
    isOptional: false,
    about: 'Whether the frame rate varies.',
    examples: 'vfr:yes',
  },
  {
    name: 'hdr',
    aliases: [],
    kind: { type: 'choice', spelling: HDR_KINDS, all: ['hdr10', 'hlg', 'dolby vision', 'pq'] },
    isOptional: true,
    about: 'High dynamic range, and of which kind.',
    examples: 'hdr:yes hdr:hlg',
  },
  {
    name: 'depth',
    aliases: ['bitdepth'],
    kind: { type: 'number', units: BITS },
    isOptional: true,
    about: 'Bits of each colour.',
    examples: 'depth:10',
  },
  {
    name: 'rotation',
    aliases: ['rotated'],
    kind: { type: 'number', units: DEGREES },
    isOptional: true,
    about: 'By how much a player turns the picture, in degrees.',
    examples: 'rotation:90,270',
  },
  {
    name: 'audio',
    aliases: ['audiocodec', 'sound'],
    kind: { type: 'choice', spelling: AUDIO_CODECS },
    isOptional: true,
    about: 'The codec of the sound.',
    examples: 'audio:aac audio:none',
  },
  {
    name: 'channels',
    aliases: [],
    kind: { type: 'number', units: CHANNELS },
    isOptional: true,
    about: 'Channels of the sound.',
    examples: 'channels:stereo channels:>2',
  },
  {
    name: 'language',
    aliases: ['lang'],
    kind: { type: 'choice', spelling: languageCode },
    isOptional: true,
    about: 'A language of the sound, by code or English name.',
    examples: 'language:en,german',
  },
  {
    name: 'subtitles',
    aliases: ['subtitle', 'subs'],
    kind: { type: 'choice', spelling: languageCode },
    isOptional: true,
    about: 'Whether there are subtitles, and in which language.',
    examples: 'subtitles:yes subtitles:fr',
  },
  {
    name: 'size',
    aliases: ['filesize'],
    kind: { type: 'number', units: SIZE },
    isOptional: false,
    about: 'Size of the file; a bare number is bytes.',
    examples: 'size:>2gb',
  },
  {
    name: 'bitrate',
    aliases: [],
    kind: { type: 'number', units: BIT_RATE },
    isOptional: true,
    about: 'Bits a second of the whole file.',
    examples: 'bitrate:>20mbps',
  },
  {
    name: 'added',
    aliases: [],
    kind: { type: 'date' },
    isOptional: false,
    about: 'When it came into the library.',
    examples: 'added:7d',
  },
  {
    name: 'modified',
    aliases: ['changed'],
    kind: { type: 'date' },
    isOptional: false,
    about: 'When the file was changed last.',
    examples: 'modified:2023-05..2023-08',
  },
  {
    name: 'recorded',
    aliases: ['date', 'taken'],
    kind: { type: 'date' },
    isOptional: true,
    about: 'When it was recorded, as far as the file says.',
    examples: 'recorded:2023-05 recorded:>2024',
  },
  {
    name: 'rating',
    aliases: ['stars'],
    kind: { type: 'number', units: COUNT },
    isOptional: true,
    about: 'Stars from 0 to 5.',
    examples: 'rating:>=4 rating:none',
  },
  {
    name: 'label',
    aliases: ['colour', 'color'],
    kind: { type: 'choice' },
    isOptional: true,
    about: 'The label.',
    examples: 'label:red',
  },
  {
    name: 'favourite',
    aliases: ['favorite', 'fav'],
    kind: { type: 'flag' },
    isOptional: false,
    about: 'Whether it is a favourite.',
    examples: 'favourite:yes',
  },
  {
    name: 'collection',
    aliases: ['album'],
    kind: { type: 'choice' },
    isOptional: true,
    about: 'A collection that it is in, by its whole name.',
    examples: 'collection:"best of 2023"',
  },
  {
    name: 'volume',
    aliases: ['drive', 'disk'],
    kind: { type: 'text' },
    isOptional: true,
    about: 'The name of the drive or share.',
    examples: 'volume:archive',
  },
  {
    name: 'root',
    aliases: ['library'],
    kind: { type: 'text' },
    isOptional: false,
    about: 'The folder that was added, by its path.',
    examples: 'root:/media/films',
  },
  {
    name: 'state',
    aliases: ['status'],
    kind: { type: 'choice', all: VIDEO_STATES },
    isOptional: false,
    about: 'ok, unreadable, missing, or offline where its drive is not there.',
    examples: 'state:missing',
  },
  {
    name: 'problem',
    aliases: ['problems'],
    kind: { type: 'choice', spelling: dashed, all: PROBLEM_CODES.map(dashed) },
    isOptional: true,
    about: 'Why it cannot be read, unless that was dismissed.',
    examples: 'problem:yes problem:no-video-stream',
  },
  {
    name: 'duplicate',
    aliases: ['duplicates', 'dupe'],
    kind: { type: 'flag' },
    isOptional: false,
    about: 'Whether another video that is there has the same content.',
    examples: 'duplicate:yes',
  },
] as const satisfies readonly Field[];
