import type { HdrKind } from '../../shared/media';
import { readAvcConfiguration } from './h264-parameters';
import { HeaderDoubt, type HeaderSource } from './header-source';
import { readHevcConfiguration } from './hevc-parameters';
import { audioEntry } from './iso-audio-entry';
import { type Box, boxMap, payload } from './iso-boxes';
import { objectTypeOf } from './mpeg4-descriptors';
import { type PictureFacts, positiveRatio } from './picture-facts';
import type { TrackPicture } from './track-facts';

/** What a track's samples are. */
export interface SampleDescription {
  codec: string | null;
  picture: TrackPicture | null;
  channels: number | null;
  hdr: HdrKind | null;
  isStill: boolean;
  /** False where a sample may be a field. */
  samplesAreFrames: boolean;
}

/** FFmpeg's codec names by sample entry type, where the type alone decides. */
const VIDEO_CODECS: Readonly<Record<string, string>> = {
  avc1: 'h264',
  avc3: 'h264',
  hvc1: 'hevc',
  hev1: 'hevc',
  dvh1: 'hevc',
  dvhe: 'hevc',
  vp08: 'vp8',
  vp09: 'vp9',
  av01: 'av1',
  s263: 'h263',
  h263: 'h263',
  H263: 'h263',
  apch: 'prores',
  apcn: 'prores',
  apcs: 'prores',
  apco: 'prores',
  ap4h: 'prores',
  ap4x: 'prores',
  AVdn: 'dnxhd',
  AVdh: 'dnxhd',
  CFHD: 'cfhd',
  'dvc ': 'dvvideo',
  dvcp: 'dvvideo',
  dvpp: 'dvvideo',
  dv5n: 'dvvideo',
  dv5p: 'dvvideo',
  dvh5: 'dvvideo',
  dvh6: 'dvvideo',
  SVQ1: 'svq1',
  SVQ3: 'svq3',
  cvid: 'cinepak',
  'rle ': 'qtrle',
  FFV1: 'ffv1',
  jpeg: 'mjpeg',
  'png ': 'png',
  mjp2: 'jpeg2000',
};

/** Codecs that store whole frames only. */
const FRAME_CODECS = new Set(['mpeg4', 'vp8', 'vp9', 'av1', 'prores', 'h263', 'dvvideo', 'qtrle']);

const STILL_CODECS = new Set(['mjpeg', 'png', 'jpeg2000']);
const DOLBY_VISION_ENTRIES = new Set(['dvh1', 'dvhe', 'dva1', 'dvav', 'dav1']);
/** `VisualSampleEntry` of ISO/IEC 14496-12 section 12.1.3, with its box header. */
const VISUAL_ENTRY_BYTES = 86;

/** Reads an `stsd` box. @throws HeaderDoubt when samples are described in more than one way */
export async function readSampleDescription(
  source: HeaderSource,
  box: Box | undefined,
  kind: 'video' | 'audio',
): Promise<SampleDescription> {
  if (!box) throw new HeaderDoubt('no sample description');
  const head = await payload(source, box, 16, 16);
  const size = head.readUInt32BE(8);
  if (head.readUInt32BE(4) !== 1 || size < 16 || box.start + 8 + size > box.end) {
    throw new HeaderDoubt('not exactly one sample description');
  }
  const type = head.toString('latin1', 12, 16);
  const entry: Box = { type, start: box.start + 8, end: box.start + 8 + size };
  return kind === 'audio' ? audioEntry(source, entry) : videoEntry(source, entry);
}

async function videoEntry(source: HeaderSource, entry: Box): Promise<SampleDescription> {
  const fields = await payload(source, entry, VISUAL_ENTRY_BYTES, VISUAL_ENTRY_BYTES);
  const size = { width: fields.readUInt16BE(32), height: fields.readUInt16BE(34) };
  const parts = await boxMap(source, { ...entry, start: entry.start + VISUAL_ENTRY_BYTES });
  const part = async (type: string) => {
    const box = parts.get(type);
    return box ? payload(source, box) : null;
  };
  const codec = VIDEO_CODECS[entry.type] ?? (await objectCodec(entry.type, await part('esds')));
  const coded = readCoded(codec, await part('avcC'), await part('hvcC'));
  // A clean aperture cuts the picture; what ffprobe makes of it depends on its version.
  const picture = parts.has('clap') ? null : shape(codec, size, coded, await part('pasp'));
  const isDolby = DOLBY_VISION_ENTRIES.has(entry.type) || parts.has('dvcC') || parts.has('dvvC');
  return {
    codec,
    picture,
    channels: null,
    hdr: isDolby ? 'Dolby Vision' : hdrOf(coded),
    isStill: codec !== null && STILL_CODECS.has(codec),
    samplesAreFrames: coded?.progressive ?? (codec !== null && FRAME_CODECS.has(codec)),
  };
}

async function objectCodec(type: string, descriptor: Buffer | null): Promise<string | null> {
  if (type !== 'mp4v' || !descriptor) return null;
  const objectType = objectTypeOf(descriptor);
  if (objectType === 0x20) return 'mpeg4';
  if (objectType !== null && objectType >= 0x60 && objectType <= 0x65) return 'mpeg2video';
  return null;
}

function readCoded(
  codec: string | null,
  avc: Buffer | null,
  hevc: Buffer | null,
): PictureFacts | null {
  try {
    if (codec === 'h264' && avc) return readAvcConfiguration(avc);
    if (codec === 'hevc' && hevc) return readHevcConfiguration(hevc);
  } catch (thrown) {
    // The track's other facts are good without its parameter set.
    if (!(thrown instanceof HeaderDoubt)) throw thrown;
  }
  return null;
}

/** Codecs whose samples carry no aspect ratio or size of their own that could differ from the container's. */
const PLAIN_CODECS = new Set(['vp8', 'vp9']);
/** Codecs that have an aspect ratio of their own, which the container's overrules. */
const STRETCHED_CODECS = new Set(['mpeg4', 'prores']);

function shape(
  codec: string | null,
  size: { width: number; height: number },
  coded: PictureFacts | null,
  aspectBox: Buffer | null,
): TrackPicture | null {
  const ownAspect =
    aspectBox && aspectBox.length >= 8
      ? positiveRatio(aspectBox.readUInt32BE(0), aspectBox.readUInt32BE(4))
      : null;
  if (coded) {
    const { width, height, bitDepth } = coded;
    return { width, height, bitDepth, sampleAspect: ownAspect ?? coded.sampleAspect };
  }
  const isKnown =
    codec !== null && (PLAIN_CODECS.has(codec) || (ownAspect && STRETCHED_CODECS.has(codec)));
  if (!isKnown || size.width === 0 || size.height === 0) return null;
  return { ...size, bitDepth: null, sampleAspect: ownAspect };
}

/** High dynamic range by the code points of ITU-T H.273: 16 is SMPTE ST 2084 (PQ), 18 is HLG, 9 is BT.2020. */
export function hdrOf(coded: PictureFacts | null): HdrKind | null {
  if (coded?.colourTransfer === 16) return coded.colourPrimaries === 9 ? 'HDR10' : 'PQ';
  return coded?.colourTransfer === 18 ? 'HLG' : null;
}
