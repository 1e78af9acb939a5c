import { readdir, writeFile } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createCodedClip } from '../../../e2e/fixtures/coded-clip';
import { fakeFfmpeg, isAlive, notedProcesses } from '../testing/fake-ffprobe';
import { make, requestFor, testMaker } from '../testing/preview-setup';
import { temporaryFolder } from '../testing/temporary-folder';
import type { PreviewMakerOptions } from './preview-maker';

/** A loaded machine may take long to start a process. */
const patience = { timeout: 30_000 };

/** A video on which ffmpeg misbehaves when it reads it (`odd`), or when it writes its filmstrip (`cache`). */
async function oddVideo(
  behaviour: Parameters<typeof fakeFfmpeg>[1],
  { limits = {}, marker = 'odd' }: { limits?: PreviewMakerOptions['limits']; marker?: string } = {},
) {
  const folder = await temporaryFolder();
  const path = join(folder, 'odd.mkv');
  await createCodedClip(path, { seconds: 2, codecs: '-c:v libx264 -preset ultrafast -g 10' });
  const cacheFolder = join(folder, 'cache');
  const work = { kind: 'filmstrip', token: 'ab'.repeat(16) } as const;
  const request = await requestFor(path, { cacheFolder, ...(marker === 'cache' && { work }) });
  const ffmpegPath = await fakeFfmpeg(folder, behaviour, marker);
  return { folder, cacheFolder, request, maker: testMaker({ ffmpegPath, limits }) };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

function twoProcesses(folder: string) {
  return vi.waitFor(async () => {
    const noted = await notedProcesses(folder);
    expect(noted).toHaveLength(2);
    return noted;
  }, patience);
}

describe.skipIf(process.platform === 'win32')('an ffmpeg that misbehaves', () => {
  it('is stopped when no picture comes', async () => {
    const { request, maker } = await oddVideo('hang', { limits: { seconds: 0.2 } });
    expect(await make(request, { maker })).toMatchObject({
      kind: 'failed',
      message: 'ffmpeg was stopped because it got no further for 0.2 seconds.',
      interrupted: false,
    });
  });

  it('is told apart when it crashes, and when somebody else ended it', async () => {
    const crashed = await oddVideo('crash');
    expect(await make(crashed.request, { maker: crashed.maker })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('SIGSEGV'),
      interrupted: false,
    });
    const killed = await oddVideo('killed');
    expect(await make(killed.request, { maker: killed.maker })).toMatchObject({
      kind: 'failed',
      interrupted: true,
    });
  });

  it.skipIf(process.platform !== 'linux')('is stopped when it takes too much memory', async () => {
    const { request, maker } = await oddVideo('swell', { limits: { memoryBytes: 50_000_000 } });
    expect(await make(request, { maker })).toMatchObject({
      message: expect.stringContaining('memory'),
    });
  });

  it('may write what it likes: bytes without times are no pictures', async () => {
    const { request, maker } = await oddVideo('noise');
    expect(await make(request, { maker })).toMatchObject({
      kind: 'failed',
      message: 'Nothing in it can be decoded.',
    });
  });

  it('is missing', async () => {
    const { request } = await oddVideo('shrug');
    const maker = testMaker({ ffmpegPath: '/nonexistent/ffmpeg' });
    await expect(make(request, { maker })).rejects.toMatchObject({ code: 'PROBE_TOOL_MISSING' });
  });

  it.each(['odd', 'cache'])(
    'is dead with everything it started once the work is cancelled, and leaves no file: %s',
    async (marker) => {
      const { folder, cacheFolder, request, maker } = await oddVideo('hang', { marker });
      const controller = new AbortController();
      const making = make(request, { maker, signal: controller.signal });
      const ended = expect(making).rejects.toMatchObject({ code: 'CANCELLED' });
      const processes = await twoProcesses(folder);
      if (marker === 'cache') expect(await readdir(cacheFolder)).toHaveLength(1);
      controller.abort();
      await ended;
      await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), patience);
      expect((await filesIn(folder)).filter((name) => name.includes('webp'))).toEqual([]);
    },
  );

  it('is dead once the maker is disposed', async () => {
    const { folder, request, maker } = await oddVideo('hang');
    const making = make(request, { maker });
    const processes = await twoProcesses(folder);
    // Nobody waits for it meanwhile.
    // What it starts itself, as ffmpeg never does, may have been started a moment before.
    for (const { processId } of processes.filter(({ kind }) => kind === 'parent')) {
      expect(getPriority(processId)).toBe(constants.priority.PRIORITY_LOW);
    }
    maker.dispose();
    expect(await making).toMatchObject({ kind: 'failed', interrupted: true });
    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), patience);
  });

  it.each(['refuse', 'shrug'] as const)(
    'is no fault of the video when the image is not written: %s',
    async (behaviour) => {
      const { folder, request, maker } = await oddVideo(behaviour, { marker: 'cache' });
      await expect(make(request, { maker })).rejects.toThrow();
      expect((await filesIn(folder)).filter((name) => name.includes('webp'))).toEqual([]);
    },
  );
});

it('is no fault of the video when there is no place for the images', async () => {
  const { folder, request } = await oddVideo('shrug');
  const cacheFolder = join(folder, 'file');
  await writeFile(cacheFolder, '');
  await expect(make({ ...request, cacheFolder })).rejects.toMatchObject({
    code: expect.stringMatching(/ENOTDIR|EEXIST/),
  });
});

it('makes nothing of a video that is gone', async () => {
  const { request, cacheFolder } = await oddVideo('shrug');
  const source = { ...request.source, path: join(cacheFolder, 'gone.mkv') };
  await expect(make({ ...request, source })).rejects.toMatchObject({ code: 'ENOENT' });
});
