import { createHash } from 'node:crypto';
import { constants, type FileHandle, open } from 'node:fs/promises';
import type { FileIdentity } from '../../shared/file-check';
import { fileFacts, type RawPath } from './file-system';

/**
 * Bytes at each end of a file that its identity is made of: those that OpenSubtitles' hash takes
 * (https://trac.opensubtitles.org/opensubtitles/wiki/HashSourceCodes). A file of at most twice as many is read whole.
 */
const END_BYTES = 64 * 1024;

/** Enough that two different files of one library never agree by chance. */
const HASH_BYTES = 16;

/** Of a file that cannot be told from others by its ends. */
export const NO_CONTENT: Uint8Array = new Uint8Array();

/** A pipe in the file's place must not keep us waiting for somebody to write into it. Windows knows no such flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * Content identity of a file: the first 16 bytes of the SHA-256 of its first and last 64 KiB, to be compared together
 * with its size. As cheap as OpenSubtitles' own sum of the same bytes, which two files can share by accident (it does
 * not tell the order of its words).
 *
 * Empty files have no identity, nor have those whose ends are one and the same byte over and over: downloads that have
 * only been given their size, or recordings that were never written.
 * @throws the system's error when the file cannot be read
 */
export async function readIdentity(path: RawPath, stableInodes: boolean): Promise<FileIdentity> {
  const handle = await open(path, FLAGS);
  try {
    const stats = await handle.stat();
    const facts = fileFacts(stats, stableInodes);
    const ends = stats.isFile() ? await readEnds(handle, stats.size) : null;
    return { ...facts, contentHash: ends && !isUniform(ends) ? hashOf(ends) : NO_CONTENT };
  } finally {
    await handle.close();
  }
}

/** Null when the file is shorter than it says, or empty. */
async function readEnds(handle: FileHandle, size: number): Promise<Buffer | null> {
  const length = Math.min(size, 2 * END_BYTES);
  const ends = Buffer.allocUnsafe(length);
  const cut = size > length ? END_BYTES : length;
  const head = await readFully(handle, ends.subarray(0, cut), 0);
  const tail = await readFully(handle, ends.subarray(cut), size - (length - cut));
  return head && tail && length > 0 ? ends : null;
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
