import { bestFraction } from './best-fraction';
import type { HeaderSource } from './header-source';
import { type Box, boxMap, payload } from './iso-boxes';
import { readSampleDescription, type SampleDescription } from './iso-sample-description';
import type { Track } from './track-facts';

export type IsoTrack = Track;

/** Entries of the time table that are read; more mean uneven times, which only the whole table tells. */
const MAX_TIME_ENTRIES = 256;

/**
 * Reads a `trak` box: its kind, flags, matrix, language, times and sample description; no sample tables.
 * @param movieTimescale units of edit lists in a second
 */
export async function readTrack(
  source: HeaderSource,
  box: Box,
  movieTimescale: number,
): Promise<IsoTrack> {
  const track = await boxMap(source, box);
  const media = await mapOf(source, track.get('mdia'));
  const kind = kindOf(await payloadOf(source, media.get('hdlr'), 12));
  const header = readTrackHeader(await payloadOf(source, track.get('tkhd'), 84));
  const mediaHeader = readMediaHeader(await payloadOf(source, media.get('mdhd'), 24));
  const { timescale, language } = mediaHeader;
  const table = await mapOf(source, (await mapOf(source, media.get('minf'))).get('stbl'));
  const times = await readTimes(source, table.get('stts'));
  const ticks = smaller(mediaHeader.duration, times.ticks);
  const common = {
    ...emptyTrack(kind),
    isDefault: header.isEnabled,
    language,
    endUs: await readEnd(source, track.get('edts'), {
      ticks,
      timescale,
      movieTimescale,
      isReordered: table.has('ctts'),
    }),
  };
  if (kind !== 'video' && kind !== 'audio') return common;
  const description = await readSampleDescription(source, table.get('stsd'), kind);
  if (kind === 'audio') return { ...common, ...description };
  const { samplesAreFrames, ...described } = description;
  const rates = samplesAreFrames ? ratesOf(times, timescale) : {};
  return { ...common, ...described, ...rates, ...shape(header, description) };
}

function emptyTrack(kind: Track['kind']): IsoTrack {
  return {
    kind,
    isDefault: false,
    language: null,
    codec: null,
    picture: null,
    rotation: null,
    channels: null,
    frameRate: null,
    variableFrameRate: null,
    hdr: null,
    isStill: false,
    endUs: null,
  };
}

function smaller(one: bigint | null, other: bigint | null): bigint | null {
  if (one === null || other === null) return one;
  return one < other ? one : other;
}

async function mapOf(source: HeaderSource, box: Box | undefined): Promise<Map<string, Box>> {
  return box ? boxMap(source, box) : new Map();
}

function payloadOf(source: HeaderSource, box: Box | undefined, minimum: number): Promise<Buffer> {
  return payload(source, box ?? { type: 'expected', start: 0, end: 0 }, minimum, 256);
}

function kindOf(handler: Buffer): Track['kind'] {
  switch (handler.toString('latin1', 8, 12)) {
    case 'vide':
      return 'video';
    case 'soun':
      return 'audio';
    case 'subt':
    case 'sbtl':
    case 'text':
      return 'subtitle';
    default:
      return 'other';
  }
}

interface TrackHeader {
  isEnabled: boolean;
  /** Clockwise quarter turns in degrees; null for a matrix that does more than turn. */
  rotation: 0 | 90 | 180 | 270 | null;
  /** As presented, in whole pixels. */
  width: number;
  height: number;
}

function readTrackHeader(data: Buffer): TrackHeader {
  const at = data[0] === 1 ? 52 : 40;
  if (data.length < at + 44) return { isEnabled: false, rotation: null, width: 0, height: 0 };
  const value = (index: number) => data.readInt32BE(at + index * 4);
  return {
    isEnabled: ((data[3] ?? 0) & 1) === 1,
    rotation: rotationOf(value(0), value(1), value(3), value(4)),
    width: data.readUInt16BE(at + 36),
    height: data.readUInt16BE(at + 40),
  };
}

const UNIT = 0x10000;

function rotationOf(a: number, b: number, c: number, d: number): TrackHeader['rotation'] {
  const turns = [
    [UNIT, 0, 0, UNIT, 0],
    [0, UNIT, -UNIT, 0, 90],
    [-UNIT, 0, 0, -UNIT, 180],
    [0, -UNIT, UNIT, 0, 270],
  ] as const;
  const turn = turns.find((one) => one[0] === a && one[1] === b && one[2] === c && one[3] === d);
  return turn?.[4] ?? null;
}

interface MediaHeader {
  timescale: number;
  /** In units of the timescale; null where it is not known. */
  duration: bigint | null;
  language: string | null;
}

