import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { WalkedFile } from './library-protocol';
import { countFiles, packFiles, unpackFiles, versionAt } from './walked-files';

const file: fc.Arbitrary<WalkedFile> = fc.record({
  name: fc.string({ unit: 'grapheme' }),
  nameBytes: fc.option(fc.uint8Array({ minLength: 1 })),
  sizeBytes: fc.nat(Number.MAX_SAFE_INTEGER),
  mtimeMs: fc.integer({ min: -8.64e15, max: 8.64e15 }),
  inode: fc.bigInt(0n, 2n ** 64n - 1n).map(Number),
});

it('files are the same after their way from one process to another', () => {
  fc.assert(
    fc.property(fc.array(file), (files) => {
      const arrived = structuredClone(packFiles(files));
      expect(countFiles(arrived)).toBe(files.length);
      expect(unpackFiles(arrived)).toEqual(files);
    }),
  );
});

it('a file that there is not has no version', () => {
  expect(() => versionAt(packFiles([]), 0)).toThrow(RangeError);
});
