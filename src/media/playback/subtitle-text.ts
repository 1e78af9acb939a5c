/** Bytes that begin a text in UTF-16, by byte order. */
const UTF_16_MARKS: readonly (readonly [string, readonly [number, number]])[] = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * A subtitle file as UTF-8, whatever it was written in. Old ones do not say; most of them are in the code page of
 * Western Europe.
 */
export function decodeSubtitle(bytes: Uint8Array): string {
  for (const [encoding, [first, second]] of UTF_16_MARKS) {
    if (bytes[0] === first && bytes[1] === second) return new TextDecoder(encoding).decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
