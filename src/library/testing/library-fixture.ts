import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { EditHistory } from '../../shared/edit';
import type { ErrorCode } from '../../shared/errors';
import type { LibraryApi, ScanSinkApi } from '../../shared/library-protocol';
import type { PreviewSinkApi } from '../../shared/preview-protocol';
import { type NoRpcApi, type RpcApi, type RpcHandlers, RpcPeer } from '../../shared/rpc';
import { rpcPortOfNode } from '../../shared/rpc-ports';
import type { VerifySinkApi } from '../../shared/verify-protocol';
import { createLibraryService } from '../library-service';
import { bundleThreads } from './thread-bundle';

type Asker<Api extends RpcApi> = RpcPeer<NoRpcApi, Api>;

/** A library service as the other processes see it: over message ports. */
export interface TestLibrary {
  directory: string;
  library: Asker<LibraryApi>;
  sink: Asker<ScanSinkApi>;
  verifySink: Asker<VerifySinkApi>;
  previewSink: Asker<PreviewSinkApi>;
  /** How often rows were said to have changed. */
  changes(): number;
  /** What was told of undo and redo. */
  histories: readonly EditHistory[];
  /** Codes with which the library was said to have failed. */
  failures: readonly ErrorCode[];
}

export interface TestLibraryOptions {
  directory?: string;
  now?: () => number;
}

/** Temporary folders and library services of a test file, removed and closed after each test. */
export function libraryFixture() {
  let bundle: Awaited<ReturnType<typeof bundleThreads>> | null = null;
  const cleanups: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    bundle = await bundleThreads();
  });
  afterAll(() => bundle?.remove());
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  function temporaryFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'vitrine-library-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  }

  /** A service that has not opened anything yet. */
  function startService({
    directory = temporaryFolder(),
    now,
  }: TestLibraryOptions = {}): TestLibrary {
    let changes = 0;
    const histories: EditHistory[] = [];
    const failures: ErrorCode[] = [];
    const service = createLibraryService({
      threads: bundle?.threads ?? { reader: '', checkpointer: '', backup: '' },
      onChanged: () => {
        changes += 1;
      },
      onHistory: (history) => histories.push(history),
      onFailed: (error) => failures.push(error.code),
      ...(now ? { now } : {}),
    });
    const library = connect<LibraryApi>(service.library);
    const sink = connect<ScanSinkApi>(service.scanSink);
    const verifySink = connect<VerifySinkApi>(service.verifySink);
    const previewSink = connect<PreviewSinkApi>(service.previewSink);
    cleanups.push(async () => {
      await library.asker.call('close', null);
      library.end();
      sink.end();
      verifySink.end();
      previewSink.end();
    });
    return {
      directory,
      library: library.asker,
      sink: sink.asker,
      verifySink: verifySink.asker,
      previewSink: previewSink.asker,
      changes: () => changes,
      histories,
      failures,
    };
  }

  /** A service with its library open for writing. */
  async function openLibrary(options: TestLibraryOptions = {}): Promise<TestLibrary> {
    const service = startService(options);
    await service.library.call('open', { directory: service.directory, mode: 'write' });
    return service;
  }

  /** The files as a process that is killed right now would leave them, in a folder of their own. */
  function copyOfCrash({ directory }: TestLibrary): string {
    const copy = temporaryFolder();
    for (const name of ['library.sqlite', 'library.sqlite-wal']) {
      copyFileSync(join(directory, name), join(copy, name));
    }
    return copy;
  }

  return { temporaryFolder, startService, openLibrary, copyOfCrash };
}

function connect<Api extends RpcApi>(handlers: RpcHandlers<Api>) {
  const { port1, port2 } = new MessageChannel();
  const answerer = new RpcPeer<Api, NoRpcApi>(rpcPortOfNode(port1), handlers, {} as never);
  const asker = new RpcPeer<NoRpcApi, Api>(rpcPortOfNode(port2), {}, {});
  return {
    asker,
    end: () => {
      asker.close();
      answerer.close();
    },
  };
}
