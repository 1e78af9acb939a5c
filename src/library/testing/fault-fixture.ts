import { type ChildProcess, fork, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LibraryApi } from '../../shared/library-protocol';
import { type NoRpcApi, RpcPeer } from '../../shared/rpc';
import { rpcPortOfChildProcess } from './child-port';
import { bundleThreads } from './thread-bundle';

/** Why faults cannot be injected here; null where they can. Whoever may trace processes has only to install it. */
export function whyNoFaults(): string | null {
  const tried = spawnSync('strace', ['-qq', '-e', 'trace=none', process.execPath, '--version']);
  if (tried.error) return 'strace is not installed';
  return tried.status === 0 ? null : `strace may not trace here: ${tried.stderr}`;
}

/** A library service in a process of its own. */
export interface FaultyLibrary {
  library: RpcPeer<NoRpcApi, LibraryApi>;
  /**
   * From now on the system answers calls of the process as `injection` says, in the language of strace:
   * `fsync,fdatasync:error=EIO`.
   */
  inject(injection: string): Promise<void>;
  /** The system works again. */
  heal(): Promise<void>;
  /** Resolves when the process is gone. */
  ended: Promise<unknown>;
}

/** Library services in processes that are ended after each test. */
export function faultFixture() {
  let bundle: Awaited<ReturnType<typeof bundleThreads>>;
  const cleanups: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    bundle = await bundleThreads();
  });
  afterAll(() => bundle.remove());
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  function startProcess(): FaultyLibrary {
    const child = fork(bundle.child, [JSON.stringify(bundle.threads)], {
      serialization: 'advanced',
    });
    const ended = once(child, 'exit');
    const library = new RpcPeer<NoRpcApi, LibraryApi>(rpcPortOfChildProcess(child), {}, {});
    let tracer: ChildProcess | null = null;
    const heal = async () => {
      if (!tracer) return;
      tracer.kill('SIGTERM');
      if (tracer.exitCode === null && tracer.signalCode === null) await once(tracer, 'exit');
      tracer = null;
    };
    cleanups.push(async () => {
      await heal();
      child.kill('SIGKILL');
      await ended;
    });
    return {
      library,
      ended,
      heal,
      inject: async (injection) => {
        await heal();
        tracer = await attach(child.pid ?? 0, injection);
      },
    };
  }

  return { startProcess };
}

/** Resolves once every thread of the process is traced. */
async function attach(pid: number, injection: string): Promise<ChildProcess> {
  const calls = injection.split(':', 1)[0];
  const rules = ['-e', `trace=${calls}`, '-e', `inject=${injection}`];
  const tracer = spawn('strace', ['-f', ...rules, '-p', String(pid)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    tracer.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.includes('attached')) resolve();
    });
    tracer.once('exit', () => reject(new Error(`strace ended: ${said}`)));
    tracer.once('error', reject);
  });
  return tracer;
}
