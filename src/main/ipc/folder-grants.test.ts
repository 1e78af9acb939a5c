import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FolderGrants, inspectFolder } from './folder-grants';

let base: string;
beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-grants-')));
  mkdirSync(join(base, 'clips'));
  writeFileSync(join(base, 'file.mp4'), 'x');
  symlinkSync(join(base, 'clips'), join(base, 'link'));
  symlinkSync(join(base, 'loop'), join(base, 'loop'));
});
afterAll(() => rmSync(base, { recursive: true }));

describe('inspectFolder', () => {
  it('answers the real path behind links and dots', async () => {
    expect(await inspectFolder(join(base, 'link'))).toBe(join(base, 'clips'));
    expect(await inspectFolder(`${base}/clips/../clips/.`)).toBe(join(base, 'clips'));
  });
  it.each([
    ['a file', 'file.mp4'],
    ['a path that does not exist', 'nothing'],
    ['a path below a file', 'file.mp4/inside'],
    ['a link to itself', 'loop'],
    ['a name that is too long', 'x'.repeat(300)],
  ])('refuses %s as PATH_NOT_A_FOLDER', async (_what, name) => {
    await expect(inspectFolder(join(base, name))).rejects.toMatchObject({
      code: 'PATH_NOT_A_FOLDER',
    });
  });
});

describe('FolderGrants', () => {
  it('knows exactly the real paths that were granted', async () => {
    const grants = new FolderGrants();
    expect(await grants.grant(join(base, 'link'))).toBe(join(base, 'clips'));
    expect(grants.has(join(base, 'clips'))).toBe(true);
    expect(grants.has(base)).toBe(false);
  });
  it('remembers nothing of a refused path', async () => {
    const grants = new FolderGrants();
    await expect(grants.grant(join(base, 'file.mp4'))).rejects.toThrow();
    expect(grants.has(join(base, 'file.mp4'))).toBe(false);
  });
});
