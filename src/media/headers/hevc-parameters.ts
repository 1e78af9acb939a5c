import { BitReader, unescapeNal } from './bit-reader';
import { readUsabilityFields } from './h264-parameters';
import { HeaderDoubt } from './header-source';
import type { PictureFacts } from './picture-facts';

const SEQUENCE_PARAMETER_SET = 33;

/**
 * Reads the first sequence parameter set of an `hvcC` box or of Matroska's CodecPrivate.
 * Sources: ISO/IEC 14496-15 section 8.3.3.1 (the record), ITU-T H.265 sections 7.3.2.2 and E.2 (the set).
 * @throws HeaderDoubt when there is none, or it is not understood
 */
export function readHevcConfiguration(record: Uint8Array): PictureFacts {
  if (record[0] !== 1) throw new HeaderDoubt('not a record of version 1');
  const arrays = record[22] ?? 0;
  let position = 23;
  for (let index = 0; index < arrays; index += 1) {
    const type = (record[position] ?? 0) & 0x3f;
    const count = word(record, position + 1);
    position += 3;
    for (let unit = 0; unit < count && position < record.length; unit += 1) {
      const length = word(record, position);
      const nal = record.subarray(position + 2, position + 2 + length);
      if (type === SEQUENCE_PARAMETER_SET && nal.length === length && length > 2) {
        return readSequence(new BitReader(unescapeNal(nal.subarray(2))));
      }
      position += 2 + length;
    }
  }
  throw new HeaderDoubt('no sequence parameter set');
}

function word(bytes: Uint8Array, position: number): number {
  return ((bytes[position] ?? 0) << 8) | (bytes[position + 1] ?? 0);
}

function readSequence(bits: BitReader): PictureFacts {
  bits.skip(4);
  const subLayers = bits.bits(3);
  bits.skip(1);
  const progressive = skipProfileAndLevel(bits, subLayers);
  bits.unsigned();
  const chroma = bits.unsigned();
  if (chroma === 3) bits.skip(1);
  const codedWidth = bits.unsigned();
  const codedHeight = bits.unsigned();
  const crop = bits.flag()
    ? {
        left: bits.unsigned(),
        right: bits.unsigned(),
        top: bits.unsigned(),
        bottom: bits.unsigned(),
      }
    : { left: 0, right: 0, top: 0, bottom: 0 };
  const luma = bits.unsigned() + 8;
  const chromaDepth = bits.unsigned() + 8;
  const cropX = chroma === 1 || chroma === 2 ? 2 : 1;
  const cropY = chroma === 1 ? 2 : 1;
  const width = codedWidth - cropX * (crop.left + crop.right);
  const height = codedHeight - cropY * (crop.top + crop.bottom);
  if (width <= 0 || height <= 0) throw new HeaderDoubt('a picture without size');
  const bitDepth = chroma === 0 || luma === chromaDepth ? luma : null;
  skipToUsability(bits, subLayers);
  const usability = bits.flag()
    ? readUsabilityFields(bits)
    : { sampleAspect: null, colourPrimaries: null, colourTransfer: null };
  return { width, height, bitDepth, progressive, ...usability };
}

/** @returns whether the source is declared progressive and frames only */
function skipProfileAndLevel(bits: BitReader, subLayers: number): boolean {
  bits.skip(8 + 32);
  const progressive = bits.flag();
  const interlaced = bits.flag();
  bits.skip(46 + 8);
  const present: [boolean, boolean][] = [];
  for (let layer = 0; layer < subLayers; layer += 1) present.push([bits.flag(), bits.flag()]);
  if (subLayers > 0) bits.skip(2 * (8 - subLayers));
  for (const [profile, level] of present) bits.skip((profile ? 88 : 0) + (level ? 8 : 0));
  return progressive && !interlaced;
}

function skipToUsability(bits: BitReader, subLayers: number): void {
  const orderBits = bits.unsigned() + 4;
  const everyLayer = bits.flag();
  for (let layer = everyLayer ? 0 : subLayers; layer <= subLayers; layer += 1) {
    for (let field = 0; field < 3; field += 1) bits.unsigned();
  }
  for (let field = 0; field < 6; field += 1) bits.unsigned();
  if (bits.flag() && bits.flag()) skipScalingLists(bits);
  bits.skip(2);
  if (bits.flag()) {
    bits.skip(8);
    bits.unsigned();
    bits.unsigned();
    bits.skip(1);
  }
  skipReferenceSets(bits);
  if (bits.flag()) {
    const count = bits.unsigned();
    if (count > 32) throw new HeaderDoubt('more long-term pictures than allowed');
    bits.skip(count * (orderBits + 1));
  }
  bits.skip(2);
}

/** Section 7.3.4. */
function skipScalingLists(bits: BitReader): void {
  for (let size = 0; size < 4; size += 1) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!bits.flag()) {
        bits.unsigned();
        continue;
      }
      if (size > 1) bits.signed();
      const count = Math.min(64, 1 << (4 + (size << 1)));
      for (let index = 0; index < count; index += 1) bits.signed();
    }
  }
}

/** Short-term reference picture sets, section 7.3.7: each may be predicted from the one before it. */
function skipReferenceSets(bits: BitReader): void {
  const count = bits.unsigned();
  if (count > 64) throw new HeaderDoubt('more reference picture sets than allowed');
  let pictures = 0;
  for (let index = 0; index < count; index += 1) {
    if (index > 0 && bits.flag()) {
      bits.skip(1);
      bits.unsigned();
      let kept = 0;
      for (let picture = 0; picture <= pictures; picture += 1) {
        const used = bits.flag();
        if (used || bits.flag()) kept += 1;
      }
      pictures = kept;
      continue;
    }
    const negative = bits.unsigned();
    const positive = bits.unsigned();
    pictures = negative + positive;
    if (pictures > 32) throw new HeaderDoubt('more reference pictures than allowed');
    for (let picture = 0; picture < pictures; picture += 1) {
      bits.unsigned();
      bits.skip(1);
    }
  }
}