function readMediaHeader(data: Buffer): MediaHeader {
  const isLong = data[0] === 1;
  if (isLong && data.length < 36) return { timescale: 0, duration: null, language: null };
  const duration = isLong ? data.readBigUInt64BE(24) : BigInt(data.readUInt32BE(16));
  const isUnknown = duration === (isLong ? 0xffff_ffff_ffff_ffffn : 0xffff_ffffn);
  return {
    duration: isUnknown ? null : duration,
    timescale: data.readUInt32BE(isLong ? 20 : 12),
    language: languageOf(data.readUInt16BE(isLong ? 32 : 20)),
  };
}

/** Three letters of ISO 639-2 in five bits each. Smaller numbers are old Macintosh language codes. */
function languageOf(code: number): string | null {
  if (code < 0x400 || code === 0x7fff) return null;
  const letters = [code >> 10, code >> 5, code].map((part) => (part & 0x1f) + 0x60);
  if (letters.some((letter) => letter < 0x61 || letter > 0x7a)) return null;
  const language = String.fromCharCode(...letters);
  return language === 'und' ? null : language;
}

interface Times {
  /** Samples; null where the table is too long to be read. */
  samples: bigint | null;
  /** In units of the media's timescale. */
  ticks: bigint | null;
  /** Every sample takes as long as the others. */
  isEven: boolean;
}

/** The time-to-sample table, when it is short: a constant rate needs one entry, or two. */
async function readTimes(source: HeaderSource, box: Box | undefined): Promise<Times> {
  const unknown: Times = { samples: null, ticks: null, isEven: false };
  if (!box) return unknown;
  const data = await payload(source, box, 8, 8 + MAX_TIME_ENTRIES * 8);
  const count = data.readUInt32BE(4);
  if (count > MAX_TIME_ENTRIES || data.length < 8 + count * 8) return unknown;
  let samples = 0n;
  let ticks = 0n;
  for (let entry = 0; entry < count; entry += 1) {
    const run = BigInt(data.readUInt32BE(8 + entry * 8));
    samples += run;
    ticks += run * BigInt(data.readUInt32BE(12 + entry * 8));
  }
  return { samples, ticks, isEven: count === 1 };
}

/** Frame rate as FFmpeg's mov demuxer reduces it. */
function ratesOf({ samples, ticks, isEven }: Times, timescale: number): Partial<Track> {
  if (samples === null || ticks === null || samples < 2n || ticks === 0n || timescale === 0)
    return {};
  return {
    frameRate: bestFraction(BigInt(timescale) * samples, ticks, 0x7fff_ffffn),
    variableFrameRate: isEven ? false : null,
  };
}

interface MediaTimes {
  ticks: bigint | null;
  timescale: number;
  movieTimescale: number;
  /** Pictures are stored in another order than they are shown in. */
  isReordered: boolean;
}

const NORMAL_RATE = 0x10000;

/**
 * Where a track ends when it starts at zero: with its media, or where its only edit cuts it off. Null for tracks that
 * begin later, have several edits, or whose first picture is not known to be at zero.
 */
async function readEnd(
  source: HeaderSource,
  edits: Box | undefined,
  { ticks, timescale, movieTimescale, isReordered }: MediaTimes,
): Promise<number | null> {
  if (ticks === null || timescale === 0 || movieTimescale === 0) return null;
  const list = (await mapOf(source, edits)).get('elst');
  if (!list) return isReordered ? null : microseconds(ticks, timescale);
  const data = await payload(source, list, 8, 64);
  const isLong = data[0] === 1;
  if (data.readUInt32BE(4) !== 1 || data.length < (isLong ? 28 : 20)) return null;
  const duration = isLong ? data.readBigInt64BE(8) : BigInt(data.readInt32BE(8));
  const start = isLong ? data.readBigInt64BE(16) : BigInt(data.readInt32BE(12));
  const rate = data.readInt32BE(isLong ? 24 : 16);
  if (duration <= 0n || start < 0n || start >= ticks || rate !== NORMAL_RATE) return null;
  const edited = rescale(duration, timescale, movieTimescale);
  return microseconds(edited < ticks ? edited : ticks, timescale);
}

/** Rounded as FFmpeg's `av_rescale` does: to the nearest, halves up. */
function rescale(value: bigint, to: number, from: number): bigint {
  return (value * BigInt(to) + BigInt(from) / 2n) / BigInt(from);
}

function microseconds(ticks: bigint, timescale: number): number | null {
  const value = Number(rescale(ticks, 1_000_000, timescale));
  return Number.isSafeInteger(value) ? value : null;
}

/**
 * Rotation and shape as presented. FFmpeg takes the sample aspect ratio from the track header where the sample
 * description has none and the two sizes differ; such tracks are left to it.
 */
function shape(header: TrackHeader, { picture }: SampleDescription) {
  if (!picture || header.rotation === null) return { picture: null, rotation: header.rotation };
  const fits =
    picture.sampleAspect !== null ||
    (header.width === picture.width && header.height === picture.height);
  return { picture: fits ? picture : null, rotation: header.rotation };
}
