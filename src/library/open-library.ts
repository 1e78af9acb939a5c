import type { EditHistory } from '../shared/edit';
import { toErrorShape, VitrineError } from '../shared/errors';
import type { LibraryMode } from '../shared/library-protocol';
import { BackupSchedule } from './backups/backup-schedule';
import { ChangeSignal } from './change-signal';
import { ChangedVideos } from './changed-videos';
import { Checkpointer } from './checkpointer';
import { Edits } from './edits/edits';
import { FirstAnswers } from './first-answers';
import { JobTable } from './jobs';
import { previewsFolder } from './library-files';
import { type LibraryFile, openLibraryFile } from './open';
import { Previews } from './previews/previews';
import { ProblemInbox } from './problem-inbox';
import { ReaderPool } from './reader-pool';
import { RootPlaces } from './root-places';
import { RootTable } from './roots';
import { SavedFilters } from './saved-filters';
import { ScanSink } from './scan-sink';
import { SessionMark } from './session-mark';
import { SettingsTable } from './settings';
import { withDamageErrors, withLibraryErrors } from './sqlite-errors';
import { Suspects } from './suspects';
import { VerifySink } from './verify-sink';
import { copyWalIntoDatabase, leaveCheckpointsToOthers } from './wal';
import { Writer } from './writer';

/** Built entries of the library's threads. */
export interface LibraryThreads {
  reader: string | URL;
  checkpointer: string | URL;
  backup: string | URL;
}

export interface OpenLibraryOptions {
  directory: string;
  mode: LibraryMode;
  threads: LibraryThreads;
  onChanged: () => void;
  /** What can be undone, or how far a long edit is; at most four a second, the last one always. */
  onHistory: (history: EditHistory) => void;
  /** Something failed that nobody asked for: a checkpoint, or a backup that found damage. */
  onFailure: (thrown: unknown) => void;
  now: () => number;
}

/** Everything that belongs to one open library, and its end. */
export class OpenLibrary {
  readonly file: LibraryFile;
  readonly jobs: JobTable;
  readonly roots: RootTable;
  readonly places: RootPlaces;
  readonly problems: ProblemInbox;
  readonly suspects: Suspects;
  readonly settings: SettingsTable;
  readonly savedFilters: SavedFilters;
  readonly readers: ReaderPool;
  readonly changes: ChangeSignal;
  readonly #edits: Edits;
  readonly #historyChanges: ChangeSignal;
  readonly #writer: Writer;
  readonly #mark: SessionMark;
  readonly #checkpointer: Checkpointer;
  readonly #backups: BackupSchedule | null;
  readonly #sink: ScanSink;
  readonly #verifySink: VerifySink;
  readonly #previews: Previews | null;
  #recoveryDue = false;

  /** @throws what {@link openLibraryFile} says */
  static open(options: OpenLibraryOptions): OpenLibrary {
    const file = openLibraryFile(options.directory, options.mode);
    try {
      // All that it prepares is right, unless a trigger or an index in the file is not what it was.
      return withDamageErrors(() => new OpenLibrary(options, file));
    } catch (thrown) {
      file.close();
      throw thrown;
    }
  }

