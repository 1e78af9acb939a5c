import { appendFileSync } from 'node:fs';
import { mkdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cutOff, damageClip } from '../../../e2e/fixtures/damage';
import { createClip } from '../../../e2e/fixtures/media-factory';
import { VitrineError } from '../../shared/errors';
import type { JobProgress } from '../../shared/job';
import { testDecoder } from '../testing/decoder-setup';
import { fakeFfmpeg, isAlive, notedProcesses } from '../testing/fake-ffprobe';
import { MemoryVerifySink } from '../testing/memory-verify-sink';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { systemVolumes } from '../volume/volume-system';
import type { Decoder } from './decoder';
import { runVerify } from './run-verify';

const patience = { timeout: 30_000 };

async function verify(
  memory: MemoryVerifySink,
  options: { decoder?: Decoder; rootId?: number | null; signal?: AbortSignal } = {},
): Promise<JobProgress[]> {
  const progress: JobProgress[] = [];
  const { decoder = testDecoder(), rootId = 1 } = options;
  await runVerify(
    { jobId: 'job', runToken: 'run', rootId },
    {
      ...{ sink: memory.sink, decoder, volumes: systemVolumes(), now: Date.now },
      onProgress: (status) => void progress.push(status),
    },
    options.signal ?? new AbortController().signal,
  );
  return progress;
}

/** A decoder that does something to the disk before it decodes. */
function meddling(meddle: (path: string) => void | Promise<void>): Decoder {
  const decoder = testDecoder();
  return {
    decode: async (request, signal) => {
      await meddle(request.source.path);
      return decoder.decode(request, signal);
    },
    dispose: () => decoder.dispose(),
  };
}

/** Three clips of 4, 3 and 2 seconds, the second one damaged. */
async function threeClips(): Promise<{ root: string; memory: MemoryVerifySink }> {
  const root = await temporaryFolder();
  await mkdir(join(root, 'trip'));
  await createClip(join(root, 'a.mp4'), 'mp4-h264-aac', { seconds: 4 });
  await createClip(join(root, 'trip/b.mkv'), 'mkv-h264-ac3', { seconds: 3 });
  await createClip(join(root, 'trip/c.ts'), 'ts-h264-aac', { seconds: 2 });
  await damageClip(join(root, 'trip/b.mkv'), 1);
  const memory = new MemoryVerifySink({ 1: root }, [
    { rootId: 1, path: 'a.mp4', durationSeconds: 4 },
    { rootId: 1, path: 'trip/b.mkv', durationSeconds: 3 },
    { rootId: 1, path: 'trip/c.ts', durationSeconds: 2 },
  ]);
  return { root, memory };
}

describe('a verification', () => {
  it('decodes every file and tells how far it is by the time decoded', async () => {
    const { memory } = await threeClips();
    const progress = await verify(memory);
    expect(memory.outcomes).toEqual({
      'a.mp4': 'intact',
      'trip/b.mkv': 'damaged',
      'trip/c.ts': 'intact',
    });
    expect(memory.finished).toBe(1);
    expect(progress[0]).toMatchObject({ phase: 'decoding', done: 0, total: 9, problems: 0 });
    const done = progress.map((status) => status.done);
    expect([...done].sort((one, other) => one - other)).toEqual(done);
    expect(done.every((seconds) => Number.isInteger(seconds) && seconds <= 9)).toBe(true);
  });

  it('goes on with the next file after it was interrupted', async () => {
    const { memory } = await threeClips();
    const decoded: string[] = [];
    const decoder = meddling((path) => void decoded.push(path));
    memory.onCall = (name) => {
      if (name === 'writeVerification' && memory.reports.length === 1) {
        throw new VitrineError('WORKER_CRASHED', 'The library is gone.');
      }
    };
    await expect(verify(memory, { decoder })).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
    memory.onCall = () => undefined;
    const progress = await verify(memory, { decoder });
    expect(progress[0]).toMatchObject({ done: 4, total: 9 });
    expect(decoded.map((path) => path.slice(-5))).toEqual(['a.mp4', 'b.mkv', 'b.mkv', '/c.ts']);
    expect(memory.reports).toHaveLength(3);
  });

  it('passes over what is not there, or no file', async () => {
    const { root, memory } = await threeClips();
    await rm(join(root, 'a.mp4'));
    await rm(join(root, 'trip/c.ts'));
    await mkdir(join(root, 'trip/c.ts'));
    await verify(memory);
    expect(memory.outcomes).toMatchObject({ 'a.mp4': 'skipped', 'trip/c.ts': 'skipped' });
  });

  it('decodes a file again that was written to meanwhile, and passes over one that always is', async () => {
    const { memory } = await threeClips();
    let calls = 0;
    const decoder = meddling((path) => {
      if (path.endsWith('c.ts') || calls++ === 0) appendFileSync(path, Buffer.alloc(188));
    });
    await verify(memory, { decoder });
    expect(memory.outcomes).toMatchObject({ 'trip/b.mkv': 'damaged', 'trip/c.ts': 'skipped' });
    expect(memory.outcomes['a.mp4']).not.toBe('skipped');
  });

  it('decodes a file again when somebody else ended ffmpeg', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'odd.mkv'), 'mkv-h264-ac3');
    const decoder = testDecoder({
      ffmpegPath: await fakeFfmpeg(await temporaryFolder(), 'interrupted'),
    });
    const memory = new MemoryVerifySink({ 1: root }, [{ rootId: 1, path: 'odd.mkv' }]);
    await verify(memory, { decoder });
    expect(memory.outcomes).toEqual({ 'odd.mkv': 'intact' });
  });

  it('says what is the matter with files that cannot be opened', async () => {
    const root = await temporaryFolder();
    await writeTree(root, { 'empty.mp4': '' });
    await symlink('loop.mp4', join(root, 'loop.mp4'));
    const memory = new MemoryVerifySink({ 1: root }, [
      { rootId: 1, path: 'empty.mp4' },
      { rootId: 1, path: 'loop.mp4' },
    ]);
    const progress = await verify(memory);
    expect(memory.outcomes).toEqual({ 'empty.mp4': 'unreadable', 'loop.mp4': 'unreadable' });
    expect(memory.reports[0]?.outcome).toMatchObject({
      findings: { damage: [{ message: 'The file is empty: it has no bytes at all.' }] },
    });
    expect(progress.at(-1)?.problems).toBe(2);
  });

  it('of nothing is done at once', async () => {
    const memory = new MemoryVerifySink({}, []);
    expect((await verify(memory)).at(-1)).toMatchObject({ done: 0, total: null });
    expect(memory.finished).toBe(1);
  });
});

