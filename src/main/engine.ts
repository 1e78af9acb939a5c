import type { EditHistory } from '../shared/edit';
import { type ErrorShape, toErrorShape, VitrineError } from '../shared/errors';
import type { JobStatus } from '../shared/job';
import type { RunnableKind } from '../shared/job-payload';
import type { Backup } from '../shared/library';
import type { LibraryApi, LibraryListenerApi, LibraryMode } from '../shared/library-protocol';
import type { MediaApi } from '../shared/media-protocol';
import { type RpcCallOptions, RpcPeer } from '../shared/rpc';
import type { Settings } from '../shared/settings';
import { JobQueue } from './jobs/job-queue';
import type { MediaPeer } from './jobs/runners';
import { ProcessLink } from './processes/process-link';
import { withSpareLibrary } from './processes/spare-library';
import { Supervisor } from './processes/supervisor';
import { type ConnectableProcess, forkUtilityProcess } from './processes/utility-process';

type LibraryProcedures = LibraryApi['procedures'];
type MediaProcedures = MediaApi['procedures'];
type LibraryPeer = RpcPeer<LibraryListenerApi, LibraryApi>;

export type EngineStatus =
  | { state: 'opening' }
  | { state: 'open' }
  | { state: 'failed'; error: ErrorShape };

export interface EngineOptions {
  libraryPath: string;
  mode: LibraryMode;
  onJobUpdate(status: JobStatus): void;
  onLibraryChange(): void;
  /** What can be undone, or how far a long edit is. */
  onHistory?(history: EditHistory): void;
  onStatus(status: EngineStatus): void;
  /** Kinds of jobs that may begin, asked before each claim; left out where none is to. */
  claimable?(settings: Settings): readonly RunnableKind[];
  /** Looks after watched folders; left out where nothing is watched. */
  watching?: EngineWatching;
}

/** What the engine tells whoever looks after watched folders. */
interface EngineWatching {
  mediaStarted(): void;
  rootChanged(rootId: number): void;
  watchEnded(rootId: number, reason: string): void;
  /** Waited for before a scan looks at a folder. */
  beforeScan(rootId: number): Promise<void>;
}

/** Longest time that opening a library may take: migrations and the check after an unclean end included. */
const OPEN_TIMEOUT_MS = 10 * 60_000;
const CLOSE_TIMEOUT_MS = 5_000;
/** The first page goes before what a job may need, unless a job is there already. */
const MEDIA_DELAY_MS = 1_000;
/**
 * A network drive that hangs keeps a thread for each waiting call: Node's four would be gone at once, and with them the
 * scans of all other drives. Enough for several such drives.
 */
const MEDIA_THREADS = 64;

/**
 * The library process, the media process and the queue between them: the same for the window and the command line.
 * With mode `read` there is no media process and no job runs.
 */
