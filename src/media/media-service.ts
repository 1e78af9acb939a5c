import { availableParallelism } from 'node:os';
import { VitrineError } from '../shared/errors';
import type { MediaApi, MediaListenerApi } from '../shared/media-protocol';
import type { RpcHandlers } from '../shared/rpc';
import { createPlaybackService } from './playback/playback-service';
import { createPreviewMaker } from './preview/preview-maker';
import { type PreviewSink, runPreviews } from './preview/run-previews';
import { createProber } from './probe/prober';
import { abortable } from './scan/abortable';
import { ProbeGate } from './scan/probe-gate';
import { ReadingScans } from './scan/reading-scans';
import { isRootBack } from './scan/root-folder';
import { runScan, type ScanSink } from './scan/run-scan';
import { SETTLING_TIMES } from './scan/settling-times';
import { threadedHeaders } from './scan/threaded-headers';
import { threadedWalk } from './scan/threaded-walk';
import { ffmpegPath, ffprobePath } from './tools';
import { createDecoder } from './verify/decoder';
import { runVerify, type VerifySink } from './verify/run-verify';
import { locateFolder } from './volume/folder-place';
import { systemVolumes } from './volume/volume-system';
import { WatchHost, type WatchHostOptions } from './watch/watch-host';
import { type LibraryConnection, whileConnected } from './while-connected';

type RunProgress = MediaListenerApi['notifications']['jobProgress'];

export interface MediaService {
  media: RpcHandlers<MediaApi>;
  /** Takes the direct connection to the library; an earlier one ends, and with it the runs that used it. */
  connectLibrary(connection: LibraryConnection): void;
  /** Kills every child process and ends every watch. */
  dispose(): void;
}

/** An ffprobe run waits on the disk as much as it computes: two a core keep both busy. */
const PROBES_PER_CORE = 2;
const MAX_PROBES = 12;
/** A verification is nobody's hurry: it leaves half of the machine to others. */
const DECODER_THREADS = Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)));
/** Main sends the library's port right after forking; past this it never will. */
const LIBRARY_TIMEOUT_MS = 10_000;

/** Built entries of the media process's threads. */
export interface MediaThreads {
  walk: string | URL;
  headers: string | URL;
}

