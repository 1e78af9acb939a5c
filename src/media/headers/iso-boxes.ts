import { HeaderDoubt, type HeaderSource } from './header-source';

/** A box of ISO/IEC 14496-12 section 4.2. `start` and `end` are positions of its payload in the file. */
export interface Box {
  type: string;
  start: number;
  end: number;
}

/** Boxes looked at in one place; real files have a few dozen. */
const MAX_BOXES = 256;

/** The boxes that lie one after the other between two positions. The walk reads their headers only. */
export async function* boxes(
  source: HeaderSource,
  start: number,
  end: number,
): AsyncGenerator<Box> {
  let position = start;
  for (let count = 0; position + 8 <= end; count += 1) {
    if (count === MAX_BOXES) throw new HeaderDoubt('too many boxes');
    const box = await readBox(source, position, end);
    yield box;
    position = box.end;
  }
}

async function readBox(source: HeaderSource, position: number, limit: number): Promise<Box> {
  const header = await source.bytes(position, 8);
  const type = header.toString('latin1', 4, 8);
  const size = header.readUInt32BE(0);
  if (size >= 8) return boxOf(type, position + 8, position + size, limit);
  // 0: to the end of what it lies in; 1: the size follows in 64 bits.
  if (size === 0) return boxOf(type, position + 8, limit, limit);
  if (size !== 1) throw new HeaderDoubt('a box that is smaller than its header');
  const large = Number((await source.bytes(position + 8, 8)).readBigUInt64BE(0));
  if (large < 16) throw new HeaderDoubt('a box that is smaller than its header');
  return boxOf(type, position + 16, position + large, limit);
}

function boxOf(type: string, start: number, end: number, limit: number): Box {
  // Only the data itself may be cut off: the last box of a file that was not copied whole.
  if (end > limit && type !== 'mdat') throw new HeaderDoubt(`the box ${type} ends outside`);
  return { type, start, end: Math.min(end, limit) };
}

/** The boxes by type, the first of each. */
export async function boxMap(source: HeaderSource, { start, end }: Box): Promise<Map<string, Box>> {
  const map = new Map<string, Box>();
  for await (const box of boxes(source, start, end)) if (!map.has(box.type)) map.set(box.type, box);
  return map;
}

/** The payload of a small box, copied. @throws HeaderDoubt when it is shorter than `minimum` */
export async function payload(
  source: HeaderSource,
  { type, start, end }: Box,
  minimum = 0,
  maximum = 16 * 1024,
): Promise<Buffer> {
  if (end - start < minimum) throw new HeaderDoubt(`the box ${type} is too short`);
  return Buffer.from(await source.bytes(start, Math.min(end - start, maximum)));
}