export class Engine {
  readonly queue: JobQueue;
  readonly #options: EngineOptions;
  readonly #library: Supervisor<ConnectableProcess, LibraryPeer>;
  readonly #media: Supervisor<ConnectableProcess, MediaPeer>;
  readonly #link = new ProcessLink();
  #status: EngineStatus = { state: 'opening' };
  #stopping = false;
  #restoring = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.#library = new Supervisor({
      name: 'library',
      fork: () => forkUtilityProcess('library'),
      connect: (process) => this.#openLibrary(process),
      disconnect: (peer) => peer.close(),
      onUp: (_peer, process) => {
        this.#link.setLibrary(process);
        // Another process found rows of a dead one and queued them again.
        if (options.mode === 'write' && this.#status.state === 'open') this.queue.start();
      },
      onDown: (error) => this.#libraryWentDown(error),
    });
    this.#media = new Supervisor({
      name: 'media',
      fork: () => forkUtilityProcess('media', { UV_THREADPOOL_SIZE: String(MEDIA_THREADS) }),
      connect: async (process) => this.#connectMedia(process),
      disconnect: (peer) => peer.close(),
      onUp: (_peer, process) => {
        this.#link.setMedia(process);
        options.watching?.mediaStarted();
      },
      onDown: () => this.#link.setMedia(null),
    });
    this.queue = new JobQueue({
      ask: (name, request) => this.ask(name, request),
      media: () => this.media(),
      replaceMedia: () => {
        if (this.#stopping) void this.#media.stop({ force: true });
        else this.#media.restart();
      },
      beforeRun: async ({ kind, rootId }) => {
        await this.#startMedia();
        if (kind === 'scan' && rootId !== null) await options.watching?.beforeScan(rootId);
      },
      claimable: (settings) => options.claimable?.(settings) ?? [],
      onUpdate: options.onJobUpdate,
      onCrashExplained: () => this.#media.forgive(),
    });
  }

  get status(): EngineStatus {
    return this.#status;
  }

  /**
   * Asks the open library; waits while it opens. When its process dies under a call, the restarted one is asked once
   * more: every procedure may be repeated.
   */
  async ask<Name extends keyof LibraryProcedures & string>(
    name: Name,
    request: LibraryProcedures[Name]['request'],
  ): Promise<LibraryProcedures[Name]['response']> {
    const library = await this.#library.connection();
    try {
      return await library.call(name, request);
    } catch (thrown) {
      if (!library.closed) throw thrown;
      return (await this.#library.connection()).call(name, request);
    }
  }

  /**
   * The media process. One that was given up is started again: it may have died of something that failed meanwhile.
   * @throws VitrineError WORKER_CRASHED
   */
  media(): Promise<MediaPeer> {
    return this.#stopping ? this.#media.connection() : this.#media.start();
  }

  /** Asks the media process; waits while it is being started. */
  async askMedia<Name extends keyof MediaProcedures & string>(
    name: Name,
    request: MediaProcedures[Name]['request'],
    options: RpcCallOptions = {},
  ): Promise<MediaProcedures[Name]['response']> {
    return (await this.#media.connection()).call(name, request, options);
  }

  /**
   * Opens the library and, in mode `write`, begins to run jobs. Also called again after a failure.
   * @throws VitrineError what {@link import('../shared/library-protocol').LibraryApi} says of `open`
   */
  async start(): Promise<void> {
    this.#setStatus({ state: 'opening' });
    try {
      await this.#library.start();
      this.#setStatus({ state: 'open' });
      if (this.#options.mode !== 'write') return;
      this.queue.start();
      setTimeout(() => this.#startMedia(), MEDIA_DELAY_MS);
    } catch (thrown) {
      this.#setStatus({ state: 'failed', error: toErrorShape(thrown) });
      throw thrown;
    }
  }

  /** Never fails: whoever needs the process is told why there is none. */
  async #startMedia(): Promise<void> {
    if (this.#stopping) return;
    await this.#media.start().catch((thrown) => {
      console.error('The media process did not start:', toErrorShape(thrown).message);
    });
  }

  /** Stops claiming, makes running jobs resumable, closes the library and ends both processes. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#closeLibrary();
    await this.#media.stop();
  }

  /** Newest first; also while the library cannot be opened. */
  listBackups(): Promise<Backup[]> {
    const { libraryPath: directory } = this.#options;
    return withSpareLibrary((library) => library.call('listBackups', { directory }));
  }

  /**
   * Closes the library if it is open, puts a backup in its place and opens that. When it cannot be put there, the
   * library that was there is opened again.
   * @throws VitrineError what {@link import('../shared/library-protocol').LibraryApi} says of `restoreBackup` and `open`
   */
  async restoreBackup(backupId: string): Promise<void> {
    if (this.#restoring || this.#status.state === 'opening') {
      throw new VitrineError('INVALID_REQUEST', 'The library is being opened.');
    }
    const { libraryPath: directory } = this.#options;
    this.#restoring = true;
    let closed = false;
    try {
      // Jobs are not interrupted for a backup that is not there.
      const known = (await this.listBackups()).some((backup) => backup.backupId === backupId);
      if (!known) throw new VitrineError('BACKUP_NOT_FOUND', `There is no backup ${backupId}.`);
      await this.#closeLibrary();
      closed = true;
      this.#setStatus({ state: 'opening' });
      await withSpareLibrary((library) => library.call('restoreBackup', { directory, backupId }));
    } catch (thrown) {
      // Why the old library does not open, if it does not, is in the status.
      if (closed) await this.#startAgain().catch(() => undefined);
      throw thrown;
    } finally {
      this.#restoring = false;
    }
    await this.#startAgain();
  }

  async #startAgain(): Promise<void> {
    this.#restoring = false;
    if (!this.#stopping) await this.start();
  }

  async #closeLibrary(): Promise<void> {
    if (this.#status.state === 'open') {
      await this.queue.stop();
      await this.#library.current
        ?.call('close', null, { timeoutMs: CLOSE_TIMEOUT_MS })
        // It is checked and put right when it is opened next.
        .catch((thrown) => console.error('Closing the library failed:', toErrorShape(thrown)));
    }
    await this.#library.stop();
  }

  async #openLibrary(process: ConnectableProcess): Promise<LibraryPeer> {
    const peer: LibraryPeer = new RpcPeer(
      process.openPort(),
      {},
      {
        changed: () => this.#options.onLibraryChange(),
        history: (history) => this.#options.onHistory?.(history),
        failed: (error) => this.#library.fail(VitrineError.fromShape(error)),
      },
    );
    const { libraryPath: directory, mode } = this.#options;
    await peer.call('open', { directory, mode }, { timeoutMs: OPEN_TIMEOUT_MS });
    // Before anybody can claim: what is still `running` belongs to a process that is dead.
    if (mode === 'write') await peer.call('recoverJobs', null);
    peer.onClose(() => this.#library.lost(peer));
    return peer;
  }

  #connectMedia(process: ConnectableProcess): MediaPeer {
    const peer: MediaPeer = new RpcPeer(
      process.openPort(),
      {},
      {
        jobProgress: ({ jobId, runToken, progress }) =>
          this.queue.report(jobId, runToken, progress),
        rootChanged: ({ rootId }) => this.#options.watching?.rootChanged(rootId),
        watchEnded: ({ rootId, reason }) => this.#options.watching?.watchEnded(rootId, reason),
      },
    );
    peer.onClose(() => this.#media.lost(peer));
    return peer;
  }

  #libraryWentDown(error: VitrineError): void {
    this.#link.setLibrary(null);
    if (this.#stopping || this.#restoring) return;
    console.error(error.message);
    // A restart is under way unless the supervisor gave up or was stopped; its own calls tell which.
    this.#library.connection().then(
      () => this.#setStatus({ state: 'open' }),
      (thrown) => {
        this.#setStatus({ state: 'failed', error: toErrorShape(thrown) });
        // Nothing is claimed until it is opened again.
        void this.queue.stop();
      },
    );
  }

  #setStatus(status: EngineStatus): void {
    this.#status = status;
    this.#options.onStatus(status);
  }
}
