import { mkdir, rename, rm, stat, symlink, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePipe } from '../../../e2e/fixtures/hostile/odd-places';
import { createClip } from '../../../e2e/fixtures/media-factory';
import { unpackFiles } from '../../shared/walked-files';
import type { Prober } from '../probe/prober';
import { scanFolder, testProber } from '../testing/scan-setup';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { diskFileSystem, type FileSystem } from './file-system';
import { type WalkOptions, walk } from './walk';

function walkOptions(rootPath: string): WalkOptions {
  const { signal } = new AbortController();
  return { rootPath, extraExtensions: [], stableInodes: true, signal };
}

/** A prober before whose first look at `name` something happens: its size and time were taken, its content not yet. */
function disturbed(prober: Prober, name: string, happens: () => Promise<void>): Prober {
  let isFirst = true;
  return {
    ...prober,
    probe: async (source, signal) => {
      if (source.name === name && isFirst) {
        isFirst = false;
        await happens();
      }
      return prober.probe(source, signal);
    },
  };
}

describe('a file that is replaced between the look at it and its probe', () => {
  it('is described as the one that came, also where size and time do not tell', async () => {
    const root = await temporaryFolder();
    const other = join(await temporaryFolder(), 'other.mkv');
    await createClip(join(root, 'a.mp4'), 'mp4-silent');
    await createClip(other, 'mkv-h264-ac3');
    const { atime, mtime, size } = await stat(join(root, 'a.mp4'));
    await utimes(other, atime, mtime);
    const prober = disturbed(testProber(), 'a.mp4', async () => {
      await truncate(other, size);
      await utimes(other, atime, mtime);
      await rename(other, join(root, 'a.mp4'));
    });
    const { memory } = await scanFolder(root, { prober });
    const { ino } = await stat(join(root, 'a.mp4'));
    expect(memory.row('a.mp4')).toMatchObject({
      sizeBytes: size,
      inode: ino,
      outcome: { kind: 'probed', media: { container: 'matroska', audioCodec: 'ac3' } },
    });
  });

  it('by a folder is gone', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'a.mp4'), 'mp4-silent');
    const prober = disturbed(testProber(), 'a.mp4', async () => {
      await rm(join(root, 'a.mp4'));
      await mkdir(join(root, 'a.mp4'));
    });
    const { memory, progress } = await scanFolder(root, { prober });
    expect(memory.row('a.mp4').outcome).toBeNull();
    expect(progress.at(-1)).toMatchObject({ done: 1, problems: 0 });
  });

  it.skipIf(process.platform === 'win32')('by a pipe is gone, and nobody waits at it', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'a.mp4'), 'mp4-silent');
    await createClip(join(root, 'b.mp4'), 'mp4-silent');
    const prober = disturbed(testProber({ limits: { seconds: 1 } }), 'a.mp4', async () => {
      await rm(join(root, 'a.mp4'));
      makePipe(join(root, 'a.mp4'));
    });
    const { memory } = await scanFolder(root, { prober });
    expect(memory.row('a.mp4').outcome).toBeNull();
  });

  it.skipIf(process.platform !== 'linux')(
    'by a pipe is gone, and nobody waits at it, where its name is no text',
    async () => {
      const root = await temporaryFolder();
      const path = Buffer.concat([Buffer.from(`${root}/`), Buffer.from('\xe9.mp4', 'latin1')]);
      await createClip(join(root, 'a.mp4'), 'mp4-silent');
      await rename(join(root, 'a.mp4'), path);
      const prober = disturbed(testProber(), '\\xE9.mp4', async () => {
        makePipe(join(root, 'pipe'));
        await rename(join(root, 'pipe'), path);
      });
      const { memory } = await scanFolder(root, { prober });
      expect(memory.row('\\xE9.mp4').outcome).toBeNull();
    },
  );

  it('by a link to another film is described as that film', async () => {
    const root = await temporaryFolder();
    const other = join(await temporaryFolder(), 'other.mkv');
    await createClip(join(root, 'a.mp4'), 'mp4-silent');
    await createClip(other, 'mkv-h264-ac3');
    const prober = disturbed(testProber(), 'a.mp4', async () => {
      await rm(join(root, 'a.mp4'));
      await symlink(other, join(root, 'a.mp4'));
    });
    const { memory } = await scanFolder(root, { prober });
    expect(memory.row('a.mp4').outcome).toMatchObject({ media: { container: 'matroska' } });
  });
});

describe('a folder that disappears during the walk', () => {
  /** What a walk finds and reports as not seen, while `happens` before it enters the folder `when`. */
  async function walkDisturbed(root: string, when: string, happens: () => Promise<void>) {
    const fileSystem: FileSystem = {
      ...diskFileSystem,
      identifyFolder: async (path, links) => {
        if (path === when) await happens();
        return diskFileSystem.identifyFolder(path, links);
      },
    };
    const files: string[] = [];
    const unseen: string[] = [];
    for await (const batch of walk(walkOptions(root), fileSystem)) {
      for (const folder of batch.folders) {
        files.push(...unpackFiles(folder.files).map(({ name }) => join(folder.path, name)));
      }
      unseen.push(...batch.unreadableFolders);
    }
    return { files: files.sort(), unseen };
  }

  it('is reported as not seen, with nothing else lost', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'a/a.mp4': 'x', 'b/deep/b.mp4': 'x', 'c/c.mp4': 'x' });
    const found = await walkDisturbed(root, join(root, 'b'), () =>
      rm(join(root, 'b'), { recursive: true }),
    );
    expect(found).toEqual({ files: ['a/a.mp4', 'c/c.mp4'], unseen: ['b'] });
  });

  it('is not followed where it comes back as a link', async () => {
    const root = await temporaryFolder();
    const elsewhere = await temporaryFolder();
    await writeTree(root, { 'a/a.mp4': 'x', 'b/b.mp4': 'x', 'b/deep/d.mp4': 'x' });
    await writeTree(elsewhere, { 'secret.mp4': 'x' });
    const found = await walkDisturbed(root, join(root, 'b', 'deep'), async () => {
      await rm(join(root, 'b', 'deep'), { recursive: true });
      await symlink(elsewhere, join(root, 'b', 'deep'));
    });
    expect(found).toEqual({ files: ['a/a.mp4', 'b/b.mp4'], unseen: ['b/deep'] });
  });

  it.skipIf(process.platform === 'win32')(
    'leaves nobody waiting where one of its files comes back as a pipe',
    async () => {
      const root = await temporaryFolder();
      await writeTree(root, { 'a.ts': 'x', 'good.mp4': 'x' });
      const fileSystem: FileSystem = {
        ...diskFileSystem,
        readHead: async (path, bytes) => {
          await rm(path);
          makePipe(String(path));
          return diskFileSystem.readHead(path, bytes);
        },
      };
      const found: string[] = [];
      for await (const batch of walk(walkOptions(root), fileSystem)) {
        for (const { files } of batch.folders) {
          found.push(...unpackFiles(files).map(({ name }) => name));
        }
      }
      expect(found).toEqual(['good.mp4']);
    },
  );
});