/** The media process without its ports: what `index.ts` and the tests connect. */
export function createMediaService(options: {
  threads: MediaThreads;
  onProgress(progress: RunProgress): void;
  onRootChanged: WatchHostOptions['onRootChanged'];
  onWatchEnded: WatchHostOptions['onWatchEnded'];
}): MediaService {
  const cores = availableParallelism();
  const concurrency = Math.min(MAX_PROBES, cores * PROBES_PER_CORE);
  const prober = createProber({ ffprobePath, concurrency });
  const volumes = systemVolumes();
  const gate = new ProbeGate();
  const scans = new ReadingScans(() => performance.now());
  const decoder = createDecoder({ ffmpegPath, threads: DECODER_THREADS });
  const maker = createPreviewMaker({ ffmpegPath });
  const playback = createPlaybackService({ ffmpegPath, prober });
  const walk = threadedWalk(options.threads.walk);
  const readHeaders = threadedHeaders(options.threads.headers);
  const watches = new WatchHost(options);
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

  /** How a job of any kind is run: the library keeps its books, so that it ends when the library does. */
  const runWithLibrary = async (
    signal: AbortSignal,
    run: (connection: LibraryConnection, signal: AbortSignal) => Promise<void>,
  ): Promise<null> => {
    const connection = await abortable(signal, connectedLibrary);
    await whileConnected(connection, signal, (either) => run(connection, either));
    return null;
  };

  return {
    media: {
      runScan: (request, { signal }) =>
        runWithLibrary(signal, async (connection, runSignal) => {
          const { jobId, runToken, rootId } = request;
          // Not stopped, but to go on, is a scan that lost the library: what changed meanwhile is still to be told.
          const scanEnded = watches.scanBegins(rootId);
          await runScan(
            request,
            {
              sink: scanSinkOf(connection),
              prober,
              volumes,
              walk,
              readHeaders,
              onProgress: (progress) => options.onProgress({ jobId, runToken, progress }),
              gate,
              scans,
              settling: SETTLING_TIMES,
              now: Date.now,
            },
            runSignal,
          ).finally(() => scanEnded({ stopped: signal.aborted }));
        }),
      runVerify: (request, { signal }) =>
        runWithLibrary(signal, async (connection, runSignal) => {
          const { jobId, runToken } = request;
          await runVerify(
            request,
            {
              sink: verifySinkOf(connection),
              decoder,
              volumes,
              onProgress: (progress) => options.onProgress({ jobId, runToken, progress }),
              now: Date.now,
            },
            runSignal,
          );
        }),
      runPreviews: (request, { signal }) =>
        runWithLibrary(signal, async (connection, runSignal) => {
          const { jobId, runToken } = request;
          await runPreviews(
            request,
            {
              sink: previewSinkOf(connection),
              ...{ maker, volumes, scans, cores },
              onProgress: (progress) => options.onProgress({ jobId, runToken, progress }),
              now: Date.now,
            },
            runSignal,
          );
        }),
      isRootBack: (root) => {
        const { rootPath } = root.place;
        // One look at a drive that hangs keeps a thread; the next one waits for the same.
        const look = looks.get(rootPath) ?? isRootBack(root, volumes);
        looks.set(rootPath, look);
        return look.finally(() => looks.delete(rootPath));
      },
      locateFolder: async ({ path }) => (await locateFolder(path, volumes)).place,
      ...playback.procedures,
      watchRoot: watches.watchRoot,
      unwatchRoot: watches.unwatchRoot,
    },
    connectLibrary: (connection) => {
      library?.close();
      library = connection;
      for (const take of waiting) take(connection);
      waiting.clear();
    },
    dispose: () => {
      prober.dispose();
      decoder.dispose();
      maker.dispose();
      playback.dispose();
      watches.dispose();
    },
  };
}

function scanSinkOf(library: LibraryConnection): ScanSink {
  return {
    beginScan: (request, options) => library.call('beginScan', request, options),
    placeRoot: (request, options) => library.call('placeRoot', request, options),
    reconcile: (request, options) => library.call('reconcile', request, options),
    compareListing: (request, options) => library.call('compareListing', request, options),
    answerChecks: (request, options) => library.call('answerChecks', request, options),
    finishListing: (request, options) => library.call('finishListing', request, options),
    takeHeaderTasks: (request, options) => library.call('takeHeaderTasks', request, options),
    writeHeaders: (request, options) => library.call('writeHeaders', request, options),
    takeProbeTasks: (request, options) => library.call('takeProbeTasks', request, options),
    probeAlone: (request, options) => library.call('probeAlone', request, options),
    writeProbes: (request, options) => library.call('writeProbes', request, options),
    finishScan: (request, options) => library.call('finishScan', request, options),
  };
}

function verifySinkOf(library: LibraryConnection): VerifySink {
  return {
    beginVerify: (request, options) => library.call('beginVerify', request, options),
    takeVerifyTasks: (request, options) => library.call('takeVerifyTasks', request, options),
    writeVerification: (request, options) => library.call('writeVerification', request, options),
    finishVerify: (request, options) => library.call('finishVerify', request, options),
  };
}

function previewSinkOf(library: LibraryConnection): PreviewSink {
  return {
    beginPreviews: (request, options) => library.call('beginPreviews', request, options),
    takePreviewTasks: (request, options) => library.call('takePreviewTasks', request, options),
    writePreviews: (request, options) => library.call('writePreviews', request, options),
    finishPreviews: (request, options) => library.call('finishPreviews', request, options),
  };
}
