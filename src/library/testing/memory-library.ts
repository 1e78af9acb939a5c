import Database from 'better-sqlite3';
import type { LibraryApi } from '../../shared/library-protocol';
import { ChangeSignal } from '../change-signal';
import type { Connection } from '../connection';
import { JobTable } from '../jobs';
import { MIGRATIONS } from '../migrations';
import { createReader } from '../reader';
import { RootPlaces } from '../root-places';
import { RootTable } from '../roots';
import { ScanSink } from '../scan-sink';
import { Suspects } from '../suspects';
import type { Writer } from '../writer';
import type { TestLibrary } from './library-fixture';

/** What the process dies of when {@link MemoryLibrary.diesAfter} is used up. */
export class Death extends Error {}

/**
 * A library in memory, without threads: quick enough for thousands of scans. Every step of bulk work is a transaction
 * of its own, and the process can be made to die between any two of them.
 */
export class MemoryLibrary {
  readonly database: Connection;
  readonly #now: () => number;
  /** Transactions that are still written; those after them never are. */
  diesAfter = Number.POSITIVE_INFINITY;
  #writes = 0;

  constructor() {
    let time = 1_700_000_000_000;
    this.#now = () => time++;
    this.database = new Database(':memory:');
    this.database.pragma('foreign_keys = ON');
    for (const { sql } of MIGRATIONS) this.database.exec(sql);
  }

  /** Transactions so far. */
  get writes(): number {
    return this.#writes;
  }

  /** The process that has the library now, as the fixtures of scans know one. Earlier ones are dead. */
  process(): Pick<TestLibrary, 'library' | 'sink'> {
    const { database } = this;
    const now = this.#now;
    const changes = new ChangeSignal(() => undefined);
    changes.close();
    const jobs = new JobTable(database, now);
    const roots = new RootTable(database, now);
    const places = new RootPlaces(database, now);
    const suspects = new Suspects(database, now);
    const reader = createReader(database, now);
    const writer = {
      transact: this.#transact,
      runInSlices: this.#runInSlices,
    } as unknown as Writer;
    const sink = new ScanSink({ database, writer, jobs, roots, places, suspects, changes, now });
    const library: Partial<Record<keyof LibraryApi['procedures'], (request: never) => unknown>> = {
      submitScan: ({ path, acceptMissing }: { path: string; acceptMissing?: true }) => {
        const root = roots.ensure(path);
        const payload = acceptMissing ? { acceptMissing } : {};
        return jobs.submit({ kind: 'scan', target: path, rootId: root.rootId, payload });
      },
      claimJob: () => ({ ...jobs.claim(['scan']), extraExtensions: [] }),
      recoverJobs: () => jobs.recover(suspects.noteDeathOfAll()),
      getVideo: (request) => reader.getVideo(request, CONTEXT),
      scanVideos: (request) => reader.scanVideos(request, CONTEXT),
    };
    return {
      library: askerOf(library) as unknown as TestLibrary['library'],
      sink: askerOf(sink as never) as unknown as TestLibrary['sink'],
    };
  }

  readonly #transact = <T>(work: () => T): T => {
    if (this.#writes >= this.diesAfter) throw new Death();
    this.#writes++;
    return this.database.transaction(work).immediate();
  };

  readonly #runInSlices = async <T>(
    steps: Generator<void, T>,
    beforeSlice: () => void,
  ): Promise<T> => {
    for (;;) {
      const step = this.#transact(() => {
        beforeSlice();
        return steps.next();
      });
      if (step.done) return step.value;
    }
  };
}

const CONTEXT = { signal: new AbortController().signal };

type AnyHandler = (request: never, context: typeof CONTEXT) => unknown;

/** Calls handlers as a peer would, but at once. */
function askerOf(handlers: Partial<Record<string, AnyHandler>>) {
  return {
    call: async (name: string, request: unknown) => {
      const handler = handlers[name];
      if (!handler) throw new Error(`There is no ${name} in memory.`);
      return structuredClone(await handler(structuredClone(request) as never, CONTEXT));
    },
  };
}
