import { writeFileSync } from 'node:fs';

/** Where the white box is on the subtitle's canvas, in pixels. */
export const CANVAS = { width: 320, height: 240 };
export const BOX = { x: 80, y: 60, width: 160, height: 40 };

const CLOCK = 90_000;

/** Types of the segments that a Presentation Graphic Stream consists of. */
const PALETTE = 0x14;
const OBJECT = 0x15;
const COMPOSITION = 0x16;
const WINDOWS = 0x17;
const END = 0x80;

function segment(type: number, seconds: number, body: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.write('PG');
  head.writeUInt32BE(seconds * CLOCK, 2);
  head.writeUInt8(type, 10);
  head.writeUInt16BE(body.length, 11);
  return Buffer.concat([head, body]);
}

const words = (...values: number[]) =>
  Buffer.concat(values.map((value) => Buffer.from([value >> 8, value & 0xff])));

function composition(number: number, state: number, shows: boolean): Buffer {
  const object = shows ? [words(0), Buffer.from([0, 0]), words(BOX.x, BOX.y)] : [];
  return Buffer.concat([
    words(CANVAS.width, CANVAS.height),
    Buffer.from([0x10, ...words(number), state, 0, 0, shows ? 1 : 0]),
    ...object,
  ]);
}

/** Writes a PGS subtitle file: one white box, from the start of the file for two seconds. */
export function writeBitmapSubtitle(path: string): void {
  // A run of colour 1 over the whole line, and the end of the line.
  const line = Buffer.from([0, 0xc0 | (BOX.width >> 8), BOX.width & 0xff, 1, 0, 0]);
  const pixels = Buffer.concat(new Array<Buffer>(BOX.height).fill(line));
  const size = pixels.length + 4;
  const object = Buffer.concat([
    Buffer.from([0, 0, 0, 0xc0, size >> 16, (size >> 8) & 0xff, size & 0xff]),
    words(BOX.width, BOX.height),
    pixels,
  ]);
  const window = Buffer.concat([Buffer.from([1, 0]), words(BOX.x, BOX.y, BOX.width, BOX.height)]);
  const white = Buffer.from([0, 0, 1, 235, 128, 128, 255]);
  writeFileSync(
    path,
    Buffer.concat([
      segment(COMPOSITION, 1, composition(0, 0x80, true)),
      segment(WINDOWS, 1, window),
      segment(PALETTE, 1, white),
      segment(OBJECT, 1, object),
      segment(END, 1, Buffer.alloc(0)),
      segment(COMPOSITION, 3, composition(1, 0, false)),
      segment(WINDOWS, 3, window),
      segment(END, 3, Buffer.alloc(0)),
    ]),
  );
}
