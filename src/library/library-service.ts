import type { EditHistory } from '../shared/edit';
import { VitrineError } from '../shared/errors';
import type { LibraryApi, ScanSinkApi } from '../shared/library-protocol';
import type { PreviewSinkApi } from '../shared/preview-protocol';
import type { RpcApi, RpcHandlers } from '../shared/rpc';
import type { VerifySinkApi } from '../shared/verify-protocol';
import { listBackups } from './backups/backup-file';
import { restoreBackup } from './backups/restore';
import { jobHandlers } from './job-handlers';
import { LibraryHolder } from './library-holder';
import { MIGRATIONS } from './migrations';
import type { LibraryThreads } from './open-library';
import { previewHandlers, previewSinkHandlers } from './previews/preview-handlers';
import { problemHandlers } from './problem-handlers';
import { rootHandlers } from './root-handlers';
import { savedFilterHandlers } from './saved-filter-handlers';
import { toLibraryError } from './sqlite-errors';
import { userDataHandlers } from './user-data-handlers';

export interface LibraryServiceOptions {
  threads: LibraryThreads;
  /** Rows changed; at most four times a second, the last change always. */
  onChanged(): void;
  /** What can be undone, or how far a long edit is; at most four a second, the last one always. */
  onHistory(history: EditHistory): void;
  /** The open library cannot be used any more, and must be opened anew or restored. */
  onFailed(error: VitrineError): void;
  /** Milliseconds since epoch. */
  now?(): number;
}

export interface LibraryService {
  library: RpcHandlers<LibraryApi>;
  scanSink: RpcHandlers<ScanSinkApi>;
  verifySink: RpcHandlers<VerifySinkApi>;
  previewSink: RpcHandlers<PreviewSinkApi>;
}

/** The library process's logic: what main and the media process may ask of it. */
export function createLibraryService(options: LibraryServiceOptions): LibraryService {
  const { threads, onChanged, onHistory, onFailed, now = Date.now } = options;
  const holder = new LibraryHolder({ threads, onChanged, onHistory, onFailed, now });
  return {
    library: watched<LibraryApi>(libraryHandlers(holder), holder),
    scanSink: watched<ScanSinkApi>(scanSinkHandlers(holder), holder),
    verifySink: watched<VerifySinkApi>(verifySinkHandlers(holder), holder),
    previewSink: watched<PreviewSinkApi>(previewSinkHandlers(holder), holder),
  };
}

function libraryHandlers(holder: LibraryHolder): RpcHandlers<LibraryApi> {
  return {
    open: async (request) => ({ schemaVersion: (await holder.open(request)).file.schemaVersion }),
    close: async () => {
      await holder.close();
      return null;
    },
    listBackups: ({ directory }) => listBackups(directory),
    restoreBackup: ({ directory, backupId }) => {
      if (holder.isOpen) throw new VitrineError('INVALID_REQUEST', 'The library is still open.');
      return restoreBackup(directory, backupId, MIGRATIONS);
    },
    ...jobHandlers(holder),
    ...rootHandlers(holder),
    ...problemHandlers(() => holder.library),
    ...previewHandlers(holder),
    ...userDataHandlers(holder),
    ...savedFilterHandlers(holder),
    ...readHandlers(holder),
  };
}

type ReadProcedure =
  | 'summary'
  | 'pageVideos'
  | 'facetVideos'
  | 'completeQuery'
  | 'scanVideos'
  | 'readFirst'
  | 'getVideo'
  | 'locateVideo'
  | 'listProblems'
  | 'reportProblems'
  | 'listDamaged'
  | 'watchableRoots';

