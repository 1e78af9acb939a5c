const MORE = 0x80;
const LOW_BITS = 0x7f;
const BITS = 7;

/**
 * IDs in any order as bytes: the difference of each to the one before, seven bits a byte. Those of neighbours, as a
 * selection of everything has them, take one byte each.
 */
export function packIds(ids: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  let last = 0;
  for (const id of ids) {
    const difference = id - last;
    last = id;
    // Zigzag: small numbers of both signs become small ones without. IDs are beyond 32 bits only in theory.
    let rest = difference < 0 ? -2 * difference - 1 : 2 * difference;
    while (rest > LOW_BITS) {
      bytes.push((rest % (LOW_BITS + 1)) + MORE);
      rest = Math.floor(rest / (LOW_BITS + 1));
    }
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

/** What {@link packIds} was given. */
export function unpackIds(bytes: Uint8Array): number[] {
  const ids: number[] = [];
  let last = 0;
  let rest = 0;
  let bits = 0;
  for (const byte of bytes) {
    rest += (byte & LOW_BITS) * 2 ** bits;
    bits += BITS;
    if (byte >= MORE) continue;
    last += rest % 2 === 1 ? -(rest + 1) / 2 : rest / 2;
    ids.push(last);
    rest = 0;
    bits = 0;
  }
  return ids;
}
