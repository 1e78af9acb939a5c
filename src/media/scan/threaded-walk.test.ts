import { link, mkdir, open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePipe } from '../../../e2e/fixtures/hostile/odd-places';
import { countFiles, unpackFiles } from '../../shared/walked-files';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { bundleThreads, oddThread } from '../testing/thread-bundle';
import { threadedWalk } from './threaded-walk';
import { MAX_BATCH_FILES, type Walker, walk } from './walk';

let bundle: Awaited<ReturnType<typeof bundleThreads>>;
beforeAll(async () => {
  bundle = await bundleThreads();
});
afterAll(() => bundle.remove());

function optionsOf(rootPath: string, signal = new AbortController().signal) {
  return { rootPath, extraExtensions: ['xyz'], stableInodes: true, signal };
}

/** Everything that a walk finds, sorted. */
async function findAll(walker: Walker, rootPath: string) {
  const found: unknown[] = [];
  const unreadable: string[] = [];
  for await (const { folders, unreadableFolders } of walker(optionsOf(rootPath))) {
    for (const { path, pathBytes, mounted, files } of folders) {
      for (const file of unpackFiles(files)) {
        const nameBytes = file.nameBytes && [...file.nameBytes];
        const folderBytes = pathBytes && [...pathBytes];
        found.push({ ...file, nameBytes, path, folderBytes, mounted });
      }
    }
    unreadable.push(...unreadableFolders);
  }
  return { found: found.map((file) => JSON.stringify(file)).sort(), unreadable };
}

/** A tree with everything that a walk treats in its own way. */
async function oddTree(): Promise<string> {
  const root = await temporaryFolder();
  await writeTree(root, {
    'a.mp4': 'x',
    'added.xyz': 'x',
    'notes.txt': 'x',
    'deep/er/ünï cödé 日本.webm': 'xyz',
    'source.ts': 'export const GREETING = "G";\n',
    'camera/MOV001.MOD': Uint8Array.of(0, 0, 1, 0xba, 0x44),
    '.hidden/b.mp4': 'x',
  });
  await symlink(join(root, 'a.mp4'), join(root, 'link.mp4'));
  await symlink(join(root, 'deep'), join(root, 'folder.mp4'));
  await symlink('loop.mp4', join(root, 'loop.mp4'));
  if (process.platform === 'win32') return root;
  makePipe(join(root, 'pipe.mp4'));
  makePipe(join(root, 'pipe.mod'));
  const folder = Buffer.concat([Buffer.from(`${root}/caf`), Buffer.from([0xe9])]);
  await mkdir(folder);
  await writeFile(Buffer.concat([folder, Buffer.from('/\xff.mp4', 'latin1')]), 'x');
  return root;
}

describe('a walk in a thread of its own', () => {
  it('finds what one in this thread finds, again and again', async () => {
    const root = await oddTree();
    const walker = threadedWalk(bundle.threads.walk);
    const expected = await findAll(walk, root);
    expect(expected.found.length).toBeGreaterThan(4);
    expect(await findAll(walker, root)).toEqual(expected);
    expect(await findAll(walker, root)).toEqual(expected);
  });

  it('can go on beside another', async () => {
    const roots = [await oddTree(), await oddTree()];
    const walker = threadedWalk(bundle.threads.walk);
    const found = await Promise.all(roots.map((root) => findAll(walker, root)));
    expect(found).toEqual(await Promise.all(roots.map((root) => findAll(walk, root))));
  });

  it('hands on all batches of a large folder to somebody who takes them slowly', async () => {
    const root = await temporaryFolder();
    await writeFile(join(root, '0.mp4'), 'x');
    const count = 7 * MAX_BATCH_FILES;
    for (let index = 1; index < count; index += 1) {
      await link(join(root, '0.mp4'), join(root, `${index}.mp4`));
    }
    let files = 0;
    for await (const { folders } of threadedWalk(bundle.threads.walk)(optionsOf(root))) {
      for (const folder of folders) files += countFiles(folder.files);
      await new Promise(setImmediate);
    }
    expect(files).toBe(count);
  });

  it('reports a root that cannot be read', async () => {
    const { found, unreadable } = await findAll(
      threadedWalk(bundle.threads.walk),
      '/nowhere/at/all',
    );
    expect({ found, unreadable }).toEqual({ found: [], unreadable: [''] });
  });

  it('ends with the reason of its signal when it is aborted between two batches', async () => {
    const controller = new AbortController();
    const batches = threadedWalk(bundle.threads.walk)(
      optionsOf(await oddTree(), controller.signal),
    );
    expect((await batches.next()).done).toBe(false);
    controller.abort(new Error('stopped by the test'));
    await expect(batches.next()).rejects.toThrow('stopped by the test');
  });

  it.skipIf(process.platform === 'win32')(
    'that hangs in a call to the drive is left behind at once',
    async () => {
      const drive = join(await temporaryFolder(), 'drive');
      makePipe(drive);
      // Nobody writes to the pipe: the call does not come back, and no signal reaches a thread that is in it.
      const entry = await oddThread(
        'parentPort.postMessage(null); openSync(message.request.rootPath);',
      );
      const controller = new AbortController();
      const walker = threadedWalk(entry);
      // The thread is back from this walk, and hangs.
      for await (const _ of walker(optionsOf(drive))) throw new Error('There was nothing to find.');
      const batches = walker(optionsOf(drive, controller.signal));
      const next = batches.next();
      controller.abort(new Error('stopped by the test'));
      await expect(next).rejects.toThrow('stopped by the test');
      // Lets the thread go.
      await (await open(drive, 'r+')).close();
    },
  );

  it('is not taken for complete when its thread ends early', async () => {
    const walking = findAll(threadedWalk(await oddThread('process.exit(0);')), '/');
    await expect(walking).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
  });

  it('fails with what its thread threw', async () => {
    const walking = findAll(threadedWalk(await oddThread('throw new Error("broken");')), '/');
    await expect(walking).rejects.toThrow('broken');
  });
});