function readHandlers(holder: LibraryHolder): Pick<RpcHandlers<LibraryApi>, ReadProcedure> {
  return {
    summary: async (_, { signal }) => {
      const { readers, file } = holder.library;
      const summary = await readers.call('summary', null, { signal });
      return { libraryPath: file.directory, ...summary };
    },
    pageVideos: (request, { signal }) =>
      holder.library.readers.call('pageVideos', request, { signal }),
    facetVideos: (request, { signal }) =>
      holder.library.readers.call('facetVideos', request, { signal }),
    completeQuery: (request, { signal }) =>
      holder.library.readers.call('completeQuery', request, { signal }),
    scanVideos: (request, { signal }) =>
      holder.library.readers.call('scanVideos', request, { signal }),
    readFirst: ({ videoIds }) => {
      holder.library.sink.readFirst(videoIds);
      return null;
    },
    getVideo: (request, { signal }) => holder.library.readers.call('getVideo', request, { signal }),
    locateVideo: (request, { signal }) =>
      holder.library.readers.call('locateVideo', request, { signal }),
    listProblems: (request, { signal }) =>
      holder.library.readers.call('listProblems', request, { signal }),
    reportProblems: (request, { signal }) =>
      holder.library.readers.call('reportProblems', request, { signal }),
    listDamaged: (request, { signal }) =>
      holder.library.readers.call('listDamaged', request, { signal }),
    watchableRoots: (_, { signal }) =>
      holder.library.readers.call('watchableRoots', null, { signal }),
  };
}

function scanSinkHandlers(holder: LibraryHolder): RpcHandlers<ScanSinkApi> {
  return {
    beginScan: (request, context) => holder.library.sink.beginScan(request, context),
    placeRoot: (request, context) => holder.library.sink.placeRoot(request, context),
    reconcile: (request, context) => holder.library.sink.reconcile(request, context),
    compareListing: (request, context) => holder.library.sink.compareListing(request, context),
    answerChecks: (request, context) => holder.library.sink.answerChecks(request, context),
    finishListing: (request, context) => holder.library.sink.finishListing(request, context),
    takeHeaderTasks: (request, context) => holder.library.sink.takeHeaderTasks(request, context),
    writeHeaders: (request, context) => holder.library.sink.writeHeaders(request, context),
    takeProbeTasks: (request, context) => holder.library.sink.takeProbeTasks(request, context),
    probeAlone: (request, context) => holder.library.sink.probeAlone(request, context),
    writeProbes: (request, context) => holder.library.sink.writeProbes(request, context),
    finishScan: (request, context) => holder.library.sink.finishScan(request, context),
  };
}

function verifySinkHandlers(holder: LibraryHolder): RpcHandlers<VerifySinkApi> {
  return {
    beginVerify: (request, context) => holder.library.verifySink.beginVerify(request, context),
    takeVerifyTasks: (request, context) =>
      holder.library.verifySink.takeVerifyTasks(request, context),
    writeVerification: (request, context) =>
      holder.library.verifySink.writeVerification(request, context),
    finishVerify: (request, context) => holder.library.verifySink.finishVerify(request, context),
  };
}

type AnyHandler = (request: unknown, context: { signal: AbortSignal }) => unknown;

/**
 * Calls wait while the library is opened or closed. Errors of SQLite come out coded wherever they happen; what else
 * is thrown stays as it is. The holder sees every error: it decides whether the library can still be used.
 */
function watched<Api extends RpcApi>(
  handlers: RpcHandlers<Api>,
  holder: LibraryHolder,
): RpcHandlers<Api> {
  const watch = (handler: AnyHandler): AnyHandler => {
    return async (request, context) => {
      for (;;) {
        while (holder.changing) await holder.changing.catch(() => undefined);
        const library = holder.isOpen ? holder.library : null;
        try {
          return await handler(request, context);
        } catch (thrown) {
          holder.noteFailure(library, thrown);
          const error = toLibraryError(thrown);
          // A reader that ended together with its library: whatever took the library's place answers.
          const readAgain = isReaderGone(error) && library && !holder.holds(library);
          if (!readAgain) throw error;
        }
      }
    };
  };
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    watch(handler as AnyHandler),
  ]);
  return Object.fromEntries(entries) as RpcHandlers<Api>;
}

function isReaderGone(error: unknown): boolean {
  return error instanceof VitrineError && error.code === 'WORKER_CRASHED';
}
