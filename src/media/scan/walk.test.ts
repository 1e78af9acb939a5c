import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WalkedFile } from '../../shared/library-protocol';
import { countFiles, unpackFiles } from '../../shared/walked-files';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { diskFileSystem, type FileSystem } from './file-system';
import { MAX_BATCH_FILES, type WalkBatch, walk } from './walk';

interface Found {
  paths: string[];
  files: Map<string, WalkedFile>;
  unreadable: string[];
  batches: WalkBatch[];
}

async function walkAll(
  rootPath: string,
  options: {
    fileSystem?: FileSystem;
    signal?: AbortSignal;
    extra?: string[];
    stableInodes?: boolean;
  } = {},
): Promise<Found> {
  const found: Found = { paths: [], files: new Map(), unreadable: [], batches: [] };
  const { extra = [], signal = new AbortController().signal, stableInodes = true } = options;
  const request = { rootPath, extraExtensions: extra, stableInodes, signal };
  for await (const batch of walk(request, options.fileSystem)) {
    found.batches.push(batch);
    found.unreadable.push(...batch.unreadableFolders);
    for (const folder of batch.folders) {
      for (const file of unpackFiles(folder.files)) {
        found.files.set(folder.path === '' ? file.name : `${folder.path}/${file.name}`, file);
      }
    }
  }
  found.paths = [...found.files.keys()].sort();
  return found;
}

function transportStream(packetSize: number, offset: number): Buffer {
  const bytes = Buffer.alloc(8 * packetSize, 0xff);
  for (let at = offset; at < bytes.length; at += packetSize) bytes[at] = 0x47;
  return bytes;
}

const failure = (code: string) => Object.assign(new Error(code), { code });

