import { channelsOfAac } from './aac-configuration';
import type { HeaderSource } from './header-source';
import { type Box, boxMap, payload } from './iso-boxes';
import type { SampleDescription } from './iso-sample-description';
import { readStreamDescriptor } from './mpeg4-descriptors';

interface AudioFacts {
  codec: string | null;
  channels: number | null;
}

const NOTHING: AudioFacts = { codec: null, channels: null };

/** `AudioSampleEntry` with its box header, by the version of QuickTime's sound description. */
const ENTRY_BYTES = [36, 52, 72] as const;

/** Reads the sample entry of an audio track (ISO/IEC 14496-12 section 12.2.3, QuickTime's sound descriptions). */
export async function audioEntry(source: HeaderSource, entry: Box): Promise<SampleDescription> {
  const fields = await payload(source, entry, 36, 36);
  const length = ENTRY_BYTES[fields.readUInt16BE(16)];
  const description = { picture: null, hdr: null, isStill: false, samplesAreFrames: false };
  if (length === undefined || entry.start + length > entry.end)
    return { ...NOTHING, ...description };
  const parts = await partsOf(source, { ...entry, start: entry.start + length });
  const part = async (type: string) => {
    const box = parts.get(type);
    return box ? payload(source, box) : null;
  };
  return { ...(await factsOf(entry.type, fields, length, part)), ...description };
}

/** QuickTime packs what belongs to a decoder into a `wave` box. */
async function partsOf(source: HeaderSource, place: Box): Promise<Map<string, Box>> {
  const parts = await boxMap(source, place);
  const wave = parts.get('wave');
  return wave ? new Map([...parts, ...(await boxMap(source, wave))]) : parts;
}

async function factsOf(
  type: string,
  fields: Buffer,
  length: number,
  part: (type: string) => Promise<Buffer | null>,
): Promise<AudioFacts> {
  // Version 2 keeps its numbers elsewhere.
  const stored = length === 72 ? null : fields.readUInt16BE(24);
  const bits = fields.readUInt16BE(26);
  switch (type) {
    case 'mp4a':
      return mpeg4Audio(await part('esds'));
    case 'ac-3':
      return { codec: 'ac3', channels: ac3Channels(await part('dac3')) };
    case 'ec-3':
      return { codec: 'eac3', channels: null };
    case 'Opus':
      return { codec: 'opus', channels: (await part('dOps'))?.[1] ?? null };
    case 'fLaC':
      return { codec: 'flac', channels: null };
    case 'alac':
      return { codec: 'alac', channels: null };
    case 'samr':
      return { codec: 'amr_nb', channels: 1 };
    case 'sawb':
      return { codec: 'amr_wb', channels: 1 };
    case 'sowt':
      return bits === 16 && stored ? { codec: 'pcm_s16le', channels: stored } : NOTHING;
    case 'twos':
      return bits === 16 && stored ? { codec: 'pcm_s16be', channels: stored } : NOTHING;
    default:
      return NOTHING;
  }
}

/** Object types of MPEG-4 and MPEG-2 AAC. */
const AAC_OBJECTS = new Set([0x40, 0x66, 0x67, 0x68]);

function mpeg4Audio(descriptor: Buffer | null): AudioFacts {
  const stream = descriptor && readStreamDescriptor(descriptor);
  if (!stream || !AAC_OBJECTS.has(stream.objectType)) return NOTHING;
  const { decoderConfiguration } = stream;
  return decoderConfiguration ? channelsOfAac(decoderConfiguration) : NOTHING;
}

/** Front, surround and low-frequency channels by `acmod` and `lfeon`: ETSI TS 102 366 annex F.4. */
function ac3Channels(data: Buffer | null): number | null {
  if (!data || data.length < 3) return null;
  const value = data.readUIntBE(0, 3);
  const channels = [2, 1, 2, 3, 3, 4, 4, 5][(value >> 11) & 7] ?? 0;
  return channels + ((value >> 10) & 1);
}
