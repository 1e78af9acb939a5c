import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

// SQLite takes a log (WAL) up to its first frame that is not right and forgets the rest without a word, which is
// correct after a power cut and a silent loss when the log was damaged. The format:
// https://www.sqlite.org/fileformat2.html#walformat

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const MAGIC_LITTLE_ENDIAN = 0x377f0682;
const MAGIC_BIG_ENDIAN = 0x377f0683;

/** Of the frames behind a break at most one ends a commit after a power cut: every commit waits for its fsync. */
const COMMITS_BEHIND_A_POWER_CUT = 1;

interface WalHeader {
  littleEndian: boolean;
  pageSize: number;
  salts: bigint;
  checksum: Checksum;
}

type Checksum = readonly [number, number];

/** What is wrong with the log at `path`, as far as it can be told from a power cut; null when nothing is. */
export function damageOfWal(path: string): string | null {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw thrown;
  }
  try {
    return damageOf(file, fstatSync(file).size);
  } finally {
    closeSync(file);
  }
}

function damageOf(file: number, size: number): string | null {
  // Nothing was committed yet when even the header is not complete: it is synced before the first frame is written.
  if (size <= HEADER_BYTES) return null;
  const header = parseHeader(readAt(file, 0, HEADER_BYTES));
  if (!header) return isZero(file, size) ? null : 'the header of its log is not valid';
  const frameBytes = FRAME_HEADER_BYTES + header.pageSize;
  let checksum: Checksum | null = header.checksum;
  let commitsBehindBreak = 0;
  for (let at = HEADER_BYTES; at + frameBytes <= size; at += frameBytes) {
    const frame = readAt(file, at, frameBytes);
    if (frame.readBigUInt64BE(8) !== header.salts) {
      // A frame of an earlier round of the log, or one with damaged salts: what follows tells which.
      checksum = null;
      continue;
    }
    checksum &&= checksumOfFrame(frame, header, checksum);
    const endsCommit = frame.readUInt32BE(4) !== 0;
    if (!checksum && endsCommit) commitsBehindBreak += 1;
    if (commitsBehindBreak > COMMITS_BEHIND_A_POWER_CUT) {
      return 'its log is not valid in the middle, and kept commits stand behind that place';
    }
  }
  return null;
}

function parseHeader(bytes: Buffer): WalHeader | null {
  const magic = bytes.readUInt32BE(0);
  if (magic !== MAGIC_LITTLE_ENDIAN && magic !== MAGIC_BIG_ENDIAN) return null;
  const littleEndian = magic === MAGIC_LITTLE_ENDIAN;
  const checksum = addToChecksum([0, 0], bytes.subarray(0, 24), littleEndian);
  if (!equal(checksum, checksumAt(bytes, 24))) return null;
  return {
    littleEndian,
    pageSize: bytes.readUInt32BE(8),
    salts: bytes.readBigUInt64BE(16),
    checksum,
  };
}

/** The log's checksum after the frame; null when the frame does not carry it. */
function checksumOfFrame(frame: Buffer, header: WalHeader, before: Checksum): Checksum | null {
  const { littleEndian } = header;
  const withHeader = addToChecksum(before, frame.subarray(0, 8), littleEndian);
  const after = addToChecksum(withHeader, frame.subarray(FRAME_HEADER_BYTES), littleEndian);
  return equal(after, checksumAt(frame, 16)) ? after : null;
}

function addToChecksum([first, second]: Checksum, bytes: Buffer, littleEndian: boolean): Checksum {
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let a = first;
  let b = second;
  for (let at = 0; at < bytes.byteLength; at += 8) {
    a = (a + words.getUint32(at, littleEndian) + b) >>> 0;
    b = (b + words.getUint32(at + 4, littleEndian) + a) >>> 0;
  }
  return [a, b];
}

function checksumAt(bytes: Buffer, offset: number): Checksum {
  return [bytes.readUInt32BE(offset), bytes.readUInt32BE(offset + 4)];
}

function equal(one: Checksum, other: Checksum): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

/** Room that was taken for the log and never written: some file systems leave that after a power cut. */
function isZero(file: number, size: number): boolean {
  const CHUNK = 1024 * 1024;
  for (let at = 0; at < size; at += CHUNK) {
    if (readAt(file, at, Math.min(CHUNK, size - at)).some((byte) => byte !== 0)) return false;
  }
  return true;
}

/** The file does not change meanwhile: its library's lock is held. */
function readAt(file: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, position);
  return bytes;
}
