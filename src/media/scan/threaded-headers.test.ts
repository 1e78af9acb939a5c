import { open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePipe } from '../../../e2e/fixtures/hostile/odd-places';
import { createClip } from '../../../e2e/fixtures/media-factory';
import type { FileTask } from '../../shared/library-protocol';
import { temporaryFolder } from '../testing/temporary-folder';
import { bundleThreads, oddThread } from '../testing/thread-bundle';
import { fileFacts } from './file-system';
import { type HeaderRequest, readHeaders } from './header-facts';
import { threadedHeaders } from './threaded-headers';

let bundle: Awaited<ReturnType<typeof bundleThreads>>;
beforeAll(async () => {
  bundle = await bundleThreads();
});
afterAll(() => bundle.remove());

const never = new AbortController().signal;

async function taskOf(rootPath: string, path: string, videoId: number): Promise<FileTask> {
  const { sizeBytes, mtimeMs } = fileFacts(await stat(join(rootPath, path)), true);
  return { videoId, path, pathBytes: null, sizeBytes, mtimeMs };
}

/** Files of every fate, many times over: more than are read one after the other without a look at the clock. */
async function oddRequest(): Promise<HeaderRequest> {
  const rootPath = await temporaryFolder();
  await createClip(join(rootPath, 'a.mp4'), 'mp4-h264-aac');
  await createClip(join(rootPath, 'b.mkv'), 'mkv-h264-ac3');
  await writeFile(join(rootPath, 'text.mp4'), 'no video');
  const good = [await taskOf(rootPath, 'a.mp4', 1), await taskOf(rootPath, 'b.mkv', 2)];
  const text = await taskOf(rootPath, 'text.mp4', 3);
  const other = { ...good[0], path: 'a.mp4', mtimeMs: 1, videoId: 4 } as FileTask;
  const gone = { ...text, path: 'gone.mp4', videoId: 5 };
  const tasks = [...good, text, other, gone];
  if (process.platform !== 'win32') {
    makePipe(join(rootPath, 'pipe.mp4'));
    tasks.push({ ...text, path: 'pipe.mp4', videoId: 6 });
  }
  const many = Array.from({ length: 9 }, () => tasks).flat();
  return { rootPath, stableInodes: true, tasks: many, width: 3 };
}

const NOWHERE: HeaderRequest = {
  ...{ rootPath: '/', stableInodes: true, width: 1 },
  tasks: [{ videoId: 1, path: 'a.mp4', pathBytes: null, sizeBytes: 1, mtimeMs: 1 }],
};

describe('headers that are read in a thread of their own', () => {
  it('tell what they tell in this thread, again and again', async () => {
    const request = await oddRequest();
    const expected = await readHeaders(request, never);
    expect(expected.filter((facts) => facts !== null)).toHaveLength(18);
    const read = threadedHeaders(bundle.threads.headers);
    expect(await read(request, never)).toEqual(expected);
    expect(await read(request, never)).toEqual(expected);
    expect(await Promise.all([read(request, never), read(request, never)])).toEqual([
      expected,
      expected,
    ]);
  });

  it('tell nothing when their thread hangs, and what it told before is kept', async () => {
    const pipe = join(await temporaryFolder(), 'drive');
    makePipe(pipe);
    const code = `parentPort.postMessage([{ container: 'mp4' }]); openSync(message.rootPath);`;
    const read = threadedHeaders(await oddThread(code), 3_000);
    const tasks = [...NOWHERE.tasks, ...NOWHERE.tasks];
    expect(await read({ ...NOWHERE, rootPath: pipe, tasks }, never)).toEqual([
      { container: 'mp4' },
      null,
    ]);
    // Lets the thread go.
    await (await open(pipe, 'r+')).close();
  });

  it('end with the reason of the signal when it aborts', async () => {
    const controller = new AbortController();
    const reading = threadedHeaders(await oddThread(''))(NOWHERE, controller.signal);
    controller.abort(new Error('stopped by the test'));
    await expect(reading).rejects.toThrow('stopped by the test');
  });

  it('fail when their thread ends early', async () => {
    const reading = threadedHeaders(await oddThread('process.exit(0);'))(NOWHERE, never);
    await expect(reading).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
  });
});
