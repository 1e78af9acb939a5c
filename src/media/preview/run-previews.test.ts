import { appendFileSync, existsSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { VitrineError } from '../../shared/errors';
import type { JobProgress } from '../../shared/job';
import { previewFile } from '../../shared/preview';
import { ReadingScans } from '../scan/reading-scans';
import { awaitedRoot, MemoryPreviewSink } from '../testing/memory-preview-sink';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { systemVolumes, type VolumeSystem } from '../volume/volume-system';
import type { PreviewAnswer, PreviewMaker } from './preview-maker';
import { runPreviews, workersOf } from './run-previews';

const TOKEN = 'ab'.repeat(16);

const MADE: PreviewAnswer = {
  kind: 'made',
  image: {
    ...{ kind: 'poster', token: TOKEN, bytes: 1 },
    poster: { width: 16, height: 9, atSeconds: 0 },
  },
};

const failure = (more: Partial<PreviewAnswer> = {}) =>
  ({
    ...{ kind: 'failed', message: 'It shows nothing.', interrupted: false, driveFailed: false },
    ...more,
  }) as PreviewAnswer;

/** What the maker does with a file, told its path. */
type Make = (path: string, signal: AbortSignal) => PreviewAnswer | Promise<PreviewAnswer>;

function previews(
  memory: MemoryPreviewSink,
  make: Make = () => MADE,
  options: {
    scans?: ReadingScans;
    cores?: number;
    signal?: AbortSignal;
    volumes?: VolumeSystem;
  } = {},
): Promise<JobProgress[]> {
  const progress: JobProgress[] = [];
  const maker: PreviewMaker = {
    make: async ({ source }, signal) => make(source.path, signal),
    dispose: () => undefined,
  };
  const environment = {
    ...{ sink: memory.sink, maker, now: Date.now },
    volumes: options.volumes ?? systemVolumes(),
    scans: options.scans ?? new ReadingScans(Date.now),
    cores: options.cores ?? 4,
    onProgress: (status: JobProgress) => void progress.push(status),
  };
  const signal = options.signal ?? new AbortController().signal;
  return runPreviews({ jobId: 'job', runToken: 'run' }, environment, signal).then(() => progress);
}

/** Files of one root that are due. */
async function due(...names: string[]) {
  const root = await temporaryFolder();
  await writeTree(root, Object.fromEntries(names.map((name) => [name, 'video'])));
  const videos = names.map((path) => ({ rootId: 1, path }));
  return { root, memory: new MemoryPreviewSink({ 1: root }, videos) };
}

/** Makes that the test ends, by file name. */
function heldMakes() {
  const held = new Map<string, () => void>();
  const begun: string[] = [];
  const make: Make = (path) => {
    begun.push(basename(path));
    return new Promise((resolve) => held.set(basename(path), () => resolve(MADE)));
  };
  const end = (name: string) => {
    held.get(name)?.();
    held.delete(name);
  };
  const begins = (...names: string[]) => vi.waitFor(() => expect(begun).toEqual(names));
  return { make, end, begun, begins };
}

/** Whatever does not wait for the clock has happened. */
const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
};

describe('a preview job', () => {
  it('makes everything that is due and tells how far it is', async () => {
    const { memory } = await due('a.mp4', 'b.mp4', 'c.mp4');
    const progress = await previews(memory, (path) => (path.endsWith('b.mp4') ? failure() : MADE));
    expect(memory.outcomes).toEqual({ 'a.mp4': 'made', 'b.mp4': 'failed', 'c.mp4': 'made' });
    expect(memory.finished).toBe(1);
    expect(progress[0]).toMatchObject({ phase: 'posters', currentItem: 'a.mp4', total: 3 });
    expect(progress.at(-1)).toMatchObject({ done: 3, total: 3, problems: 1 });
  });

  it('makes what became due while it finished', async () => {
    const { root, memory } = await due('a.mp4');
    await writeTree(root, { 'late.mp4': 'video' });
    let isLate = true;
    memory.onCall = (name) => {
      if (name === 'finishPreviews' && isLate) memory.add({ rootId: 1, path: 'late.mp4' });
      if (name === 'finishPreviews') isLate = false;
    };
    await previews(memory);
    expect(memory.outcomes).toEqual({ 'a.mp4': 'made', 'late.mp4': 'made' });
    expect(memory.finished).toBe(1);
  });

  it('goes on with the next video after it was interrupted', async () => {
    const { memory } = await due('a.mp4', 'b.mp4');
    memory.onCall = (name) => {
      if (name === 'takePreviewTasks' && memory.reports.length === 1) {
        throw new VitrineError('WORKER_CRASHED', 'The library is gone.');
      }
    };
    await expect(previews(memory)).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    memory.onCall = () => undefined;
    const [first] = await previews(memory);
    expect(first).toMatchObject({ done: 1, currentItem: 'b.mp4' });
    expect(memory.reports).toHaveLength(2);
  });
});

