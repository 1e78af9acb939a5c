import { fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { LibraryApi } from '../../shared/library-protocol';
import { type NoRpcApi, RpcPeer } from '../../shared/rpc';
import { rpcPortOfChildProcess } from './child-port';
import { type Faults, injectFaults } from './faults';
import { bundleThreads } from './thread-bundle';

/** A library service in a process of its own, which a test can let meet faults of the system. */
export interface FaultyLibrary {
  library: RpcPeer<NoRpcApi, LibraryApi>;
  /** See {@link injectFaults}; replaces the faults of before. */
  inject(injection: string): Promise<void>;
  /** The system works again. */
  heal(): Promise<void>;
  /** Kills the process; it may be dead already. */
  end(): Promise<void>;
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
    let faults: Faults | null = null;
    const heal = async () => {
      await faults?.heal();
      faults = null;
    };
    const end = async () => {
      // First the process: strace waits for ever when it is told to let go of one that is just dying.
      child.kill('SIGKILL');
      await ended;
      await heal();
    };
    cleanups.push(end);
    return {
      library,
      heal,
      end,
      inject: async (injection) => {
        await heal();
        faults = await injectFaults(child.pid ?? 0, injection);
      },
    };
  }

  return { startProcess };
}
