import { VitrineError } from '../shared/errors';
import type { LibraryMode } from '../shared/library-protocol';
import { ChangeSignal } from './change-signal';
import { Checkpointer } from './checkpointer';
import { JobTable } from './jobs';
import { type LibraryFile, openLibraryFile } from './open';
import { ReaderPool } from './reader-pool';
import { RootTable } from './roots';
import { ScanSink } from './scan-sink';
import { SettingsTable } from './settings';
import { toLibraryError } from './sqlite-errors';
import { copyWalIntoDatabase, leaveCheckpointsToOthers } from './wal';
import { Writer } from './writer';

/** Built entries of the library's threads. */
export interface LibraryThreads {
  reader: string | URL;
  checkpointer: string | URL;
}

export interface OpenLibraryOptions {
  directory: string;
  mode: LibraryMode;
  threads: LibraryThreads;
  onChanged: () => void;
  now: () => number;
}

/** Everything that belongs to one open library, and its end. */
export class OpenLibrary {
  readonly file: LibraryFile;
  readonly jobs: JobTable;
  readonly roots: RootTable;
  readonly settings: SettingsTable;
  readonly readers: ReaderPool;
  readonly changes: ChangeSignal;
  readonly #writer: Writer;
  readonly #checkpointer: Checkpointer;
  readonly #sink: ScanSink;

  constructor({ directory, mode, threads, onChanged, now }: OpenLibraryOptions) {
    this.file = openLibraryFile(directory, mode);
    const { database, databasePath } = this.file;
    this.changes = new ChangeSignal(onChanged);
    this.jobs = new JobTable(database, now);
    this.roots = new RootTable(database, now);
    this.settings = new SettingsTable(database);
    this.readers = new ReaderPool(threads.reader, databasePath);
    this.#writer = new Writer({ database, onCommit: () => this.#checkpointer.noteCommit() });
    this.#checkpointer = new Checkpointer({
      workerPath: threads.checkpointer,
      databasePath,
      finish: () => this.#finishCheckpoint(),
    });
    if (mode === 'write') leaveCheckpointsToOthers(database);
    const { changes, jobs, roots } = this;
    this.#sink = new ScanSink({ database, writer: this.#writer, jobs, roots, changes, now });
  }

  /** Revision by which readers tell what is out of date; null when another process writes. */
  get revision(): number | null {
    return this.file.mode === 'write' ? this.changes.revision : null;
  }

  /** One interactive write. @throws LIBRARY_READ_ONLY when the library is open for reading */
  write<T>(work: () => T): T {
    this.#assertWritable();
    return this.#writer.transact(work);
  }

  get sink(): ScanSink {
    this.#assertWritable();
    return this.#sink;
  }

  /** Drops what is held in memory for the run of a job that is over, whatever its kind. */
  endRun(jobId: string): void {
    this.#sink.forget(jobId);
  }

  /** Lets bulk work end at its next slice, then closes every thread and connection. */
  async close(): Promise<void> {
    this.changes.close();
    await this.#writer.close();
    await Promise.all([this.readers.close(), this.#checkpointer.close()]);
    try {
      this.file.close();
    } catch (thrown) {
      throw toLibraryError(thrown);
    }
  }

  /** After everything that waits in the event loop: no interactive write stands behind it. */
  async #finishCheckpoint(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    copyWalIntoDatabase(this.file.database);
  }

  #assertWritable(): void {
    if (this.file.mode === 'read') {
      throw new VitrineError('LIBRARY_READ_ONLY', 'The library is open for reading only.');
    }
  }
}
