import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { libraryFixture } from './testing/library-fixture';
import { damageOfWal } from './wal-damage';

const { temporaryFolder } = libraryFixture();

const COMMITS = 6;
const HEADER_BYTES = 32;
const FRAME_BYTES = 24 + 4096;

let path: string;
let log: Buffer;

beforeEach(() => {
  path = join(temporaryFolder(), 'log');
  const database = new Database(join(temporaryFolder(), 'database.sqlite'));
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 0');
  database.exec('CREATE TABLE lumps (lump BLOB)');
  const insert = database.prepare('INSERT INTO lumps VALUES (?)');
  // Each commit several frames, the table's creation one more commit.
  for (let count = 1; count < COMMITS; count += 1) insert.run(Buffer.alloc(9000, count));
  log = readFileSync(`${database.name}-wal`);
  database.close();
});

const damageOf = (bytes: Uint8Array) => {
  writeFileSync(path, bytes);
  return damageOfWal(path);
};

/** Where the frames begin that end a commit. */
function commits(bytes: Buffer): number[] {
  const places: number[] = [];
  for (let at = HEADER_BYTES; at + FRAME_BYTES <= bytes.length; at += FRAME_BYTES) {
    if (bytes.readUInt32BE(at + 4) !== 0) places.push(at);
  }
  return places;
}

function flipped(offset: number): Buffer {
  const bytes = Buffer.from(log);
  bytes[offset] = 0xff ^ (bytes[offset] ?? 0);
  return bytes;
}

describe('the log', () => {
  it('that is whole, empty or not there has no damage', () => {
    expect(commits(log)).toHaveLength(COMMITS);
    expect(damageOf(log)).toBeNull();
    expect(damageOf(Buffer.alloc(0))).toBeNull();
    rmSync(path);
    expect(damageOfWal(path)).toBeNull();
  });

  it('that a power cut ended anywhere has no damage', () => {
    for (let length = 0; length < log.length; length += 499) {
      expect(damageOf(log.subarray(0, length))).toBeNull();
      const filledUp = Buffer.alloc(log.length);
      log.copy(filledUp, 0, 0, length);
      // Without a header there is nothing in it.
      if (length === 0 || length >= HEADER_BYTES) expect(damageOf(filledUp)).toBeNull();
    }
  });

  it('whose last commit did not reach the disk completely has no damage', () => {
    const [beforeLast = 0, last = 0] = commits(log).slice(-2);
    for (let offset = beforeLast + FRAME_BYTES; offset < last + FRAME_BYTES; offset += 997) {
      expect(damageOf(flipped(offset))).toBeNull();
    }
  });

  it('that was begun anew has no damage from the rest of its earlier round', () => {
    const round = Buffer.from(log);
    const [first = 0] = commits(log);
    // Frames of the earlier round carry other salts.
    for (let at = first + FRAME_BYTES; at < round.length; at += FRAME_BYTES) {
      round.writeUInt32BE(round.readUInt32BE(at + 8) - 1, at + 8);
    }
    expect(damageOf(round)).toBeNull();
  });

  it('with kept commits behind a place that is not right has damage', () => {
    const [beforeLast = 0] = commits(log).slice(-2);
    for (let offset = HEADER_BYTES; offset < beforeLast; offset += 997) {
      // A page number, a salt, a checksum, content: all the same.
      expect(damageOf(flipped(offset))).toMatch(/not valid in the middle/);
    }
  });

  it('with another header has damage', () => {
    for (let offset = 0; offset < HEADER_BYTES; offset += 1) {
      expect(damageOf(flipped(offset))).toMatch(/header/);
    }
  });
});
