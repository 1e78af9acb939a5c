import { createHash } from 'node:crypto';
import type { Stats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { openAny } from '../open-file';
import type { RawPath } from './file-system';

/**
 * Bytes at each end of a file that its identity is made of: those that OpenSubtitles' hash takes
 * (https://trac.opensubtitles.org/opensubtitles/wiki/HashSourceCodes). A file of at most twice as many is read whole.
 */
const END_BYTES = 64 * 1024;

/** Enough that two different files of one library never agree by chance. */
const HASH_BYTES = 16;

/** Of a file that cannot be told from others by its ends. */
export const NO_CONTENT: Uint8Array = new Uint8Array();

/** A file as it was when it was read. */
export interface ReadIdentity {
  stats: Stats;
  contentHash: Uint8Array;
}

/**
 * Content identity of a file: the first 16 bytes of the SHA-256 of its first and last 64 KiB, to be compared together
 * with its size. As cheap as OpenSubtitles' own sum of the same bytes, which two files can share by accident (it does
 * not tell the order of its words).
 *
 * Empty files have no identity, nor have those whose ends are one and the same byte over and over: downloads that have
 * only been given their size, or recordings that were never written.
 * @throws the system's error when the file cannot be read
 */
export async function readIdentity(path: RawPath): Promise<ReadIdentity> {
  const { handle, stats } = await openAny(path);
  const ends = spareEnds.pop() ?? Buffer.allocUnsafeSlow(2 * END_BYTES);
  try {
    const length = stats.isFile() ? await readEnds(handle, stats.size, ends) : 0;
    const read = ends.subarray(0, length);
    const hasContent = length > 0 && !isUniform(read);
    return { stats, contentHash: hasContent ? hashOf(read) : NO_CONTENT };
  } finally {
    spareEnds.push(ends);
    await handle.close();
  }
}

/** Taken again and again: memory of this size is fetched from the system and given back each time. */
const spareEnds: Buffer[] = [];

/** Answers the bytes that were read; none when the file is shorter than it says. */
async function readEnds(handle: FileHandle, size: number, ends: Buffer): Promise<number> {
  const length = Math.min(size, ends.length);
  const cut = size > length ? END_BYTES : length;
  const head = await readFully(handle, ends.subarray(0, cut), 0);
  const tail = await readFully(handle, ends.subarray(cut, length), size - (length - cut));
  return head && tail ? length : 0;
}

/** One read may bring less than was asked for. */
async function readFully(handle: FileHandle, target: Buffer, position: number): Promise<boolean> {
  for (let done = 0; done < target.length; ) {
    const { bytesRead } = await handle.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) return false;
    done += bytesRead;
  }
  return true;
}

function isUniform(bytes: Buffer): boolean {
  // Equal to itself moved by one byte: compared at the speed of memory.
  return bytes.subarray(1).equals(bytes.subarray(0, -1));
}

function hashOf(bytes: Buffer): Uint8Array {
  return createHash('sha256').update(bytes).digest().subarray(0, HASH_BYTES);
}
