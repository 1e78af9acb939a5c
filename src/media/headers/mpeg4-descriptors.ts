/** The parts of an elementary stream descriptor that tell the codec. */
export interface StreamDescriptor {
  /** `objectTypeIndication`, registered at mp4ra.org. */
  objectType: number;
  decoderConfiguration: Buffer | null;
}

const ELEMENTARY_STREAM = 3;
const DECODER_CONFIGURATION = 4;
const DECODER_SPECIFIC = 5;

/** Reads an `esds` box's payload (ISO/IEC 14496-1 section 7.2.6); null when it is not understood. */
export function readStreamDescriptor(data: Buffer): StreamDescriptor | null {
  const stream = descriptorAt(data, 4);
  if (stream?.tag !== ELEMENTARY_STREAM) return null;
  const flags = stream.body[2] ?? 0;
  let position = 3;
  if (flags & 0x80) position += 2;
  if (flags & 0x40) position += 1 + (stream.body[position] ?? 0);
  if (flags & 0x20) position += 2;
  const configuration = descriptorAt(stream.body, position);
  if (configuration?.tag !== DECODER_CONFIGURATION) return null;
  const objectType = configuration.body[0];
  if (objectType === undefined) return null;
  const specific = descriptorAt(configuration.body, 13);
  const isSpecific = specific?.tag === DECODER_SPECIFIC;
  return { objectType, decoderConfiguration: isSpecific ? specific.body : null };
}

export function objectTypeOf(data: Buffer): number | null {
  return readStreamDescriptor(data)?.objectType ?? null;
}

function descriptorAt(data: Buffer, start: number): { tag: number; body: Buffer } | null {
  const tag = data[start];
  if (tag === undefined) return null;
  let length = 0;
  let position = start + 1;
  for (let index = 0; index < 4; index += 1) {
    const byte = data[position];
    if (byte === undefined) return null;
    position += 1;
    length = length * 128 + (byte & 0x7f);
    if (byte < 0x80) break;
  }
  return { tag, body: data.subarray(position, position + length) };
}
