/** Bytes from which a container can be told, and where they stand. */
interface Signature {
  at: number;
  bytes: readonly number[];
}

const ascii = (text: string, at = 0): Signature => ({
  at,
  bytes: [...Buffer.from(text, 'latin1')],
});

const SIGNATURES: readonly Signature[] = [
  // ISO base media and QuickTime: the type of the first box
  ...['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].map((type) => ascii(type, 4)),
  // Matroska and WebM
  { at: 0, bytes: [0x1a, 0x45, 0xdf, 0xa3] },
  ascii('AVI ', 8),
  // ASF: Windows Media
  { at: 0, bytes: [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11] },
  ascii('FLV\x01'),
  ascii('OggS'),
  // MPEG programme stream, and video without a container
  { at: 0, bytes: [0, 0, 1, 0xba] },
  { at: 0, bytes: [0, 0, 1, 0xb3] },
  // MXF
  { at: 0, bytes: [0x06, 0x0e, 0x2b, 0x34] },
  ascii('.RMF'),
  ascii('nut/multimedia container'),
];

/** Bytes of a file's beginning that are looked at. */
export const SIGNATURE_BYTES = 32;

/** Whether a file begins as a video does, however it goes on. */
export function beginsAsVideo(head: Uint8Array): boolean {
  return SIGNATURES.some(({ at, bytes }) =>
    bytes.every((byte, position) => head[at + position] === byte),
  );
}