describe('the share of the machine', () => {
  it('is one video at a time, half of the processors, or all of them', () => {
    expect((['low', 'medium', 'high'] as const).map((share) => workersOf(share, 8))).toEqual([
      ...[1, 4, 8],
    ]);
    expect(workersOf('medium', 1)).toBe(1);
  });

  it('counts from the next video on when it changes, and no more are taken than can be begun', async () => {
    const names = ['1', '2', '3', '4', '5'];
    const { memory } = await due(...names);
    const { make, end, begins, begun } = heldMakes();
    const running = previews(memory, make, { cores: 4 });
    await begins('1');
    memory.share = 'medium';
    end('1');
    await begins('1', '2', '3');
    memory.share = 'low';
    end('2');
    await begins('1', '2', '3', '4');
    end('3');
    await vi.waitFor(() => expect(memory.reports).toHaveLength(3));
    await settled();
    expect(begun).toEqual(['1', '2', '3', '4']);
    end('4');
    await begins(...names);
    end('5');
    await running;
    expect(Math.max(...memory.limits)).toBe(1);
  });
});

describe('the order', () => {
  it('is that of the moment when a worker becomes free', async () => {
    const { root, memory } = await due('a', 'b');
    await writeTree(root, { shown: 'video' });
    const { make, end, begins } = heldMakes();
    const running = previews(memory, make);
    await begins('a');
    memory.add({ rootId: 1, path: 'shown' }, 'first');
    end('a');
    await begins('a', 'shown');
    end('shown');
    await begins('a', 'shown', 'b');
    end('b');
    await running;
  });

  it('lets what comes on screen begin beside others whose drive is busy', async () => {
    const { root, memory } = await due('a', 'b');
    await writeTree(root, { shown: 'video' });
    memory.share = 'high';
    memory.slots = 1;
    const { make, end, begins } = heldMakes();
    const running = previews(memory, make);
    await begins('a');
    memory.slots = 2;
    memory.add({ rootId: 1, path: 'shown' }, 'first');
    await begins('a', 'shown');
    for (const name of ['a', 'shown']) end(name);
    await begins('a', 'shown', 'b');
    end('b');
    await running;
  });

  it('puts scans first: nothing is begun while one reads', async () => {
    const { memory } = await due('a', 'b');
    const scans = new ReadingScans(Date.now);
    const { make, end, begins, begun } = heldMakes();
    const running = previews(memory, make, { scans });
    await begins('a');
    const scan = scans.begin();
    end('a');
    await vi.waitFor(() => expect(memory.reports).toHaveLength(1));
    await settled();
    expect(begun).toEqual(['a']);
    expect(memory.limits).toEqual([1]);
    scan.rests();
    await begins('a', 'b');
    end('b');
    expect((await running).map(({ currentItem }) => currentItem)).toContain(null);
  });
});

