import { isUtf8 } from 'node:buffer';

/** What a name that is not valid UTF-8 has in place of its invalid bytes, once it is decoded. */
const REPLACEMENT = '\uFFFD';

/** Whether a decoded name may have lost bytes (or really holds U+FFFD): only the raw bytes tell. */
export function mayHaveLostBytes(name: string): boolean {
  return name.includes(REPLACEMENT);
}

/** A name for people, with its raw bytes where the name alone would not find the file again. */
export interface DecodedName {
  name: string;
  bytes: Buffer | null;
}

/** Decodes a name; invalid bytes are shown as `\xNN`. */
export function decodeName(bytes: Buffer): DecodedName {
  if (isUtf8(bytes)) return { name: bytes.toString('utf8'), bytes: null };
  let name = '';
  for (let position = 0; position < bytes.length; ) {
    const length = sequenceLength(bytes, position);
    name += length
      ? bytes.toString('utf8', position, position + length)
      : `\\x${bytes.toString('hex', position, position + 1).toUpperCase()}`;
    position += length || 1;
  }
  return { name, bytes };
}

/** Length of the valid UTF-8 sequence at a position; 0 where there is none. */
function sequenceLength(bytes: Buffer, position: number): number {
  const first = bytes[position] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const end = position + length;
  return end <= bytes.length && isUtf8(bytes.subarray(position, end)) ? length : 0;
}
