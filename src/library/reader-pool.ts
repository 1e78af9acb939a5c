import { Worker } from 'node:worker_threads';
import { VitrineError } from '../shared/errors';
import { type NoRpcApi, type RpcCallOptions, RpcPeer } from '../shared/rpc';
import { rpcPortOfNode } from '../shared/rpc-ports';
import type { LibraryChange, ReaderApi, ReaderWorkerData } from './reader-api';

type Procedures = ReaderApi['procedures'];

type Reader = RpcPeer<NoRpcApi, ReaderApi>;

/** `pages` keeps in memory what the person looks through; everything else goes beside it and never delays it. */
type Lane = 'pages' | 'others';

const OF_PAGES: readonly string[] = ['pageVideos', 'facetVideos'] satisfies (keyof Procedures)[];

export interface ReaderPoolOptions {
  /** Built entry of a reader thread. */
  workerPath: string | URL;
  databasePath: string;
  /** What was written since this was asked last; null where another process writes. */
  takeChange: (() => LibraryChange) | null;
}

/**
 * The reader threads. One that crashed is replaced at the next call; calls that it had not answered
 * reject with `WORKER_CRASHED`.
 */
export class ReaderPool {
  readonly #workerPath: string | URL;
  readonly #data: ReaderWorkerData;
  readonly #takeChange: ReaderPoolOptions['takeChange'];
  readonly #readers = new Map<Lane, Reader>();
  #closed = false;

  constructor({ workerPath, databasePath, takeChange }: ReaderPoolOptions) {
    this.#workerPath = workerPath;
    this.#data = { databasePath, isTold: takeChange !== null };
    this.#takeChange = takeChange;
  }

  /** Starts the thread of pages before anybody asks: that takes longer than a page. */
  startAhead(): void {
    this.#reader('pages');
  }

  call<Name extends keyof Procedures>(
    name: Name,
    request: Procedures[Name]['request'],
    options: RpcCallOptions,
  ): Promise<Procedures[Name]['response']> {
    if (this.#closed) {
      return Promise.reject(new VitrineError('CANCELLED', 'The library is being closed.'));
    }
    const lane = OF_PAGES.includes(name) ? 'pages' : 'others';
    const reader = this.#reader(lane);
    // Apart from the call, which may be cancelled before it is sent.
    if (lane === 'pages' && this.#takeChange) reader.notify('changed', this.#takeChange());
    return reader.call(name, request, options);
  }

  /** Ends every thread; calls without an answer reject. */
  async close(): Promise<void> {
    this.#closed = true;
    const readers = [...this.#readers.values()];
    this.#readers.clear();
    await Promise.all(readers.map(end));
  }

  #reader(lane: Lane): Reader {
    const running = this.#readers.get(lane);
    if (running && !running.closed) return running;
    const reader = this.#start();
    this.#readers.set(lane, reader);
    return reader;
  }

  #start(): Reader {
    const worker = new Worker(this.#workerPath, { workerData: this.#data, name: 'library-reader' });
    // An uncaught error in the thread ends it, and its exit rejects what was pending; this is for the log.
    worker.on('error', (error) => console.error('A library reader crashed:', error));
    return new RpcPeer<NoRpcApi, ReaderApi>(rpcPortOfNode(worker), {}, {});
  }
}

/**
 * Lets a thread end by itself: one that is terminated while it opens its connection or reads a row takes the process with
 * it. It would not end sooner either, since SQLite is not interrupted.
 */
function end(reader: Reader): Promise<void> {
  const ended = new Promise<void>((resolve) => reader.onClose(resolve));
  reader.notify('close', null);
  return ended;
}