describe('a file', () => {
  it('that is not there, or no file, is passed over', async () => {
    const { root, memory } = await due('gone.mp4', 'folder.mp4');
    await rm(join(root, 'gone.mp4'));
    await rm(join(root, 'folder.mp4'));
    await mkdir(join(root, 'folder.mp4'));
    await previews(memory);
    expect(memory.outcomes).toEqual({ 'gone.mp4': 'skipped', 'folder.mp4': 'skipped' });
  });

  it('that cannot be looked at, or is empty, has no picture, for a reason in words', async () => {
    const { root, memory } = await due('empty.mp4', 'loop.mp4', 'locked.mp4');
    await writeTree(root, { 'empty.mp4': '' });
    await rm(join(root, 'loop.mp4'));
    await symlink('loop.mp4', join(root, 'loop.mp4'));
    await previews(memory, () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    });
    expect(memory.reports.map(({ outcome }) => outcome)).toEqual([
      { kind: 'failed', message: 'The file is empty: it has no bytes at all.' },
      { kind: 'failed', message: 'The drive reported an error while the file was looked at.' },
      { kind: 'failed', message: 'The file may not be read by this user.' },
    ]);
  });

  it('that is written to meanwhile is tried once more, and passed over if it always is', async () => {
    const { memory } = await due('once.mp4', 'always.mp4');
    let calls = 0;
    await previews(memory, (path) => {
      if (path.endsWith('always.mp4') || calls++ === 0) appendFileSync(path, 'more');
      return MADE;
    });
    expect(memory.outcomes).toEqual({ 'once.mp4': 'made', 'always.mp4': 'skipped' });
    expect(memory.reports[0]?.sizeBytes).toBe('videomore'.length);
  });

  it('leaves no picture of a version that is not there any more', async () => {
    const { root } = await due('a.mp4');
    const cache = await temporaryFolder();
    const memory = new MemoryPreviewSink({ 1: root }, [{ rootId: 1, path: 'a.mp4' }], cache);
    const poster = previewFile(TOKEN, 'poster');
    await previews(memory, async (path) => {
      await writeTree(cache, { [poster]: 'picture' });
      appendFileSync(path, 'more');
      return MADE;
    });
    expect(memory.outcomes).toEqual({ 'a.mp4': 'skipped' });
    expect(existsSync(join(cache, poster))).toBe(false);
  });

  it('is tried again when somebody else ended ffmpeg, though not for ever', async () => {
    const { memory } = await due('once.mp4', 'always.mp4');
    const calls: string[] = [];
    await previews(memory, (path) => {
      calls.push(basename(path));
      const isOver = path.endsWith('once.mp4') && calls.length > 1;
      return isOver ? MADE : failure({ interrupted: true });
    });
    expect(memory.outcomes).toEqual({ 'once.mp4': 'made', 'always.mp4': 'failed' });
    expect(calls.filter((name) => name === 'always.mp4')).toHaveLength(5);
  });
});

describe('a cache that cannot be written', () => {
  it.each([
    ['ENOSPC', 'DISK_FULL'],
    ['EROFS', 'LIBRARY_READ_ONLY'],
    ['EIO', 'LIBRARY_IO'],
  ])('ends the run by %s, which is not the file’s doing', async (errno, code) => {
    const { memory } = await due('a.mp4');
    const unwritable = () => {
      throw Object.assign(new Error(errno), { code: errno, path: '/cache/ab' });
    };
    await expect(previews(memory, unwritable)).rejects.toMatchObject({ code });
    expect(memory.reports).toEqual([]);
  });
});

it('a picture that cannot be made for no known reason keeps no other from being made', async () => {
  vi.spyOn(console, 'error').mockImplementationOnce(() => undefined);
  const { memory } = await due('odd.mp4', 'b.mp4');
  await previews(memory, (path) => {
    if (path.endsWith('odd.mp4')) throw new VitrineError('INTERNAL', 'The encoder ended.');
    return MADE;
  });
  expect(memory.outcomes).toEqual({ 'odd.mp4': 'skipped', 'b.mp4': 'made' });
});

