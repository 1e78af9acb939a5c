import { extname } from 'node:path';
import { type Element, elementAt, elements, Values } from './ebml';
import { HeaderDoubt, type HeaderSource } from './header-source';
import { bitRate } from './iso-media';
import { readTrackEntry } from './matroska-track';
import type { QuickFacts } from './quick-facts';
import { factsOfTracks, type Track } from './track-facts';

const EBML = 0x1a45dfa3;
const DOC_TYPE = 0x4282;
const SEGMENT = 0x18538067;
const SEEK_HEAD = 0x114d9b74;
const SEEK = 0x4dbb;
const SEEK_ID = 0x53ab;
const SEEK_POSITION = 0x53ac;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const DATE = 0x4461;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const CLUSTER = 0x1f43b675;
const TAGS = 0x1254c367;

/** Whether the first bytes of a file are an EBML header. */
export function isMatroska(head: Uint8Array): boolean {
  return [0x1a, 0x45, 0xdf, 0xa3].every((byte, index) => head[index] === byte);
}

/** Tags that would overrule the header in ffprobe's answer. */
const OVERRULING_TAGS = /rotate|creation_time|creationdate/i;
const MAX_TAGS_BYTES = 32 * 1024;

/**
 * Facts from the segment's information and tracks; clusters are not read.
 * Sources: RFC 8794 (EBML), RFC 9559 (Matroska).
 * @param fileName tells WebM from Matroska, as with ffprobe
 * @throws HeaderDoubt
 */
export async function readMatroska(source: HeaderSource, fileName: string): Promise<QuickFacts> {
  const header = await elementAt(source, 0, source.size);
  if (header.id !== EBML) throw new HeaderDoubt('no EBML header');
  const type = (await Values.read(source, header)).text(DOC_TYPE);
  if (type !== 'matroska' && type !== 'webm') throw new HeaderDoubt('another kind of EBML');
  const segment = await elementAt(source, header.end, source.size);
  if (segment.id !== SEGMENT) throw new HeaderDoubt('no segment');
  const parts = await findParts(source, segment);
  const { durationUs, recordedAtMs } = await readInfo(source, parts.info);
  const tracks = await readTracks(source, parts.tracks);
  const isOverruled = await mayBeOverruled(source, parts.tags);
  const facts = factsOfTracks(tracks);
  return {
    ...facts,
    container: extname(fileName).toLowerCase() === '.webm' ? 'webm' : 'matroska',
    ...(isOverruled ? { width: null, height: null, rotation: null } : {}),
    durationUs,
    bitRate: bitRate(source.size, durationUs),
    recordedAtMs: isOverruled ? null : recordedAtMs,
  };
}

interface Parts {
  info: Element;
  tracks: Element;
  tags: Element[];
}

/** Information and tracks stand before the first cluster, or the seek head tells where. */
async function findParts(source: HeaderSource, segment: Element): Promise<Parts> {
  const found = new Map<number, Element>();
  const tags = new Map<number, Element>();
  const note = (element: Element) => {
    if (element.id === TAGS) tags.set(element.start, element);
    else if (!found.has(element.id)) found.set(element.id, element);
  };
  const seeks: number[] = [];
  for await (const element of elements(source, segment.start, segment.end)) {
    if (element.id === CLUSTER) break;
    note(element);
    if (element.id === SEEK_HEAD) seeks.push(...(await seekPositions(source, element, segment)));
  }
  for (const position of seeks) note(await elementAt(source, position, segment.end));
  const info = found.get(INFO);
  const tracks = found.get(TRACKS);
  if (!info || !tracks) throw new HeaderDoubt('no information or no tracks');
  return { info, tracks, tags: [...tags.values()] };
}

async function seekPositions(
  source: HeaderSource,
  seekHead: Element,
  segment: Element,
): Promise<number[]> {
  const wanted = new Set([INFO, TRACKS, TAGS]);
  const positions: number[] = [];
  for await (const element of elements(source, seekHead.start, seekHead.end)) {
    if (element.id !== SEEK) continue;
    const seek = await Values.read(source, element);
    const position = seek.unsigned(SEEK_POSITION);
    if (position === null || !wanted.has(seek.unsigned(SEEK_ID) ?? 0)) continue;
    if (segment.start + position < source.size) positions.push(segment.start + position);
  }
  return positions;
}

/** Nanoseconds between 1970 and 2001, where Matroska's dates begin. */
const MATROSKA_EPOCH_NS = 978_307_200_000_000_000n;

async function readInfo(source: HeaderSource, info: Element) {
  const values = await Values.read(source, info);
  const scale = values.unsigned(TIMESTAMP_SCALE) ?? 1_000_000;
  const duration = values.float(DURATION);
  // In the order of FFmpeg's matroska demuxer, which cuts to whole microseconds.
  const microseconds = duration === null ? 0 : Math.trunc((duration * scale * 1000) / 1_000_000);
  const date = values.bytes(DATE);
  return {
    durationUs: Number.isSafeInteger(microseconds) && microseconds > 0 ? microseconds : null,
    recordedAtMs: date?.length === 8 ? dateMs(date.readBigInt64BE(0)) : null,
  };
}

function dateMs(nanoseconds: bigint): number | null {
  const milliseconds = Number((nanoseconds + MATROSKA_EPOCH_NS) / 1_000_000_000n) * 1000;
  const isSane = milliseconds >= Date.UTC(1971, 0, 1) && milliseconds < Date.UTC(2100, 0, 1);
  return isSane ? milliseconds : null;
}

async function readTracks(source: HeaderSource, tracks: Element): Promise<Track[]> {
  const list: Track[] = [];
  for await (const element of elements(source, tracks.start, tracks.end)) {
    if (element.id === TRACK_ENTRY) list.push(await readTrackEntry(source, element));
  }
  return list;
}

async function mayBeOverruled(source: HeaderSource, tags: readonly Element[]): Promise<boolean> {
  for (const { start, end } of tags) {
    if (end - start > MAX_TAGS_BYTES) return true;
    const text = (await source.bytes(start, end - start)).toString('latin1');
    if (OVERRULING_TAGS.test(text)) return true;
  }
  return false;
}
