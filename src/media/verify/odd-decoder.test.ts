import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClip } from '../../../e2e/fixtures/media-factory';
import { decodeFile, testDecoder } from '../testing/decoder-setup';
import { fakeFfmpeg, isAlive, notedProcesses } from '../testing/fake-ffprobe';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import type { DecoderOptions } from './decoder';

/** A loaded machine may take long to start a process. */
const patience = { timeout: 30_000 };

/** A file on which ffmpeg misbehaves. */
async function oddFile(
  behaviour: Parameters<typeof fakeFfmpeg>[1],
  limits: DecoderOptions['limits'] = {},
) {
  const folder = await temporaryFolder();
  await writeTree(folder, { 'odd.mkv': 'x' });
  const decoder = testDecoder({ ffmpegPath: await fakeFfmpeg(folder, behaviour), limits });
  return { folder, path: join(folder, 'odd.mkv'), decoder };
}

afterEach(() => void vi.useRealTimers());

describe.skipIf(process.platform === 'win32')('an ffmpeg that misbehaves', () => {
  it('is killed with everything it started when it gets no further', async () => {
    const { folder, path, decoder } = await oddFile('hang', { seconds: 100 });
    // Its clock is ours; its work is real.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const decoding = decodeFile(path, { decoder });
    await untilTurned(async () => (await notedProcesses(folder)).length === 2);
    vi.advanceTimersByTime(100_000);
    vi.useRealTimers();
    expect((await decoding).findings).toMatchObject({
      outcome: 'unreadable',
      damage: [{ message: 'ffmpeg was stopped because it got no further for 100 seconds.' }],
    });
    const processes = await notedProcesses(folder);
    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), patience);
  });

  it('may take as long as it likes while it gets further', async () => {
    const { folder, path, decoder } = await oddFile('stepwise', { seconds: 100 });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const reached: number[] = [];
    const decoding = decodeFile(path, { decoder, onProgress: (seconds) => reached.push(seconds) });
    for (const step of [1, 2, 3]) {
      await writeFile(join(folder, `go-${step}`), '');
      await untilTurned(async () => reached.at(-1) === step);
      vi.advanceTimersByTime(99_000);
    }
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    const { findings } = await decoding;
    expect(findings.damage).toMatchObject([
      { atSeconds: 3, message: 'ffmpeg was stopped because it got no further for 100 seconds.' },
    ]);
  });

  it('is told apart when it crashes, and when somebody else ended it', async () => {
    const crashed = await oddFile('crash');
    expect(await decodeFile(crashed.path, { decoder: crashed.decoder })).toMatchObject({
      findings: { outcome: 'unreadable', damage: [{ message: /SIGSEGV/ }] },
      interrupted: false,
    });
    const interrupted = await oddFile('interrupted');
    const answer = await decodeFile(interrupted.path, { decoder: interrupted.decoder });
    expect(answer.interrupted).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('is killed when it takes too much memory', async () => {
    const { path, decoder } = await oddFile('swell', { memoryBytes: 50_000_000 });
    expect((await decodeFile(path, { decoder })).findings.damage[0]?.message).toContain('memory');
  });

  it('is missing', async () => {
    const decoder = testDecoder({ ffmpegPath: '/nonexistent/ffmpeg' });
    await expect(decodeFile('/a.mkv', { decoder })).rejects.toMatchObject({
      code: 'PROBE_TOOL_MISSING',
    });
  });

  it('is dead with everything it started once the decoding is cancelled', async () => {
    const { folder, path, decoder } = await oddFile('hang');
    const controller = new AbortController();
    const decoding = decodeFile(path, { decoder, signal: controller.signal });
    const ended = expect(decoding).rejects.toMatchObject({ code: 'CANCELLED' });
    const processes = await vi.waitFor(async () => {
      const noted = await notedProcesses(folder);
      expect(noted).toHaveLength(2);
      return noted;
    }, patience);
    controller.abort();
    await ended;
    expect(processes.filter(({ kind }) => kind === 'parent').filter(isAlive)).toEqual([]);
    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), patience);
  });

  it('is dead once the decoder is disposed', async () => {
    const { folder, path, decoder } = await oddFile('hang');
    const decoding = decodeFile(path, { decoder });
    const processes = await vi.waitFor(async () => {
      const noted = await notedProcesses(folder);
      expect(noted).toHaveLength(2);
      return noted;
    }, patience);
    decoder.dispose();
    expect((await decoding).interrupted).toBe(true);
    await vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), patience);
  });

  it('does not keep other files from being decoded', async () => {
    const { folder, decoder } = await oddFile('crash');
    const path = join(folder, 'fine.mkv');
    await createClip(path, 'mkv-h264-ac3');
    expect((await decodeFile(path, { decoder })).findings.outcome).toBe('intact');
  });
});

/** Waits for something real while the timers are faked. */
async function untilTurned(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise(setImmediate);
}
