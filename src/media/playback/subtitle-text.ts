/** Bytes that begin a text in UTF-16, by byte order. */
const UTF_16_MARKS: readonly (readonly [string, readonly [number, number]])[] = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What Windows-1252 has in place of the control characters 80 to 9F. Node's own decoder leaves those as they are. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * The text of a subtitle file, whatever it was written in. Old ones do not say; most of them are in the code page of
 * Western Europe.
 */
export function decodeSubtitle(bytes: Uint8Array): string {
  for (const [encoding, [first, second]] of UTF_16_MARKS) {
    if (bytes[0] === first && bytes[1] === second) return new TextDecoder(encoding).decode(bytes);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return decodeWestern(bytes);
  }
}

function decodeWestern(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(
      /[\u0080-\u009f]/g,
      (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control,
    );
}
