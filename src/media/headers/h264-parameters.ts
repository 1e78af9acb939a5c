import { BitReader, unescapeNal } from './bit-reader';
import { HeaderDoubt } from './header-source';
import {
  EXTENDED_SAMPLE_ASPECT,
  type PictureFacts,
  positiveRatio,
  sampleAspectOf,
  specified,
} from './picture-facts';

/** Profiles whose parameter set tells the chroma format (H.264 section 7.3.2.1.1). */
const HIGH_PROFILES = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/**
 * Reads the first sequence parameter set of an `avcC` box or of Matroska's CodecPrivate.
 * Sources: ISO/IEC 14496-15 section 5.3.3.1 (the record), ITU-T H.264 sections 7.3.2.1 and E.1 (the set).
 * @throws HeaderDoubt when there is none, or it is not understood
 */
export function readAvcConfiguration(record: Uint8Array): PictureFacts {
  const count = (record[5] ?? 0) & 0x1f;
  const length = ((record[6] ?? 0) << 8) | (record[7] ?? 0);
  const nal = record.subarray(8, 8 + length);
  if (record[0] !== 1 || count === 0 || nal.length < length || ((nal[0] ?? 0) & 0x1f) !== 7) {
    throw new HeaderDoubt('no sequence parameter set');
  }
  return readSequence(new BitReader(unescapeNal(nal.subarray(1))));
}

function readSequence(bits: BitReader): PictureFacts {
  const profile = bits.bits(8);
  bits.skip(16);
  bits.unsigned();
  const format = HIGH_PROFILES.has(profile) ? readHighFormat(bits) : { chroma: 1, depth: 8 };
  bits.unsigned();
  skipPictureOrder(bits);
  bits.unsigned();
  bits.skip(1);
  const widthInBlocks = bits.unsigned() + 1;
  const heightInUnits = bits.unsigned() + 1;
  const progressive = bits.flag();
  if (!progressive) bits.skip(1);
  bits.skip(1);
  const crop = bits.flag()
    ? {
        left: bits.unsigned(),
        right: bits.unsigned(),
        top: bits.unsigned(),
        bottom: bits.unsigned(),
      }
    : { left: 0, right: 0, top: 0, bottom: 0 };
  const fieldFactor = progressive ? 1 : 2;
  const cropX = format.chroma === 1 || format.chroma === 2 ? 2 : 1;
  const cropY = (format.chroma === 1 ? 2 : 1) * fieldFactor;
  const width = widthInBlocks * 16 - cropX * (crop.left + crop.right);
  const height = heightInUnits * 16 * fieldFactor - cropY * (crop.top + crop.bottom);
  if (width <= 0 || height <= 0) throw new HeaderDoubt('a picture without size');
  return { width, height, bitDepth: format.depth, progressive, ...readUsability(bits) };
}

/** Chroma format and bit depth; the scaling lists behind them are skipped. */
function readHighFormat(bits: BitReader): { chroma: number; depth: number | null } {
  const chroma = bits.unsigned();
  if (chroma === 3) bits.skip(1);
  const luma = bits.unsigned() + 8;
  const chromaDepth = bits.unsigned() + 8;
  bits.skip(1);
  if (bits.flag()) {
    for (let list = 0; list < (chroma === 3 ? 12 : 8); list += 1) {
      if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
    }
  }
  return { chroma, depth: chroma === 0 || luma === chromaDepth ? luma : null };
}

function skipScalingList(bits: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let index = 0; index < size; index += 1) {
    if (next !== 0) next = (last + bits.signed() + 256) % 256;
    last = next === 0 ? last : next;
  }
}

function skipPictureOrder(bits: BitReader): void {
  const type = bits.unsigned();
  if (type === 0) bits.unsigned();
  if (type !== 1) return;
  bits.skip(1);
  bits.signed();
  bits.signed();
  const cycle = bits.unsigned();
  if (cycle > 255) throw new HeaderDoubt('a picture order cycle that is not allowed');
  for (let index = 0; index < cycle; index += 1) bits.signed();
}

type Usability = Pick<PictureFacts, 'sampleAspect' | 'colourPrimaries' | 'colourTransfer'>;

/** Video usability information, section E.1.1, as far as the colours. */
function readUsability(bits: BitReader): Usability {
  const nothing: Usability = { sampleAspect: null, colourPrimaries: null, colourTransfer: null };
  return bits.flag() ? readUsabilityFields(bits) : nothing;
}

/** Aspect and colours: the same fields in the same order open the usability information of H.264 and H.265. */
export function readUsabilityFields(bits: BitReader): Usability {
  const usability: Usability = { sampleAspect: null, colourPrimaries: null, colourTransfer: null };
  if (bits.flag()) {
    const code = bits.bits(8);
    usability.sampleAspect =
      code === EXTENDED_SAMPLE_ASPECT
        ? positiveRatio(bits.bits(16), bits.bits(16))
        : sampleAspectOf(code);
  }
  if (bits.flag()) bits.skip(1);
  if (bits.flag()) {
    bits.skip(4);
    if (bits.flag()) {
      usability.colourPrimaries = specified(bits.bits(8));
      usability.colourTransfer = specified(bits.bits(8));
    }
  }
  return usability;
}
