import { VitrineError } from '../shared/errors';
import { isLive } from '../shared/job';
import type { LibraryApi, ScanSinkApi } from '../shared/library-protocol';
import type { RpcApi, RpcHandlers } from '../shared/rpc';
import { type LibraryThreads, OpenLibrary } from './open-library';
import { toLibraryError } from './sqlite-errors';

export interface LibraryServiceOptions {
  threads: LibraryThreads;
  /** Rows changed; at most four times a second, the last change always. */
  onChanged(): void;
  /** Milliseconds since epoch. */
  now?(): number;
}

export interface LibraryService {
  library: RpcHandlers<LibraryApi>;
  scanSink: RpcHandlers<ScanSinkApi>;
}

/** The library process's logic: what main and the media process may ask of it. */
export function createLibraryService(options: LibraryServiceOptions): LibraryService {
  const holder = new LibraryHolder(options);
  return {
    library: withCodedErrors<LibraryApi>(libraryHandlers(holder)),
    scanSink: withCodedErrors<ScanSinkApi>(scanSinkHandlers(holder)),
  };
}

/** The one library that is open, if any. */
class LibraryHolder {
  readonly #options: LibraryServiceOptions;
  #library: OpenLibrary | null = null;

  constructor(options: LibraryServiceOptions) {
    this.#options = options;
  }

