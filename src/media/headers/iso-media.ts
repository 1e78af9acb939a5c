import { isoContainer } from '../probe/container-name';
import { HeaderDoubt, type HeaderSource } from './header-source';
import { type Box, boxes, boxMap, payload } from './iso-boxes';
import { type IsoTrack, readTrack } from './iso-track';
import type { QuickFacts } from './quick-facts';
import { factsOfTracks } from './track-facts';

/** Types that a file of the family may begin with. */
const FIRST_BOXES = new Set(['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp']);

/** Whether the first bytes of a file are a box of the ISO base media family (mp4, mov, m4v, 3gp). */
export function isIsoMedia(head: Uint8Array): boolean {
  return FIRST_BOXES.has(Buffer.from(head.subarray(4, 8)).toString('latin1'));
}

/**
 * Facts from the `moov` box, wherever it stands; sample tables and media data are skipped.
 * Sources: ISO/IEC 14496-12 (structure), 14496-14 and 14496-15 (MPEG-4 codecs), Apple's QuickTime File Format.
 * @throws HeaderDoubt
 */
export async function readIsoMedia(source: HeaderSource): Promise<QuickFacts> {
  let brand: string | null = null;
  for await (const box of boxes(source, 0, source.size)) {
    if (box.type === 'ftyp') brand = (await payload(source, box, 4)).toString('latin1', 0, 4);
    // Movie fragments before any movie box: a segment that only its playlist explains.
    if (box.type === 'moof') break;
    if (box.type === 'moov') return readMovie(source, box, isoContainer(brand));
  }
  throw new HeaderDoubt('no movie box');
}

async function readMovie(source: HeaderSource, movie: Box, container: string): Promise<QuickFacts> {
  const children: Box[] = [];
  for await (const box of boxes(source, movie.start, movie.end)) children.push(box);
  const one = (type: string) => children.find((box) => box.type === type);
  const header = one('mvhd');
  if (!header) throw new HeaderDoubt('no movie header');
  const { timescale, createdAtMs, isTurned } = readMovieHeader(await payload(source, header, 100));
  const tracks: IsoTrack[] = [];
  for (const box of children) {
    if (box.type === 'trak') tracks.push(await readTrack(source, box, timescale));
  }
  const isFragmented = one('mvex') !== undefined;
  const facts = factsOfTracks(tracks);
  const durationUs = isFragmented ? null : durationOf(tracks);
  return {
    ...facts,
    container,
    rotation: isTurned ? null : facts.rotation,
    ...(isTurned ? { width: null, height: null } : {}),
    // What fragments hold is not in the header.
    ...(isFragmented ? { frameRate: null, variableFrameRate: null, bitDepth: null } : {}),
    durationUs,
    bitRate: bitRate(source.size, durationUs),
    recordedAtMs: (await hasQuickTimeTags(source, children)) ? null : createdAtMs,
  };
}

/** FFmpeg's avformat: bytes over duration, cut to a whole number. */
export function bitRate(sizeBytes: number, durationUs: number | null): number | null {
  if (durationUs === null) return null;
  return Math.trunc((sizeBytes * 8 * 1_000_000) / durationUs) || null;
}

/** Seconds between 1904, where QuickTime's clock begins, and 1970. */
const QUICKTIME_EPOCH = 2_082_844_800;
/** A camera whose clock was never set gives its epoch; ffprobe's parser has the same bounds. */
const EARLIEST_MS = Date.UTC(1971, 0, 1);
const LATEST_MS = Date.UTC(2100, 0, 1);

function readMovieHeader(data: Buffer) {
  const isLong = data[0] === 1;
  if (isLong && data.length < 112) throw new HeaderDoubt('the movie header is too short');
  const created = isLong ? Number(data.readBigUInt64BE(4)) : data.readUInt32BE(4);
  const timescale = data.readUInt32BE(isLong ? 20 : 12);
  const createdAtMs = (created - QUICKTIME_EPOCH) * 1000;
  const matrix = data.subarray(isLong ? 48 : 36);
  return {
    timescale,
    createdAtMs: createdAtMs >= EARLIEST_MS && createdAtMs < LATEST_MS ? createdAtMs : null,
    isTurned: !isIdentity(matrix),
  };
}

/**
 * FFmpeg's avformat: from the first start to the last end of sound and pictures. Every track of which the end is known
 * starts at zero. A longer track of another kind may count or not, so that it leaves the duration open.
 */
function durationOf(tracks: readonly IsoTrack[]): number | null {
  let longest = 0;
  for (const { kind, endUs } of tracks) {
    if (endUs === null) return null;
    if (kind === 'video' || kind === 'audio') longest = Math.max(longest, endUs);
  }
  return longest > 0 && tracks.every(({ endUs }) => (endUs ?? 0) <= longest) ? longest : null;
}

/** The transformation of a whole movie: anything but the unit matrix is rare enough for ffprobe. */
function isIdentity(matrix: Buffer): boolean {
  return [0x10000, 0, 0, 0, 0x10000, 0].every(
    (value, index) => matrix.readInt32BE(Math.floor(index / 3) * 12 + (index % 3) * 4) === value,
  );
}

/** Whether tags in QuickTime's own form are there, which may hold another date than the movie header's. */
async function hasQuickTimeTags(source: HeaderSource, children: readonly Box[]): Promise<boolean> {
  const user = children.find(({ type }) => type === 'udta');
  const inside = user ? (await boxMap(source, user)).get('meta') : undefined;
  for (const box of [inside, ...children.filter(({ type }) => type === 'meta')]) {
    if (!box) continue;
    const head = await payload(source, box, 0, 40);
    if (!head.toString('latin1').includes('mdir')) return true;
  }
  return children.some(({ type }) => type === 'uuid');
}
