import { VitrineError } from '../shared/errors';
import type { LibraryMode } from '../shared/library-protocol';
import { ChangeSignal } from './change-signal';
import { JobTable } from './jobs';
import { type LibraryFile, openLibraryFile } from './open';
import { ReaderPool } from './reader-pool';
import { RootTable } from './roots';
import { ScanSink } from './scan-sink';
import { toLibraryError } from './sqlite-errors';
import { Writer } from './writer';

export interface OpenLibraryOptions {
  directory: string;
  mode: LibraryMode;
  readerWorkerPath: string | URL;
  onChanged: () => void;
  now: () => number;
}

/** Everything that belongs to one open library, and its end. */
export class OpenLibrary {
  readonly file: LibraryFile;
  readonly jobs: JobTable;
  readonly roots: RootTable;
  readonly readers: ReaderPool;
  readonly changes: ChangeSignal;
  readonly #writer: Writer;
  readonly #sink: ScanSink;

  constructor({ directory, mode, readerWorkerPath, onChanged, now }: OpenLibraryOptions) {
    this.file = openLibraryFile(directory, mode);
    const { database, databasePath } = this.file;
    this.changes = new ChangeSignal(onChanged);
    this.jobs = new JobTable(database, now);
    this.roots = new RootTable(database, now);
    this.readers = new ReaderPool(readerWorkerPath, databasePath);
    this.#writer = new Writer({ database });
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

  /** Lets bulk work end at its next slice, then closes every thread and connection. */
  async close(): Promise<void> {
    this.changes.close();
    await this.#writer.close();
    await this.readers.close();
    try {
      this.file.close();
    } catch (thrown) {
      throw toLibraryError(thrown);
    }
  }

  #assertWritable(): void {
    if (this.file.mode === 'read') {
      throw new VitrineError('LIBRARY_READ_ONLY', 'The library is open for reading only.');
    }
  }
}
