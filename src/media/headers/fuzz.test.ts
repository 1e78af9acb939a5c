import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeaderSource } from './header-source';
import { readHeader } from './read-header';
import { makeHeaderCorpus } from './testing/header-corpus';

/** Cases of each property; 100,000 for a long run. */
const CASES = Number(process.env['VITRINE_FUZZ_CASES'] ?? 3000);

/** What no file may make a reader exceed. */
const MAX_READS = 96;
const MAX_BYTES = 1024 * 1024;
const MAX_PIECE = 64 * 1024;

let folder: string;
let clips: { name: string; bytes: Buffer }[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-fuzz-'));
  const files = await makeHeaderCorpus(folder);
  clips = await Promise.all(
    files.map(async (path) => ({ name: basename(path), bytes: await readFile(path) })),
  );
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Reads a file in memory and makes sure that it is read as a file may be. */
async function readBounded(name: string, bytes: Buffer, size = bytes.length): Promise<void> {
  let reads = 0;
  let total = 0;
  const source = new HeaderSource(async (buffer, position) => {
    reads += 1;
    total += buffer.length;
    expect(Number.isSafeInteger(position) && position >= 0).toBe(true);
    expect(position + buffer.length).toBeLessThanOrEqual(size);
    expect(buffer.length).toBeLessThanOrEqual(MAX_PIECE);
    return position < bytes.length ? bytes.copy(buffer, 0, position) : 0;
  }, size);
  await readHeader(source, name);
  expect(reads).toBeLessThanOrEqual(MAX_READS);
  expect(total).toBeLessThanOrEqual(MAX_BYTES);
}

/** Where structure is: the beginning, and the end where a movie box may stand. */
function place(length: number, fraction: number, fromEnd: boolean): number {
  const near = Math.floor(fraction * Math.min(length, 4096));
  return fromEnd ? Math.max(0, length - 1 - near) : near;
}

const mutation = fc.record({
  fraction: fc.double({ min: 0, max: 1, noNaN: true }),
  fromEnd: fc.boolean(),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      new Uint8Array([0, 0, 0, 0]),
      new Uint8Array([0, 0, 0, 1]),
      new Uint8Array([0xff, 0xff, 0xff, 0xff]),
      new Uint8Array([0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
      new Uint8Array([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
    ),
  ),
});

describe('header readers, whatever a file holds', () => {
  it('neither throw nor read too much when bytes are changed', { timeout: 1_200_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.array(mutation, { minLength: 1, maxLength: 6 }),
        async (choice, mutations) => {
          const clip = clips[choice % clips.length];
          if (!clip) throw new Error('The corpus is empty.');
          const bytes = Buffer.from(clip.bytes);
          for (const { fraction, fromEnd, bytes: values } of mutations) {
            bytes.set(
              values.subarray(0, bytes.length),
              Math.min(
                place(bytes.length, fraction, fromEnd),
                Math.max(0, bytes.length - values.length),
              ),
            );
          }
          await readBounded(clip.name, bytes);
        },
      ),
      { numRuns: CASES },
    );
  });

  it('neither throw nor read too much when a file is cut off', { timeout: 1_200_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        async (choice, fraction, fromEnd) => {
          const clip = clips[choice % clips.length];
          if (!clip) throw new Error('The corpus is empty.');
          const length = place(clip.bytes.length, fraction, fromEnd);
          await readBounded(clip.name, clip.bytes.subarray(0, length));
          // Cut off while it is read: the size was taken before.
          await readBounded(clip.name, clip.bytes.subarray(0, length), clip.bytes.length);
        },
      ),
      { numRuns: CASES },
    );
  });

  it('neither throw nor read too much on random bytes', { timeout: 1_200_000 }, async () => {
    const starts = [
      Buffer.from('00000018667479706d703432', 'hex'),
      Buffer.from('000000086d6f6f76', 'hex'),
      Buffer.from('1a45dfa3', 'hex'),
      Buffer.from('1a45dfa3884282886d6174726f736b6118538067', 'hex'),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.uint8Array({ maxLength: 2000 }),
        fc.constantFrom('a.mp4', 'a.mkv'),
        async (start, rest, name) => readBounded(name, Buffer.concat([start, rest])),
      ),
      { numRuns: CASES },
    );
  });
});