describe('a root that is away', () => {
  it('is passed over', async () => {
    const here = await temporaryFolder();
    await writeTree(here, { 'a.mp4': 'video' });
    const memory = new MemoryPreviewSink({ 1: join(here, 'nowhere'), 2: here }, [
      { rootId: 1, path: 'x.mp4' },
      { rootId: 2, path: 'a.mp4' },
      { rootId: 3, path: 'unknown.mp4' },
    ]);
    await previews(memory);
    expect(memory.outcomes).toEqual({
      'x.mp4': 'skipped',
      'a.mp4': 'made',
      'unknown.mp4': 'skipped',
    });
    expect(memory.reports[0]?.outcome).toEqual({ kind: 'skipped', rootAway: true });
  });

  it('is passed over when its drive does not answer, and keeps no other waiting', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const [hung, here] = [await temporaryFolder(), await temporaryFolder()];
    await writeTree(here, { 'a.mp4': 'video' });
    const memory = new MemoryPreviewSink({ 1: hung, 2: here }, [
      { rootId: 1, path: 'x.mp4' },
      { rootId: 1, path: 'y.mp4' },
      { rootId: 2, path: 'a.mp4' },
    ]);
    const system = systemVolumes();
    const mountOf = vi.fn<VolumeSystem['mountOf']>((path, ...rest) =>
      path === hung ? new Promise(() => undefined) : system.mountOf(path, ...rest),
    );
    const running = previews(memory, () => MADE, { volumes: { ...system, mountOf } });
    await vi.waitFor(() => expect(mountOf).toHaveBeenCalled());
    await vi.advanceTimersByTimeAsync(30_000);
    vi.useRealTimers();
    await running;
    expect(memory.outcomes).toEqual({ 'x.mp4': 'skipped', 'y.mp4': 'skipped', 'a.mp4': 'made' });
    expect(mountOf.mock.calls.filter(([path]) => path === hung)).toHaveLength(1);
  });

  it('is read from as soon as the library says that it is there, as a new one is', async () => {
    const here = await temporaryFolder();
    await writeTree(here, { 'b.mp4': 'video', 'new.mp4': 'video' });
    const memory = new MemoryPreviewSink({ 1: join(here, 'nowhere') }, [
      { rootId: 1, path: 'a.mp4' },
      { rootId: 1, path: 'b.mp4' },
      { rootId: 2, path: 'new.mp4' },
    ]);
    memory.onCall = (name) => {
      if (name === 'writePreviews') memory.newRoots = [1, 2].map((id) => awaitedRoot(id, here));
    };
    await previews(memory);
    expect(memory.outcomes).toEqual({ 'a.mp4': 'skipped', 'b.mp4': 'made', 'new.mp4': 'made' });
  });

  it('is passed over also when it goes in the middle, without a word about the file', async () => {
    const { root, memory } = await due('a.mp4', 'b.mp4');
    await previews(memory, async () => {
      await rename(root, `${root}-away`);
      return failure({ driveFailed: true });
    });
    await rename(`${root}-away`, root);
    expect(memory.outcomes).toEqual({ 'a.mp4': 'skipped', 'b.mp4': 'skipped' });
  });
});

describe('a preview job that has to stop', () => {
  it('stops when its run is over', async () => {
    const { memory } = await due('a.mp4');
    memory.onCall = (name) => {
      if (name === 'writePreviews') throw new VitrineError('STALE_RUN', 'The run is over.');
    };
    await expect(previews(memory)).rejects.toMatchObject({ code: 'STALE_RUN' });
    expect(memory.finished).toBe(0);
  });

  it('fails of a tool that is missing, after every other make was stopped', async () => {
    const { memory } = await due('a', 'b');
    memory.share = 'high';
    const stopped: string[] = [];
    const running = previews(memory, async (path, signal) => {
      if (path.endsWith('b')) throw new VitrineError('PROBE_TOOL_MISSING', 'No ffmpeg.');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      stopped.push(basename(path));
      throw signal.reason;
    });
    await expect(running).rejects.toMatchObject({ code: 'PROBE_TOOL_MISSING' });
    expect(stopped).toEqual(['a']);
    expect(memory.reports).toEqual([]);
  });

  it.each(['make', 'scan'])('ends when it is cancelled while it waits for a %s', async (wait) => {
    const { memory } = await due('a.mp4');
    const scans = new ReadingScans(Date.now);
    if (wait === 'scan') scans.begin();
    const controller = new AbortController();
    const { signal } = controller;
    const begun = vi.fn<Make>((_path, stop) => {
      return new Promise((_resolve, reject) =>
        stop.addEventListener('abort', () => reject(stop.reason)),
      );
    });
    const running = previews(memory, begun, { scans, signal });
    const ended = expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    if (wait === 'make') await vi.waitFor(() => expect(begun).toHaveBeenCalled());
    else await settled();
    controller.abort();
    await ended;
    expect(memory.finished).toBe(0);
  });
});
