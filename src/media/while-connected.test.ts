import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createClip } from '../../e2e/fixtures/media-factory';
import { type NoRpcApi, RpcPeer } from '../shared/rpc';
import { rpcPortOfNode } from '../shared/rpc-ports';
import { testDecoder } from './testing/decoder-setup';
import { fakeFfmpeg, fakeFfprobe, isAlive, notedProcesses } from './testing/fake-ffprobe';
import { MemoryVerifySink } from './testing/memory-verify-sink';
import { scanFolder, testProber } from './testing/scan-setup';
import { temporaryFolder } from './testing/temporary-folder';
import { runVerify } from './verify/run-verify';
import { systemVolumes } from './volume/volume-system';
import { whileConnected } from './while-connected';

const patience = { timeout: 30_000 };

/** Both ends of a connection; `theirs` ends when their process does. */
function connect() {
  const { port1, port2 } = new MessageChannel();
  onTestFinished(() => port1.close());
  return {
    theirs: port1,
    connection: new RpcPeer<NoRpcApi, NoRpcApi>(rpcPortOfNode(port2), {}, {}),
  };
}

type Run = (signal: AbortSignal) => Promise<unknown>;

/** A run of each kind that calls the library no more: it waits for a child that never ends. */
const runs = {
  scan: async (root: string, tools: string): Promise<Run> => {
    const prober = testProber({ ffprobePath: await fakeFfprobe(tools, 'hang') });
    return (signal) => scanFolder(root, { prober, signal });
  },
  verification: async (root: string, tools: string): Promise<Run> => {
    const environment = {
      sink: new MemoryVerifySink({ 1: root }, [{ rootId: 1, path: 'odd.mkv' }]).sink,
      decoder: testDecoder({ ffmpegPath: await fakeFfmpeg(tools, 'hang') }),
      volumes: systemVolumes(),
      onProgress: () => undefined,
      now: Date.now,
    };
    const request = { jobId: 'job', runToken: 'run', rootId: 1 };
    return (signal) => runVerify(request, environment, signal);
  },
};

async function hangingRun(kind: keyof typeof runs) {
  const root = await temporaryFolder();
  const tools = await temporaryFolder();
  await createClip(join(root, 'odd.mkv'), 'mkv-h264-ac3');
  const run = await runs[kind](root, tools);
  const { theirs, connection } = connect();
  const cancel = new AbortController();
  const ended = whileConnected(connection, cancel.signal, run).then(
    () => 'succeeded',
    ({ code }) => code,
  );
  const processes = await vi.waitFor(async () => {
    const noted = await notedProcesses(tools);
    expect(noted).toHaveLength(2);
    return noted;
  }, patience);
  const started = processes.filter(({ kind }) => kind === 'parent');
  return { ended, started, cancel: () => cancel.abort(), loseConnection: () => theirs.close() };
}

describe.skipIf(process.platform === 'win32').each(['scan', 'verification'] as const)(
  'a %s that waits for a child',
  (kind) => {
    it('fails when the other process is gone, and has no child left by then', async () => {
      const { ended, started, loseConnection } = await hangingRun(kind);
      loseConnection();
      expect(await ended).toBe('WORKER_CRASHED');
      expect(started.filter(isAlive)).toEqual([]);
    });

    it('is cancelled while the other process is there, and has no child left by then', async () => {
      const { ended, started, cancel } = await hangingRun(kind);
      cancel();
      expect(await ended).toBe('CANCELLED');
      expect(started.filter(isAlive)).toEqual([]);
    });
  },
);

describe('a run', () => {
  it('does not begin on a connection that has ended', async () => {
    const { connection } = connect();
    connection.close();
    const run = async (signal: AbortSignal) => signal.throwIfAborted();
    const running = whileConnected(connection, new AbortController().signal, run);
    await expect(running).rejects.toMatchObject({ code: 'WORKER_CRASHED' });
  });

  it('gives its own answer and its own failure while it is connected', async () => {
    const { connection } = connect();
    const { signal } = new AbortController();
    expect(await whileConnected(connection, signal, async () => 'done')).toBe('done');
    const refusal = new Error('The drive is away.');
    const failing = whileConnected(connection, signal, () => Promise.reject(refusal));
    await expect(failing).rejects.toBe(refusal);
  });
});
