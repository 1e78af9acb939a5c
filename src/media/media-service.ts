import { availableParallelism } from 'node:os';
import { VitrineError } from '../shared/errors';
import type { ScanSinkApi } from '../shared/library-protocol';
import type { MediaApi, MediaListenerApi } from '../shared/media-protocol';
import type { NoRpcApi, RpcHandlers, RpcPeer } from '../shared/rpc';
import { createProber } from './probe/prober';
import { abortable } from './scan/abortable';
import { isRootBack } from './scan/root-folder';
import { runScan, type ScanSink } from './scan/run-scan';
import { ffprobePath } from './tools';

type LibraryConnection = RpcPeer<NoRpcApi, ScanSinkApi>;
type RunProgress = MediaListenerApi['notifications']['jobProgress'];

export interface MediaService {
  media: RpcHandlers<MediaApi>;
  /** Takes the direct connection to the library; an earlier one ends, and with it the scans that used it. */
  connectLibrary(connection: LibraryConnection): void;
  /** Kills every child process. */
  dispose(): void;
}

/** An ffprobe run waits on the disk as much as it computes: two a core keep both busy. */
const PROBES_PER_CORE = 2;
const MAX_PROBES = 12;
/** Main sends the library's port right after forking; past this it never will. */
const LIBRARY_TIMEOUT_MS = 10_000;

/** The media process without its ports: what `index.ts` and the tests connect. */
export function createMediaService(options: {
  onProgress(progress: RunProgress): void;
}): MediaService {
  const concurrency = Math.min(MAX_PROBES, availableParallelism() * PROBES_PER_CORE);
  const prober = createProber({ ffprobePath, concurrency });
  let library: LibraryConnection | null = null;
  const looks = new Map<string, Promise<boolean>>();
  const waiting = new Set<(connection: LibraryConnection) => void>();

  const connectedLibrary = (): Promise<LibraryConnection> => {
    if (library && !library.closed) return Promise.resolve(library);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(take);
        reject(new VitrineError('WORKER_CRASHED', 'The library process did not connect.'));
      }, LIBRARY_TIMEOUT_MS);
      const take = (connection: LibraryConnection) => {
        clearTimeout(timer);
        resolve(connection);
      };
      waiting.add(take);
    });
  };

  return {
    media: {
      runScan: async (request, { signal }) => {
        const connection = await abortable(signal, connectedLibrary);
        const { jobId, runToken } = request;
        await runScan(
          request,
          {
            sink: sinkOf(connection),
            prober,
            onProgress: (progress) => options.onProgress({ jobId, runToken, progress }),
            now: Date.now,
          },
          signal,
        );
        return null;
      },
      isRootBack: (root) => {
        // One look at a drive that hangs keeps a thread; the next one waits for the same.
        const look = looks.get(root.rootPath) ?? isRootBack(root);
        looks.set(root.rootPath, look);
        return look.finally(() => looks.delete(root.rootPath));
      },
    },
    connectLibrary: (connection) => {
      library?.close();
      library = connection;
      for (const take of waiting) take(connection);
      waiting.clear();
    },
    dispose: () => prober.dispose(),
  };
}

function sinkOf(library: LibraryConnection): ScanSink {
  return {
    beginScan: (request, options) => library.call('beginScan', request, options),
    reconcile: (request, options) => library.call('reconcile', request, options),
    finishListing: (request, options) => library.call('finishListing', request, options),
    takeProbeTasks: (request, options) => library.call('takeProbeTasks', request, options),
    writeProbes: (request, options) => library.call('writeProbes', request, options),
    finishScan: (request, options) => library.call('finishScan', request, options),
  };
}
