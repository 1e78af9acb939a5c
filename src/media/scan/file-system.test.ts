import { statSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { fileFacts } from './file-system';

/** 2^63 - 1, the largest size there is, as it arrives here. */
const LARGEST_SIZE = 2 ** 63;

describe('what is kept of a file', () => {
  it('is its size, its time in whole milliseconds and its inode', async () => {
    const path = join(await temporaryFolder(), 'clip.mp4');
    await writeFile(path, 'one');
    await utimes(path, 1, 1.5006);
    expect(fileFacts(statSync(path), true)).toEqual({
      sizeBytes: 3,
      mtimeMs: 1_500,
      inode: statSync(path).ino,
    });
    expect(fileFacts(statSync(path), false).inode).toBe(0);
  });

  it.each([
    ['far in the future', { size: 1, mtimeMs: 9.3e18, ino: 1 }],
    ['far in the past', { size: 1, mtimeMs: -9.3e18, ino: 1 }],
    ['of the largest size', { size: LARGEST_SIZE, mtimeMs: 1, ino: 1 }],
  ])('can be kept, and is a date, also %s', (_, stats) => {
    const { sizeBytes, mtimeMs } = fileFacts(stats, true);
    expect(Number.isSafeInteger(sizeBytes)).toBe(true);
    expect(Number.isSafeInteger(mtimeMs)).toBe(true);
    expect(new Date(mtimeMs).getTime()).toBe(mtimeMs);
  });
});
