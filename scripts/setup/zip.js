// @ts-check
import { closeSync, mkdirSync, openSync, readSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

// Only what is needed to take some files out of a large archive without a tool that a machine
// may lack: no zip64, no encryption, no links. Layout: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endSize = 22;
const entrySize = 46;
const localHeaderSize = 30;
const stored = 0;
const deflated = 8;

/**
 * @typedef {object} ZipEntry
 * @property {string} name with forward slashes; a folder ends with one
 * @property {number} method
 * @property {number} packedSize
 * @property {number} mode Unix permission bits, 0 where the archive has none
 * @property {number} offset of the local header
 */

/**
 * Extracts the files for which `place` gives a path relative to `folder`; the others are not even read.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | null} place
 */
export function extractZip(archive, folder, place) {
  const file = openSync(archive, 'r');
  try {
    for (const entry of readDirectory(file, statSync(archive).size)) {
      const target = entry.name.endsWith('/') ? null : place(entry.name);
      if (target === null) continue;
      if (target.split('/').includes('..'))
        throw new Error(`unsafe name in archive: ${entry.name}`);
      const path = join(folder, target);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, readEntry(file, entry), { mode: entry.mode || 0o644 });
    }
  } finally {
    closeSync(file);
  }
}

/**
 * @param {number} file
 * @param {number} size
 * @returns {ZipEntry[]}
 */
function readDirectory(file, size) {
  const tailSize = Math.min(size, endSize + 0xffff); // the comment at the end has at most 64 KiB
  const tail = readAt(file, size - tailSize, tailSize);
  let end = tailSize - endSize;
  while (end >= 0 && tail.readUInt32LE(end) !== endSignature) end--;
  if (end < 0) throw new Error('not a zip archive');
  const directory = readAt(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));

  /** @type {ZipEntry[]} */
  const entries = [];
  for (let at = 0; at + entrySize <= directory.length; ) {
    if (directory.readUInt32LE(at) !== entrySignature) throw new Error('damaged zip directory');
    const nameSize = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + entrySize, at + entrySize + nameSize),
      method: directory.readUInt16LE(at + 10),
      packedSize: directory.readUInt32LE(at + 20),
      mode: (directory.readUInt32LE(at + 38) >>> 16) & 0o777,
      offset: directory.readUInt32LE(at + 42),
    });
    at += entrySize + nameSize + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * @param {number} file
 * @param {ZipEntry} entry
 */
function readEntry(file, entry) {
  const header = readAt(file, entry.offset, localHeaderSize);
  const start = entry.offset + localHeaderSize + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readAt(file, start, entry.packedSize);
  if (entry.method === stored) return packed;
  if (entry.method === deflated) return inflateRawSync(packed);
  throw new Error(`${entry.name} is packed in a way that is not supported (${entry.method})`);
}

/**
 * @param {number} file
 * @param {number} position
 * @param {number} length
 */
function readAt(file, position, length) {
  const buffer = Buffer.alloc(length);
  const got = readSync(file, buffer, 0, length, position);
  if (got !== length) throw new Error('the zip archive is cut short');
  return buffer;
}