describe('walk', () => {
  it('finds videos at every depth, whatever the case of their extension', async () => {
    const root = await temporaryFolder();
    await writeTree(root, {
      'a.mp4': 'x',
      'B.MOV': 'xy',
      'notes.txt': 'x',
      mp4: 'x',
      'deep/er/c.mkv': 'x',
      'deep/ünï cödé/日本.webm': 'x',
    });
    const { paths, files } = await walkAll(root);
    expect(paths).toEqual(['B.MOV', 'a.mp4', 'deep/er/c.mkv', 'deep/ünï cödé/日本.webm'].sort());
    expect(files.get('B.MOV')).toMatchObject({ name: 'B.MOV', nameBytes: null, sizeBytes: 2 });
    expect(Number.isInteger(files.get('B.MOV')?.mtimeMs)).toBe(true);
  });

  it('finds the extensions that the person added', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'a.xyz': 'x', 'b.abc': 'x' });
    expect((await walkAll(root, { extra: ['xyz'] })).paths).toEqual(['a.xyz']);
  });

  it('skips hidden, system and bundle folders, and companions of macOS', async () => {
    const root = await temporaryFolder();
    const skipped = [
      '.hidden',
      '$RECYCLE.BIN',
      'System Volume Information',
      'lost+found',
      '@eaDir',
    ];
    skipped.push('#recycle', 'node_modules', 'Photos.photoslibrary', 'Player.app', 'Cut.fcpbundle');
    await writeTree(root, {
      ...Object.fromEntries(skipped.map((name) => [`${name}/a.mp4`, 'x'])),
      '.hidden.mp4': 'x',
      '._a.mp4': 'x',
      'kept.application/a.mp4': 'x',
    });
    expect((await walkAll(root)).paths).toEqual(['kept.application/a.mp4']);
  });

  it('follows links to files but not to folders, and ignores links to nowhere', async () => {
    const root = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await writeTree(elsewhere, { 'real.mp4': 'four', 'folder/inside.mp4': 'x' });
    await symlink(join(elsewhere, 'real.mp4'), join(root, 'link.mp4'));
    await symlink(join(elsewhere, 'folder'), join(root, 'folder'));
    await symlink(join(elsewhere, 'folder'), join(root, 'folder.mp4'));
    await symlink(join(root, 'missing'), join(root, 'broken.mp4'));
    await symlink('loop.mp4', join(root, 'loop.mp4'));
    const { paths, files, unreadable } = await walkAll(root);
    expect(paths).toEqual(['link.mp4']);
    expect(files.get('link.mp4')?.sizeBytes).toBe(4);
    expect(unreadable).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('ignores pipes that are named like videos', async () => {
    const root = await temporaryFolder();
    execFileSync('/usr/bin/mkfifo', [join(root, 'pipe.mp4')]);
    await symlink(join(root, 'pipe.mp4'), join(root, 'link.mp4'));
    expect((await walkAll(root)).paths).toEqual([]);
  });

  it('tells camcorder recordings from tracker music by their content', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'MOV001.MOD': Uint8Array.of(0, 0, 1, 0xba, 0x44), 'song.mod': 'M.K.' });
    expect((await walkAll(root)).paths).toEqual(['MOV001.MOD']);
  });

  it('tells transport streams from TypeScript by their content', async () => {
    const root = await temporaryFolder();
    await writeTree(root, {
      'broadcast.ts': transportStream(188, 0),
      'camcorder.mts': transportStream(192, 4),
      'cut-anywhere.ts': transportStream(204, 111),
      'source.ts': 'export const GREETING = "G";\n'.repeat(100),
      'source.mts': '',
      'GGG.ts': 'x'.repeat(1024),
    });
    expect((await walkAll(root)).paths).toEqual([
      'broadcast.ts',
      'camcorder.mts',
      'cut-anywhere.ts',
    ]);
  });

  it.skipIf(process.platform !== 'linux')('keeps the bytes of names that are no text', async () => {
    const root = await temporaryFolder();
    const folder = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]);
    await mkdir(folder);
    await writeFile(Buffer.concat([folder, Buffer.from('/plain.mp4')]), 'x');
    await writeFile(
      Buffer.concat([Buffer.from(`${root}/ok-ü-`), Buffer.from([0xff]), Buffer.from('.mp4')]),
      'x',
    );
    await writeFile(join(root, 'really-\uFFFD.mp4'), 'x');
    const { paths, files, batches } = await walkAll(root);
    expect(paths).toEqual(['caf\\xE9/plain.mp4', 'ok-ü-\\xFF.mp4', 'really-\uFFFD.mp4'].sort());
    expect(files.get('really-\uFFFD.mp4')?.nameBytes).toBeNull();
    expect(Buffer.from(files.get('ok-ü-\\xFF.mp4')?.nameBytes ?? [])).toEqual(
      Buffer.concat([Buffer.from('ok-ü-'), Buffer.from([0xff]), Buffer.from('.mp4')]),
    );
    const parts = batches.flatMap((batch) => batch.folders);
    expect(parts.find((part) => part.path === 'caf\\xE9')?.pathBytes).toEqual(
      Buffer.concat([Buffer.from('caf'), Buffer.from([0xe9])]),
    );
  });

  it('hands on a large folder in parts', async () => {
    const root = await temporaryFolder();
    const count = 2 * MAX_BATCH_FILES + 10;
    await Promise.all(
      Array.from({ length: count }, (_, index) => writeFile(join(root, `${index}.mp4`), 'x')),
    );
    const { paths, batches } = await walkAll(root);
    expect(paths).toHaveLength(count);
    const sizes = batches.map(({ folders }) =>
      folders.reduce((sum, { files }) => sum + countFiles(files), 0),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(MAX_BATCH_FILES);
  });

  it('reads a folder once that is reached in two ways', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'one/a.mp4': 'x', 'two/a.mp4': 'x' });
    const fileSystem: FileSystem = {
      ...diskFileSystem,
      identifyFolder: async (path) => ({
        device: '1',
        key: /one|two/.test(String(path)) ? 'same' : 'root',
      }),
    };
    expect((await walkAll(root, { fileSystem })).paths).toEqual(['one/a.mp4']);
  });

  it('marks folders that are on another drive than the root', async () => {
    const root = await temporaryFolder();
    await writeTree(root, {
      'a.mp4': 'x',
      'usb/b.mp4': 'x',
      'usb/deep/c.mp4': 'x',
      'd/e.mp4': 'x',
    });
    const fileSystem: FileSystem = {
      ...diskFileSystem,
      identifyFolder: async (path) => ({
        device: String(path).includes('usb') ? '2' : '1',
        key: String(path),
      }),
    };
    const { batches } = await walkAll(root, { fileSystem });
    const folders = batches.flatMap((batch) => batch.folders);
    expect(Object.fromEntries(folders.map(({ path, mounted }) => [path, mounted]))).toEqual({
      '': false,
      usb: true,
      'usb/deep': true,
      d: false,
    });
  });

  it('leaves out inode numbers that do not last', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'a.mp4': 'x' });
    const inodes = async (stableInodes: boolean) =>
      (await walkAll(root, { stableInodes })).batches.flatMap(({ folders }) =>
        folders.flatMap(({ files }) => unpackFiles(files).map(({ inode }) => inode > 0)),
      );
    expect(await inodes(true)).toEqual([true]);
    expect(await inodes(false)).toEqual([false]);
  });

  it('reports a folder that cannot be listed and walks on', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'locked/a.mp4': 'x', 'open/b.mp4': 'x' });
    const fileSystem: FileSystem = {
      ...diskFileSystem,
      listFolder: (path) =>
        String(path).endsWith('locked')
          ? Promise.reject(failure('EACCES'))
          : diskFileSystem.listFolder(path),
    };
    const { paths, unreadable } = await walkAll(root, { fileSystem });
    expect(paths).toEqual(['open/b.mp4']);
    expect(unreadable).toEqual(['locked']);
  });

  it('reports the folder of a file that cannot be looked at, but not of one that vanished', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'bad/a.mp4': 'x', 'bad/b.mp4': 'x', 'quick/c.mp4': 'x' });
    const fileSystem: FileSystem = {
      ...diskFileSystem,
      statFiles: async (paths) => {
        const answers = await diskFileSystem.statFiles(paths);
        return answers.map((answer, position) => {
          const path = String(paths[position]);
          if (path.endsWith('a.mp4')) return failure('EIO');
          return path.endsWith('c.mp4') ? failure('ENOENT') : answer;
        });
      },
    };
    const { paths, unreadable } = await walkAll(root, { fileSystem });
    expect(paths).toEqual(['bad/b.mp4']);
    expect(unreadable).toEqual(['bad']);
  });

  it('stops when it is aborted', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'a/a.mp4': 'x', 'b/b.mp4': 'x' });
    const controller = new AbortController();
    const fileSystem: FileSystem = {
      ...diskFileSystem,
      listFolder: async (path) => {
        controller.abort(new Error('stopped by the test'));
        return diskFileSystem.listFolder(path);
      },
    };
    const walking = walkAll(root, { fileSystem, signal: controller.signal });
    await expect(walking).rejects.toThrow('stopped by the test');
  });
});
