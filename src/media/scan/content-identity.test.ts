import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  appendFile,
  chmod,
  mkdir,
  rename,
  stat,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder';
import { readIdentity } from './content-identity';

const END = 64 * 1024;

async function identityOf(content: Uint8Array | string): Promise<string> {
  const path = join(await temporaryFolder(), 'file');
  await writeFile(path, content);
  return Buffer.from((await readIdentity(path)).contentHash).toString('hex');
}

describe('the content identity of a file', () => {
  it('is made of its first and last 64 KiB', async () => {
    const content = randomBytes(5 * END);
    const ends = Buffer.concat([content.subarray(0, END), content.subarray(-END)]);
    const expected = createHash('sha256').update(ends).digest('hex').slice(0, 32);
    expect(await identityOf(content)).toBe(expected);
    const changed = (at: number) => {
      const copy = Buffer.from(content);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return identityOf(copy);
    };
    expect(await changed(2 * END)).toBe(expected);
    for (const at of [0, END - 1, 4 * END, 5 * END - 1])
      expect(await changed(at)).not.toBe(expected);
  });

  it.each([2, 1000, END, 2 * END - 1, 2 * END])('of %i bytes leaves none out', async (size) => {
    const content = randomBytes(size);
    content[0] = 1;
    content[size - 1] = 2;
    const expected = createHash('sha256').update(content).digest('hex').slice(0, 32);
    expect(await identityOf(content)).toBe(expected);
  });

  it.each([
    ['nothing', ''],
    ['one byte', 'x'],
    ['zeros', Buffer.alloc(5 * END)],
    ['one letter over and over', 'a'.repeat(1000)],
  ])('is empty where there is %s in it', async (_, content) => {
    expect(await identityOf(content)).toBe('');
  });

  it('is empty for a large file that was only given its size', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    await truncate(path, 5_000_000_000);
    expect((await readIdentity(path)).contentHash).toHaveLength(0);
  });

  it('stays the same under another name and with another time', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a'), 'some content');
    const before = await readIdentity(join(folder, 'a'));
    await rename(join(folder, 'a'), join(folder, 'b'));
    await utimes(join(folder, 'b'), 5, 5);
    const after = await readIdentity(join(folder, 'b'));
    expect(after.contentHash).toEqual(before.contentHash);
    expect(after.stats).toMatchObject({ mtimeMs: 5_000, ino: before.stats.ino });
  });

  it('comes with the version of the file that was read', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, 'some content');
    const { size, ino } = await stat(path);
    expect(await readIdentity(path)).toMatchObject({ stats: { size, ino } });
    await appendFile(path, 'more');
    expect(await readIdentity(path)).toMatchObject({ stats: { size: size + 4, ino } });
  });

  it('changes nothing about the file', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, 'some content');
    await chmod(path, 0o444);
    const before = await stat(path);
    await readIdentity(path);
    const { mtimeMs, ctimeMs, size } = await stat(path);
    expect({ mtimeMs, ctimeMs, size }).toEqual({
      mtimeMs: before.mtimeMs,
      ctimeMs: before.ctimeMs,
      size: before.size,
    });
  });

  it('of a folder or of nothing is an error or empty', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'folder'));
    await expect(readIdentity(join(folder, 'none'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect((await readIdentity(join(folder, 'folder'))).contentHash).toHaveLength(0);
  });

  it.skipIf(process.platform === 'win32')(
    'of a pipe does not wait for somebody to write',
    async () => {
      const path = join(await temporaryFolder(), 'pipe.mp4');
      execFileSync('mkfifo', [path]);
      expect((await readIdentity(path)).contentHash).toHaveLength(0);
    },
  );
});