describe('a root that is away', () => {
  it('fails a verification of its own', async () => {
    const { root, memory } = await threeClips();
    await rename(root, `${root}-away`);
    await expect(verify(memory)).rejects.toMatchObject({ code: 'ROOT_OFFLINE' });
    expect(memory.reports).toEqual([]);
    await rename(`${root}-away`, root);
  });

  it('fails it also when it goes in the middle, without a word about the file', async () => {
    const { root, memory } = await threeClips();
    const decoder = meddling(async (path) => {
      if (path.endsWith('b.mkv')) await rename(root, `${root}-away`);
    });
    await expect(verify(memory, { decoder })).rejects.toMatchObject({ code: 'ROOT_OFFLINE' });
    expect(memory.outcomes).toEqual({ 'a.mp4': 'intact' });
    await rename(`${root}-away`, root);
    await verify(memory);
    expect(memory.outcomes).toMatchObject({ 'trip/b.mkv': 'damaged', 'trip/c.ts': 'intact' });
  });

  it('is passed over where there are others', async () => {
    const here = await temporaryFolder();
    await createClip(join(here, 'a.mp4'), 'mp4-h264-aac');
    const memory = new MemoryVerifySink({ 1: join(here, 'nowhere'), 2: here }, [
      { rootId: 1, path: 'x.mp4' },
      { rootId: 1, path: 'y.mp4' },
      { rootId: 2, path: 'a.mp4' },
    ]);
    await verify(memory, { rootId: null });
    expect(memory.outcomes).toEqual({ 'x.mp4': 'skipped', 'y.mp4': 'skipped', 'a.mp4': 'intact' });
  });
});

describe('a verification that has to stop', () => {
  it('stops when its run is over', async () => {
    const { memory } = await threeClips();
    memory.onCall = (name) => {
      if (name === 'writeVerification') throw new VitrineError('STALE_RUN', 'The run is over.');
    };
    await expect(verify(memory)).rejects.toMatchObject({ code: 'STALE_RUN' });
    expect(memory.finished).toBe(0);
  });

  it.skipIf(process.platform === 'win32')(
    'has no child left, and leaves the sink alone, by the time it rejects',
    async () => {
      const root = await temporaryFolder();
      const tools = await temporaryFolder();
      await createClip(join(root, 'odd.mkv'), 'mkv-h264-ac3');
      await cutOff(join(root, 'odd.mkv'), 0.9);
      const memory = new MemoryVerifySink({ 1: root }, [{ rootId: 1, path: 'odd.mkv' }]);
      const decoder = testDecoder({ ffmpegPath: await fakeFfmpeg(tools, 'hang') });
      const controller = new AbortController();
      const running = verify(memory, { decoder, signal: controller.signal });
      const ended = expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
      const processes = await vi.waitFor(async () => {
        const noted = await notedProcesses(tools);
        expect(noted).toHaveLength(2);
        return noted;
      }, patience);
      controller.abort();
      await ended;
      expect(processes.filter(({ kind }) => kind === 'parent').filter(isAlive)).toEqual([]);
      await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), patience);
      expect(memory.reports).toEqual([]);
      expect(memory.finished).toBe(0);
    },
  );
});