  get library(): OpenLibrary {
    if (!this.#library) throw new VitrineError('INVALID_REQUEST', 'No library is open.');
    return this.#library;
  }

  open({ directory, mode }: LibraryApi['procedures']['open']['request']): OpenLibrary {
    if (this.#library) throw new VitrineError('INVALID_REQUEST', 'A library is open already.');
    const { threads } = this.#options;
    const now = () => this.#options.now?.() ?? Date.now();
    const onChanged = () => this.#options.onChanged();
    this.#library = new OpenLibrary({ directory, mode, threads, onChanged, now });
    return this.#library;
  }

  async close(): Promise<void> {
    const library = this.#library;
    this.#library = null;
    await library?.close();
  }
}

function libraryHandlers(holder: LibraryHolder): RpcHandlers<LibraryApi> {
  return {
    open: (request) => ({ schemaVersion: holder.open(request).file.schemaVersion }),
    close: async () => {
      await holder.close();
      return null;
    },
    ...jobHandlers(holder),
    ...rootHandlers(holder),
    ...readHandlers(holder),
  };
}

type JobProcedure =
  | 'submitScan'
  | 'recoverJobs'
  | 'claimJob'
  | 'releaseWaiting'
  | 'transitionJob'
  | 'setJobPriority'
  | 'saveJobProgress'
  | 'getJob'
  | 'listJobs';

function jobHandlers(holder: LibraryHolder): Pick<RpcHandlers<LibraryApi>, JobProcedure> {
  return {
    submitScan: (request) => {
      const { library } = holder;
      const submitted = library.write(() => {
        const { roots, jobs } = library;
        const root =
          'rootId' in request ? roots.require(request.rootId) : roots.ensure(request.path);
        const payload = request.acceptMissing ? { acceptMissing: request.acceptMissing } : {};
        const { priority, automatic } = request;
        return jobs.submit({
          ...{ kind: 'scan', target: root.path, rootId: root.rootId, payload },
          ...(priority && { priority }),
          ...(automatic && { automatic }),
        });
      });
      library.changes.noteNow();
      return submitted;
    },
    recoverJobs: () => {
      const { library } = holder;
      return library.write(() => {
        library.jobs.prune();
        return library.jobs.recover();
      });
    },
    claimJob: ({ kinds, fullLanes }) => {
      const { library } = holder;
      const job = library.write(() => library.jobs.claim(kinds, fullLanes));
      if (job?.kind !== 'scan') return job;
      return { ...job, extraExtensions: library.settings.get().extraExtensions };
    },
    releaseWaiting: ({ rootIds }) => {
      const { library } = holder;
      const jobIds = library.write(() => library.jobs.releaseWaiting(rootIds));
      return { jobIds, ...library.jobs.awaited() };
    },
    transitionJob: (request) => {
      const { library } = holder;
      const answer = library.write(() => library.jobs.transition(request));
      if (answer.changed && request.to !== 'running') library.endRun(request.jobId);
      if (answer.changed && !isLive(request.to)) library.changes.noteNow();
      return answer;
    },
    setJobPriority: ({ jobId, priority }) =>
      holder.library.write(() => holder.library.jobs.setPriority(jobId, priority)),
    saveJobProgress: ({ progress, ...run }) => {
      holder.library.write(() => holder.library.jobs.saveProgress(run, progress));
      return null;
    },
    getJob: ({ jobId }) => holder.library.jobs.get(jobId),
    listJobs: ({ limit }) => holder.library.jobs.list(limit),
  };
}

type RootProcedure =
  | 'awaitedRoot'
  | 'setRootOnline'
  | 'removeRoot'
  | 'findRootByPath'
  | 'getSettings'
  | 'setSettings';

function rootHandlers(holder: LibraryHolder): Pick<RpcHandlers<LibraryApi>, RootProcedure> {
  return {
    awaitedRoot: ({ rootId }) => holder.library.roots.awaited(rootId),
    setRootOnline: ({ rootId, online }) => {
      const { library } = holder;
      if (library.write(() => library.roots.setOnline(rootId, online))) library.changes.noteNow();
      return null;
    },
    removeRoot: ({ rootId }) => {
      const { library } = holder;
      const cancelledJobIds = library.write(() => {
        library.roots.remove(rootId);
        return library.jobs.cancelJobsOfRoot(rootId);
      });
      for (const jobId of cancelledJobIds) library.endRun(jobId);
      library.changes.noteNow();
      return { cancelledJobIds };
    },
    getSettings: () => holder.library.settings.get(),
    setSettings: (settings) => holder.library.write(() => holder.library.settings.set(settings)),
    findRootByPath: ({ path }) => {
      const root = holder.library.roots.findByPath(path);
      return root ? { rootId: root.rootId } : null;
    },
  };
}

type ReadProcedure =
  | 'summary'
  | 'pageVideos'
  | 'scanVideos'
  | 'getVideo'
  | 'listProblems'
  | 'watchableRoots';

function readHandlers(holder: LibraryHolder): Pick<RpcHandlers<LibraryApi>, ReadProcedure> {
  return {
    summary: async (_, { signal }) => {
      const { readers, file } = holder.library;
      const summary = await readers.call('summary', null, { signal });
      return { libraryPath: file.directory, ...summary };
    },
    pageVideos: (request, { signal }) => {
      const { readers, revision } = holder.library;
      return readers.call('pageVideos', { ...request, revision }, { signal });
    },
    scanVideos: (request, { signal }) =>
      holder.library.readers.call('scanVideos', request, { signal }),
    getVideo: (request, { signal }) => holder.library.readers.call('getVideo', request, { signal }),
    listProblems: (request, { signal }) =>
      holder.library.readers.call('listProblems', request, { signal }),
    watchableRoots: (_, { signal }) =>
      holder.library.readers.call('watchableRoots', null, { signal }),
  };
}

function scanSinkHandlers(holder: LibraryHolder): RpcHandlers<ScanSinkApi> {
  return {
    beginScan: (request, context) => holder.library.sink.beginScan(request, context),
    reconcile: (request, context) => holder.library.sink.reconcile(request, context),
    finishListing: (request, context) => holder.library.sink.finishListing(request, context),
    takeProbeTasks: (request, context) => holder.library.sink.takeProbeTasks(request, context),
    writeProbes: (request, context) => holder.library.sink.writeProbes(request, context),
    finishScan: (request, context) => holder.library.sink.finishScan(request, context),
  };
}

type AnyHandler = (request: unknown, context: { signal: AbortSignal }) => unknown;

/** Errors of SQLite come out coded wherever they happen; what else is thrown stays as it is. */
function withCodedErrors<Api extends RpcApi>(handlers: RpcHandlers<Api>): RpcHandlers<Api> {
  const coded = (handler: AnyHandler): AnyHandler => {
    return async (request, context) => {
      try {
        return await handler(request, context);
      } catch (thrown) {
        throw toLibraryError(thrown);
      }
    };
  };
  const entries = Object.entries(handlers).map(([name, handler]) => [
    name,
    coded(handler as AnyHandler),
  ]);
  return Object.fromEntries(entries) as RpcHandlers<Api>;
}
