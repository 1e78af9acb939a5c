/** First byte of every MPEG-TS packet. */
const SYNC_BYTE = 0x47;

/** Plain packets, packets with a time stamp in front (AVCHD, Blu-ray), and packets with error correction behind. */
const PACKET_SIZES = [188, 192, 204] as const;

/** Packets that must follow each other; text with the letter G at five such places does not occur. */
const PACKETS = 5;

/** Bytes of a file's beginning that the checks need. */
export const CONTENT_HEAD_BYTES = 1024;

/** Whether the beginning of a file is an MPEG transport stream, which may start in the middle of a packet. */
export function isTransportStream(head: Uint8Array): boolean {
  return PACKET_SIZES.some((size) => {
    for (let start = 0; start < size; start++) {
      if (hasPackets(head, start, size)) return true;
    }
    return false;
  });
}

function hasPackets(head: Uint8Array, start: number, size: number): boolean {
  for (let packet = 0; packet < PACKETS; packet++) {
    if (head[start + packet * size] !== SYNC_BYTE) return false;
  }
  return true;
}

/** Whether the beginning of a file is an MPEG programme stream: a pack header. */
export function isProgrammeStream(head: Uint8Array): boolean {
  return [0x00, 0x00, 0x01, 0xba].every((byte, position) => head[position] === byte);
}
