import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Connection } from '../connection';
import { JobTable } from '../jobs';
import { MIGRATIONS } from '../migrations';
import { openLibraryFile } from '../open';
import { RootTable } from '../roots';
import { Writer } from '../writer';
import { type JobModel, MODEL_HISTORY } from './job-model';

/** A row of the table, by the names of the model. */
export interface StoredJob {
  jobId: string;
  kind: string;
  target: string;
  state: string;
  token: string | null;
  waitingFor: string | null;
  notBefore: number | null;
  finishedAt: number | null;
}

const STORED = `
  SELECT job_id AS jobId, kind, target, root_id AS root, state, priority, run_token AS token, attempt,
    crash_count AS crashCount, transient_failures AS transientFailures, waiting_for AS waitingFor,
    not_before AS notBefore, done, finished_at AS finishedAt
  FROM jobs ORDER BY id`;

/** Where a run of the model-based test keeps its database. */
export type Storage = 'memory' | 'file';

interface OpenDatabase {
  database: Connection;
  /** The same content as a process that is killed now would leave it, opened anew. */
  crash(): OpenDatabase;
  /** Closed in order and opened again. */
  restart(): OpenDatabase;
  dispose(): void;
}

let template: Buffer | null = null;

/** An empty library in memory; its schema is made once. */
function memoryDatabase(content = emptyLibrary()): OpenDatabase {
  const database = new Database(content);
  database.pragma('foreign_keys = ON');
  const again = () => {
    const copy = database.serialize();
    database.close();
    return memoryDatabase(copy);
  };
  return { database, crash: again, restart: again, dispose: () => void database.close() };
}

function emptyLibrary(): Buffer {
  if (template) return template;
  const database = new Database(':memory:');
  for (const { sql } of MIGRATIONS) database.exec(sql);
  template = database.serialize();
  database.close();
  return template;
}

/** The library as the app opens it: WAL, synchronous, locked. */
function fileDatabase(directory = mkdtempSync(join(tmpdir(), 'vitrine-model-'))): OpenDatabase {
  const file = openLibraryFile(directory, 'write');
  const remove = () => rmSync(directory, { recursive: true, force: true });
  return {
    database: file.database,
    crash: () => {
      const copy = mkdtempSync(join(tmpdir(), 'vitrine-model-'));
      for (const name of ['library.sqlite', 'library.sqlite-wal']) {
        copyFileSync(join(directory, name), join(copy, name));
      }
      file.close();
      remove();
      return fileDatabase(copy);
    },
    restart: () => {
      file.close();
      return fileDatabase(directory);
    },
    dispose: () => {
      file.close();
      remove();
    },
  };
}

/** The real job table on real SQLite, with the clock of the model. */
export class RealJobs {
  readonly #now: () => number;
  #opened: OpenDatabase;
  #tables: ReturnType<typeof tablesOf>;

  constructor(model: JobModel, storage: Storage) {
    this.#now = () => model.now;
    this.#opened = storage === 'memory' ? memoryDatabase() : fileDatabase();
    this.#tables = tablesOf(this.#opened.database, this.#now);
  }

  get database(): Connection {
    return this.#opened.database;
  }

  get jobs(): JobTable {
    return this.#tables.jobs;
  }

  get roots(): RootTable {
    return this.#tables.roots;
  }

  /** Every row as it is stored. */
  rows(): StoredJob[] {
    return this.#tables.stored.all();
  }

  write<T>(work: () => T): T {
    return this.#tables.writer.transact(work);
  }

  reopen(how: 'crash' | 'restart'): void {
    this.#opened = this.#opened[how]();
    this.#tables = tablesOf(this.#opened.database, this.#now);
  }

  dispose(): void {
    this.#opened.dispose();
  }
}

function tablesOf(database: Connection, now: () => number) {
  return {
    jobs: new JobTable(database, now, MODEL_HISTORY),
    roots: new RootTable(database, now),
    writer: new Writer({ database }),
    stored: database.prepare<[], StoredJob>(STORED),
  };
}
