import { spawn } from 'node:child_process';
import { copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import { build } from 'vite';
import { describe, expect, it, vi } from 'vitest';
import { createClip } from '../../../e2e/fixtures/media-factory';
import type { ToolSource } from '../children/tool-input';
import { fakeFfprobe, isAlive, type NotedProcess, notedProcesses } from '../testing/fake-ffprobe';
import { MemorySink } from '../testing/memory-sink';
import { scanFolder, testProber } from '../testing/scan-setup';
import { temporaryFolder, writeTree } from '../testing/temporary-folder';
import { ffprobePath } from '../tools';
import type { RunLimits } from './run-ffprobe';

const never = new AbortController().signal;

function source(folder: string, name: string): ToolSource {
  return { path: join(folder, name), pathBytes: null, name };
}

/** A loaded machine may take long to start a process. */
const patience = { timeout: 30_000 };

/** Waits until so many processes of the hanging ffprobe have noted themselves. */
function running(folder: string, count: number): Promise<NotedProcess[]> {
  return vi.waitFor(async () => {
    const noted = await notedProcesses(folder);
    expect(noted).toHaveLength(count);
    return noted;
  }, patience);
}

function dead(processes: NotedProcess[]): Promise<void> {
  return vi.waitFor(() => expect(processes.filter(isAlive)).toEqual([]), patience);
}

/** Probes one file with an ffprobe that misbehaves on it. */
async function probeWith(
  behaviour: Parameters<typeof fakeFfprobe>[1],
  limits: Partial<RunLimits> = {},
) {
  const folder = await temporaryFolder();
  await writeTree(folder, { 'odd.mp4': 'x' });
  const prober = testProber({ ffprobePath: await fakeFfprobe(folder, behaviour), limits });
  return { folder, answer: await prober.probe(source(folder, 'odd.mp4'), never) };
}

describe('prober', () => {
  it("keeps ffprobe's own words beside what was read from them", async () => {
    const folder = await temporaryFolder();
    await createClip(join(folder, 'a.mkv'), 'mkv-h264-ac3');
    const answer = await testProber().probe(source(folder, 'a.mkv'), never);
    if (answer.kind !== 'probed') throw new Error(answer.failure.message);
    expect(answer.media.container).toBe('matroska');
    const raw = JSON.parse(inflateSync(answer.deflatedJson).toString('utf8'));
    expect(raw.format.format_name).toBe('matroska,webm');
  });

  it('keeps a file waiting while as many others are read as may be', async () => {
    const folder = await temporaryFolder();
    await writeTree(folder, { 'odd.mp4': 'x' });
    await createClip(join(folder, 'a.mp4'), 'mp4-silent');
    const ffprobePath = await fakeFfprobe(folder, 'hang');
    const prober = testProber({ ffprobePath, concurrency: 1 });
    const controller = new AbortController();
    const ended: string[] = [];
    const hanging = prober
      .probe(source(folder, 'odd.mp4'), controller.signal)
      .catch(() => ended.push('odd'));
    const next = prober.probe(source(folder, 'a.mp4'), never).then(() => ended.push('a'));
    await running(folder, 2);
    controller.abort();
    await Promise.all([hanging, next]);
    expect(ended).toEqual(['odd', 'a']);
  });

  it('throws when ffprobe is not there', async () => {
    const prober = testProber({ ffprobePath: '/nonexistent/ffprobe' });
    await expect(prober.probe(source('/tmp', 'a.mp4'), never)).rejects.toMatchObject({
      code: 'PROBE_TOOL_MISSING',
    });
  });

  it.skipIf(process.platform !== 'linux')(
    'does not call ffprobe missing while the system cannot start it, and starts it when it can',
    async () => {
      const folder = await temporaryFolder();
      await createClip(join(folder, 'a.mp4'), 'mp4-silent');
      const path = join(folder, 'ffprobe');
      await copyFile(ffprobePath, path);
      const prober = testProber({ ffprobePath: path });
      const probe = () => prober.probe(source(folder, 'a.mp4'), never);
      const writing = await open(path, 'r+');
      try {
        await expect(probe()).rejects.toMatchObject({ code: 'SYSTEM_BUSY' });
      } finally {
        await writing.close();
      }
      expect(await probe()).toMatchObject({ kind: 'probed' });
    },
  );
});

describe.skipIf(process.platform === 'win32')('an ffprobe that misbehaves', () => {
  it('is killed with everything it started when it takes too long', async () => {
    const { folder, answer } = await probeWith('hang', { seconds: 3 });
    expect(answer).toMatchObject({ kind: 'failed', failure: { code: 'TIMED_OUT' } });
    const processes = await notedProcesses(folder);
    expect(processes).toHaveLength(2);
    await dead(processes);
  });

  it('is killed when it writes too much', async () => {
    const { answer } = await probeWith('flood', { outputBytes: 1_000_000 });
    expect(answer).toMatchObject({ kind: 'failed', failure: { code: 'TOO_MUCH_OUTPUT' } });
  });

  it.skipIf(process.platform !== 'linux')('is killed when it takes too much memory', async () => {
    const { answer } = await probeWith('swell', { memoryBytes: 50_000_000 });
    expect(answer).toMatchObject({ kind: 'failed', failure: { code: 'TOOL_CRASHED' } });
  });

  it('is told apart when it crashes', async () => {
    const { answer } = await probeWith('crash');
    expect(answer).toMatchObject({ failure: { code: 'TOOL_CRASHED', stage: 'probe' } });
  });

  it('says nothing about the file when somebody else ended it: the file is read again', async () => {
    const { answer } = await probeWith('interrupted');
    expect(answer).toMatchObject({ kind: 'failed', interrupted: true });

    const root = await temporaryFolder();
    await createClip(join(root, 'odd.mp4'), 'mp4-silent');
    const prober = testProber({
      ffprobePath: await fakeFfprobe(await temporaryFolder(), 'interrupted'),
    });
    const { memory, progress } = await scanFolder(root, { prober });
    expect(memory.row('odd.mp4').outcome?.kind).toBe('probed');
    expect(progress.at(-1)).toMatchObject({ problems: 0 });
  });

  it.each(['chatter', 'noise', 'shrug'] as const)(
    'is not believed when its answer is no JSON: %s',
    async (behaviour) => {
      const { answer } = await probeWith(behaviour);
      expect(answer).toMatchObject({ failure: { code: 'BAD_OUTPUT', stage: 'parse' } });
    },
  );

  it('is not waited for when it lets go of its output and lives on', async () => {
    const { answer } = await probeWith('brood', { seconds: 1 });
    expect(answer).toMatchObject({ failure: { code: 'TIMED_OUT' } });
  });

  it('is quoted in short however much it complains', async () => {
    const { answer } = await probeWith('scold', { seconds: 3 });
    if (answer.kind !== 'failed') throw new Error('It said nothing of use.');
    expect(answer.failure.code).toBe('TIMED_OUT');
    expect(answer.failure.toolOutput).toMatch(/^never heard of it\n/);
    expect(answer.failure.toolOutput?.length).toBeLessThanOrEqual(2048);
  });

  it('is a problem of the file when it is ended every time', async () => {
    const root = await temporaryFolder();
    await createClip(join(root, 'odd.mp4'), 'mp4-silent');
    await createClip(join(root, 'fine.mp4'), 'mp4-silent');
    const ffprobePath = await fakeFfprobe(await temporaryFolder(), 'killed');
    const { memory } = await scanFolder(root, { prober: testProber({ ffprobePath }) });
    expect(memory.row('odd.mp4').outcome).toMatchObject({ problem: { code: 'TOOL_CRASHED' } });
    expect(memory.row('fine.mp4').outcome?.kind).toBe('probed');
  });

  it('is quoted without the folder', async () => {
    const { answer } = await probeWith('refuse');
    expect(answer).toMatchObject({ failure: { toolOutput: 'odd.mp4: something odd' } });
  });

  it('does not keep the other files of a scan from being read', async () => {
    const root = await temporaryFolder();
    const tools = await temporaryFolder();
    await createClip(join(root, 'fine.mp4'), 'mp4-silent');
    await writeTree(root, { 'odd.mp4': 'x' });
    const ffprobePath = await fakeFfprobe(tools, 'hang');
    const prober = testProber({ ffprobePath, limits: { seconds: 5 } });
    const { memory } = await scanFolder(root, { prober });
    expect(memory.row('fine.mp4').outcome?.kind).toBe('probed');
    expect(memory.row('odd.mp4').outcome).toMatchObject({ problem: { code: 'TIMED_OUT' } });
  });
});

describe.skipIf(process.platform === 'win32')('children', () => {
  it('are dead by the time a cancelled scan rejects, and the sink is left alone', async () => {
    const root = await temporaryFolder();
    const tools = await temporaryFolder();
    await writeTree(root, { 'odd-1.mp4': 'x', 'odd-2.mp4': 'x', 'odd-3.mp4': 'x' });
    const prober = testProber({ ffprobePath: await fakeFfprobe(tools, 'hang') });
    const controller = new AbortController();
    const memory = new MemorySink();
    const scan = scanFolder(root, { memory, prober, signal: controller.signal });
    const ended = expect(scan).rejects.toMatchObject({ code: 'CANCELLED' });
    const processes = await running(tools, 4);
    controller.abort();
    await ended;
    const started = processes.filter(({ kind }) => kind === 'parent');
    expect(started).toHaveLength(2);
    expect(started.filter(isAlive)).toEqual([]);
    // Killed too, but not ours to collect: when exactly the kernel is done with it is not ours to know.
    await dead(processes);
    const calls = memory.calls.length;
    await new Promise(setImmediate);
    expect(memory.calls).toHaveLength(calls);
    expect(memory.calls).not.toContain('writeProbes');
  });

  it('are killed when the prober is disposed', async () => {
    const folder = await temporaryFolder();
    const prober = testProber({ ffprobePath: await fakeFfprobe(folder, 'hang') });
    const probing = prober.probe(source(folder, 'odd.mp4'), never);
    const processes = await running(folder, 2);
    prober.dispose();
    expect(await probing).toMatchObject({ failure: { code: 'TOOL_CRASHED' } });
    await dead(processes);
  });

  it('do not outlive a parent that is killed without warning', async () => {
    const folder = await temporaryFolder();
    const ffprobe = await fakeFfprobe(folder, 'hang');
    await build({
      configFile: false,
      logLevel: 'silent',
      build: {
        ssr: fileURLToPath(new URL('./prober.ts', import.meta.url)),
        outDir: folder,
        emptyOutDir: false,
        rollupOptions: { output: { entryFileNames: 'prober.mjs' } },
      },
    });
    await writeTree(folder, {
      'parent.mjs': `
        import { createProber } from './prober.mjs';
        const prober = createProber({ ffprobePath: ${JSON.stringify(ffprobe)}, concurrency: 1 });
        const source = { path: '/odd.mp4', pathBytes: null, name: 'odd.mp4' };
        await prober.probe(source, new AbortController().signal);`,
    });
    const parent = spawn(process.execPath, [join(folder, 'parent.mjs')], { stdio: 'inherit' });
    const processes = await running(folder, 2);
    parent.kill('SIGKILL');
    await dead(processes);
  });
});
