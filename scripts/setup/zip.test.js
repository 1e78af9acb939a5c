// @ts-check
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { extractZip } from './zip.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-zip-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = 'a text that is long enough to be packed, packed, packed, packed, packed, packed\n';

/**
 * A zip archive as the format's specification has it, with a comment at its end.
 * @param {{ name: string, content: string, mode: number, packed: boolean }[]} files
 */
function zipOf(files) {
  const bodies = [];
  const entries = [];
  let offset = 0;
  for (const { name, content, mode, packed } of files) {
    const data = packed ? deflateRawSync(content) : Buffer.from(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(packed ? 8 : 0, 10);
    entry.writeUInt32LE(data.length, 20);
    entry.writeUInt16LE(Buffer.byteLength(name), 28);
    entry.writeUInt32LE((mode << 16) >>> 0, 38);
    entry.writeUInt32LE(offset, 42);
    const body = Buffer.concat([local, Buffer.from(name), data]);
    bodies.push(body);
    entries.push(entry, Buffer.from(name));
    offset += body.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end, Buffer.from('a comment')]);
}

/** @param {Buffer} content */
function archiveOf(content) {
  const path = join(folder, 'archive.zip');
  writeFileSync(path, content);
  return path;
}

it('extracts packed and stored files where it is told to, with their modes, and no others', () => {
  const archive = archiveOf(
    zipOf([
      { name: 'app/', content: '', mode: 0o40755, packed: false },
      { name: 'app/tool', content: text, mode: 0o100755, packed: true },
      { name: 'app/data/größe.txt', content: 'stored', mode: 0o100644, packed: false },
      { name: 'app/unwanted', content: text, mode: 0o100644, packed: true },
    ]),
  );
  const out = join(folder, 'out');
  extractZip(archive, out, (name) =>
    name.endsWith('unwanted') ? null : name.slice('app/'.length),
  );
  expect(readFileSync(join(out, 'tool'), 'utf8')).toBe(text);
  expect(readFileSync(join(out, 'data', 'größe.txt'), 'utf8')).toBe('stored');
  expect(existsSync(join(out, 'unwanted'))).toBe(false);
  if (process.platform !== 'win32') expect(statSync(join(out, 'tool')).mode & 0o777).toBe(0o755);
});

it('refuses a name that leads out of the folder', () => {
  const archive = archiveOf(zipOf([{ name: '../x', content: text, mode: 0o100644, packed: true }]));
  expect(() => extractZip(archive, join(folder, 'out'), (name) => name)).toThrow(/unsafe name/);
  expect(existsSync(join(folder, 'x'))).toBe(false);
});

it.each([
  ['is not a zip file', Buffer.from('not a zip archive at all')],
  ['is empty', Buffer.alloc(0)],
  ['lost its beginning', zipOf([{ name: 'x', content: text, mode: 0, packed: true }]).subarray(60)],
])('refuses an archive that %s', (_, content) => {
  expect(() => extractZip(archiveOf(content), folder, (name) => name)).toThrow();
});