  private constructor(options: OpenLibraryOptions, file: LibraryFile) {
    const { threads, onChanged, onHistory, onFailure, now } = options;
    const { database, databasePath } = file;
    this.file = file;
    this.changes = new ChangeSignal(onChanged);
    this.jobs = new JobTable(database, now);
    this.roots = new RootTable(database, now);
    this.places = new RootPlaces(database, now);
    this.problems = new ProblemInbox(database, now);
    this.suspects = new Suspects(database, now);
    this.settings = new SettingsTable(database);
    this.savedFilters = new SavedFilters(database, now);
    const changed = file.mode === 'write' ? new ChangedVideos(database) : null;
    this.readers = new ReaderPool({
      workerPath: threads.reader,
      databasePath,
      takeChange:
        changed && (() => ({ revision: this.changes.revision, videoIds: changed.take() })),
      firstAnswers: new FirstAnswers(database, now),
    });
    this.#mark = new SessionMark(database);
    this.#writer = new Writer({
      database,
      onBegin: () => this.#beginSession(),
      onCommit: (changed) => {
        this.#checkpointer.noteCommit();
        if (!changed) return;
        this.#backups?.noteChange();
        this.#previews?.noteCommit();
      },
    });
    this.#checkpointer = new Checkpointer({
      workerPath: threads.checkpointer,
      databasePath,
      finish: () => this.#finishCheckpoint(),
      onFailure,
    });
    this.#backups = file.mode === 'write' ? scheduleBackups(options, file) : null;
    if (file.mode === 'write') leaveCheckpointsToOthers(database);
    const { changes, jobs, roots, places, suspects, readers } = this;
    const shared = { database, writer: this.#writer, jobs, changes, now };
    this.#sink = new ScanSink({ ...shared, roots, places, suspects });
    this.#historyChanges = new ChangeSignal(() => onHistory(this.#edits.history));
    this.#edits = new Edits({
      ...{ database, writer: this.#writer, changes, now, onFailure },
      resolve: (source) => readers.call('selectVideos', source, {}),
      onHistory: () => this.#historyChanges.note(),
    });
    this.#verifySink = new VerifySink({ ...shared, readers, places });
    this.#previews =
      file.mode === 'read'
        ? null
        : new Previews({
            ...{ ...shared, readers, places, onFailure },
            folder: previewsFolder(file.directory),
            settings: () => this.settings.get(),
            onScreen: () => this.#sink.onScreen,
          });
  }

  /** One interactive write. @throws LIBRARY_READ_ONLY when the library is open for reading */
  write<T>(work: () => T): T {
    this.#assertWritable();
    return this.#writer.transact(work);
  }

  /**
   * Queues what a dead session left running, and shortens the history; returns how many were queued. On a full disk
   * that is put off until something can be written, so that the library can be read.
   */
  recoverJobs(): number {
    try {
      return withLibraryErrors(() => this.write(() => this.#recoverJobs()));
    } catch (thrown) {
      if (toErrorShape(thrown).code !== 'DISK_FULL') throw thrown;
      this.#recoveryDue = true;
      return 0;
    }
  }

  get sink(): ScanSink {
    this.#assertWritable();
    return this.#sink;
  }

  /** @throws LIBRARY_READ_ONLY when the library is open for reading */
  get edits(): Edits {
    this.#assertWritable();
    return this.#edits;
  }

  get verifySink(): VerifySink {
    this.#assertWritable();
    return this.#verifySink;
  }

  /** @throws LIBRARY_READ_ONLY when the library is open for reading */
  get previews(): Previews {
    if (this.#previews) return this.#previews;
    throw readOnly();
  }

  /** Called while the run that a process died under still holds its token. @returns whether one file is to blame */
  noteDeath(runToken: string): boolean {
    return this.suspects.noteDeath(runToken) || this.previews.noteDeath(runToken);
  }

  /** Drops what is held in memory for the run of a job that is over, whatever its kind. */
  endRun(jobId: string): void {
    this.#sink.forget(jobId);
    this.#verifySink.forget(jobId);
    this.#previews?.sink.forget(jobId);
  }

  /**
   * Lets bulk work end at its next slice, makes a backup if one is due and quickly made, marks the library as closed in
   * order, and closes every thread and connection.
   */
  async close(): Promise<void> {
    this.changes.close();
    this.#historyChanges.close();
    this.#previews?.finish();
    await this.#writer.close();
    const backedUp = await this.#backups?.finish();
    await Promise.all([
      this.#previews?.end(),
      this.#edits.end(),
      this.readers.close(),
      this.#checkpointer.close(),
    ]);
    try {
      withLibraryErrors(() => this.#endSession(backedUp ?? false));
    } finally {
      this.file.close();
    }
  }

  /**
   * Ends every thread and all work of a library that cannot be trusted any more, and writes nothing to it. The file
   * stays open: to close it would copy its log into it.
   * @param reason what work in hand fails with
   */
  async abandon(reason: VitrineError): Promise<void> {
    this.changes.close();
    this.#historyChanges.close();
    await this.#writer.close(reason);
    await Promise.all([this.#backups?.stop(), this.#previews?.end()]);
    await Promise.all([this.#edits.end(), this.readers.close(), this.#checkpointer.close()]);
  }

  /** In the first transaction that is committed, before anything else. */
  #beginSession(): void {
    this.#mark.begin(this.file.lastSession?.sessionOfFile ?? null);
    if (this.#recoveryDue) this.#recoverJobs();
  }

  #recoverJobs(): number {
    this.jobs.prune();
    const isScanExplained = this.suspects.noteDeathOfAll();
    const isExplained = this.previews.noteDeathOfAll() || isScanExplained;
    return this.jobs.recover(isExplained);
  }

  #endSession(backedUp: boolean): void {
    if (this.file.mode === 'read') return;
    const { database } = this.file;
    if (this.#writer.begun) database.transaction(() => this.#mark.end(backedUp)).immediate();
    database.pragma('wal_checkpoint(TRUNCATE)');
  }

  /** After everything that waits in the event loop: no interactive write stands behind it. */
  async #finishCheckpoint(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    copyWalIntoDatabase(this.file.database);
    this.#writer.transact(() => this.#mark.beginLogRound());
  }

  #assertWritable(): void {
    if (this.file.mode === 'read') {
      throw readOnly();
    }
  }
}

function readOnly(): VitrineError {
  return new VitrineError('LIBRARY_READ_ONLY', 'The library is open for reading only.');
}

function scheduleBackups(
  { threads, onFailure, now }: OpenLibraryOptions,
  { directory, lastSession }: LibraryFile,
): BackupSchedule {
  return new BackupSchedule({
    workerPath: threads.backup,
    directory,
    changed: lastSession !== null && !lastSession.backedUp,
    uncleanEnd: lastSession !== null && !lastSession.closedCleanly,
    now,
    onDamage: onFailure,
  });
}
