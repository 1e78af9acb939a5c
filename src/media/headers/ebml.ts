import { HeaderDoubt, type HeaderSource } from './header-source';

/** An EBML element (RFC 8794). `start` and `end` are positions of its data in the file. */
export interface Element {
  id: number;
  start: number;
  end: number;
}

/** Elements looked at in one master; real headers have a few dozen. */
const MAX_ELEMENTS = 512;

/**
 * The elements that lie one after the other between two positions. A cluster or segment may be of unknown size while
 * it is written live: it then reaches to the end of what it lies in.
 */
export async function* elements(
  source: HeaderSource,
  start: number,
  end: number,
): AsyncGenerator<Element> {
  let position = start;
  for (let count = 0; position < end; count += 1) {
    if (count === MAX_ELEMENTS) throw new HeaderDoubt('too many elements');
    const element = await elementAt(source, position, end);
    yield element;
    position = element.end;
  }
}

/** The element whose header stands at a position. */
export async function elementAt(
  source: HeaderSource,
  position: number,
  limit: number,
): Promise<Element> {
  const head = await source.bytes(position, Math.min(12, limit - position));
  const id = readId(head);
  const size = readSize(head, id.length);
  const start = position + id.length + size.length;
  if (size.value === null) return { id: id.value, start, end: limit };
  return { id: id.value, start, end: Math.min(start + size.value, limit) };
}

function readId(head: Buffer): { value: number; length: number } {
  const length = Math.clz32(head[0] ?? 0) - 23;
  if (length > 4 || length > head.length) throw new HeaderDoubt('no element');
  return { value: head.readUIntBE(0, length), length };
}

/** @returns null for a size that is not known */
function readSize(head: Buffer, at: number): { value: number | null; length: number } {
  const first = head[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (length > 8 || at + length > head.length) throw new HeaderDoubt('an element without size');
  let value = BigInt(first & (0xff >> length));
  for (let index = 1; index < length; index += 1)
    value = value * 256n + BigInt(head[at + index] ?? 0);
  const isUnknown = value === (1n << BigInt(7 * length)) - 1n;
  if (!isUnknown && value > BigInt(Number.MAX_SAFE_INTEGER))
    throw new HeaderDoubt('a size too large');
  return { value: isUnknown ? null : Number(value), length };
}

/** Data of an element by ID, the last of each kept as the specification has it for elements that may occur once. */
export class Values {
  readonly #data = new Map<number, Buffer>();

  static async read(source: HeaderSource, { start, end }: Element): Promise<Values> {
    const values = new Values();
    for await (const element of elements(source, start, end)) {
      const length = element.end - element.start;
      // What is longer is no number or short text, and not looked at.
      if (length > 4096) continue;
      values.#data.set(element.id, Buffer.from(await source.bytes(element.start, length)));
    }
    return values;
  }

  has(id: number): boolean {
    return this.#data.has(id);
  }

  bytes(id: number): Buffer | null {
    return this.#data.get(id) ?? null;
  }

  /** An unsigned integer; null when it is absent or beyond what a number holds exactly. */
  unsigned(id: number): number | null {
    const data = this.#data.get(id);
    if (!data) return null;
    if (data.length > 8) throw new HeaderDoubt('an integer of more than 64 bits');
    let value = 0n;
    for (const byte of data) value = value * 256n + BigInt(byte);
    return value > BigInt(Number.MAX_SAFE_INTEGER) ? null : Number(value);
  }

  float(id: number): number | null {
    const data = this.#data.get(id);
    if (data?.length === 4) return data.readFloatBE(0);
    return data?.length === 8 ? data.readDoubleBE(0) : null;
  }

  text(id: number): string | null {
    return this.#data.get(id)?.toString('latin1').replace(/\0.*$/s, '') ?? null;
  }
}
