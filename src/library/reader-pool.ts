import { Worker } from 'node:worker_threads';
import { VitrineError } from '../shared/errors';
import { type NoRpcApi, type RpcCallOptions, RpcPeer } from '../shared/rpc';
import { rpcPortOfNode } from '../shared/rpc-ports';
import type { FirstAnswers } from './first-answers';
import type { LibraryChange, ReaderApi, ReaderWorkerData } from './reader-api';

type Procedures = ReaderApi['procedures'];

interface Reader {
  peer: RpcPeer<NoRpcApi, ReaderApi>;
  /** Whether its thread has begun to run. */
  isUp: boolean;
}

/** `pages` keeps in memory what the person looks through; everything else goes beside it and never delays it. */
type Lane = 'pages' | 'others';

/** By then a start of the app has its first page and whatever else it needs of the machine, in milliseconds. */
const START_DELAY_MS = 500;

/** What a page leaves behind is of no use a moment later: more room would only stay taken. */
const LIMITS = { maxYoungGenerationSizeMb: 8 };

const OF_PAGES: readonly string[] = [
  'pageVideos',
  'facetVideos',
  'selectVideos',
  'completeQuery',
] satisfies (keyof Procedures)[];

export interface ReaderPoolOptions {
  /** Built entry of a reader thread. */
  workerPath: string | URL;
  databasePath: string;
  /** What was written since this was asked last; null where another process writes. */
  takeChange: (() => LibraryChange) | null;
  /** Answers some calls while their thread does not run yet. */
  firstAnswers: FirstAnswers | null;
}

/**
 * The reader threads. One that crashed is replaced at the next call; calls that it had not answered
 * reject with `WORKER_CRASHED`.
 */
export class ReaderPool {
  readonly #workerPath: string | URL;
  readonly #data: ReaderWorkerData;
  readonly #takeChange: ReaderPoolOptions['takeChange'];
  readonly #firstAnswers: FirstAnswers | null;
  readonly #readers = new Map<Lane, Reader>();
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  constructor({ workerPath, databasePath, takeChange, firstAnswers }: ReaderPoolOptions) {
    this.#workerPath = workerPath;
    this.#data = { databasePath, isTold: takeChange !== null };
    this.#takeChange = takeChange;
    this.#firstAnswers = firstAnswers;
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
    if (!this.#readers.get(lane)?.isUp && !options.signal?.aborted) {
      const answer = this.#firstAnswers?.answer(name, request);
      if (answer) {
        this.#startSoon();
        return answer;
      }
    }
    const { peer } = this.#reader(lane);
    // Apart from the call, which may be cancelled before it is sent.
    if (lane === 'pages' && this.#takeChange) peer.notify('changed', this.#takeChange());
    return peer.call(name, request, options);
  }

  /** Ends every thread; calls without an answer reject. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    const readers = [...this.#readers.values()];
    this.#readers.clear();
    await Promise.all(readers.map(({ peer }) => end(peer)));
  }

  #startSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#reader('pages').peer.notify('prepare', null);
      this.#reader('others');
    }, START_DELAY_MS);
  }

  #reader(lane: Lane): Reader {
    const running = this.#readers.get(lane);
    if (running && !running.peer.closed) return running;
    const reader = this.#start();
    this.#readers.set(lane, reader);
    return reader;
  }

  #start(): Reader {
    const worker = new Worker(this.#workerPath, {
      name: 'library-reader',
      workerData: this.#data,
      resourceLimits: LIMITS,
    });
    // An uncaught error in the thread ends it, and its exit rejects what was pending; this is for the log.
    worker.on('error', (error) => console.error('A library reader crashed:', error));
    const peer = new RpcPeer<NoRpcApi, ReaderApi>(rpcPortOfNode(worker), {}, {});
    const reader: Reader = { peer, isUp: false };
    worker.once('online', () => {
      reader.isUp = true;
    });
    return reader;
  }
}

/**
 * Lets a thread end by itself: one that is terminated while it opens its connection or reads a row takes the process with
 * it. It would not end sooner either, since SQLite is not interrupted.
 */
function end(reader: Reader['peer']): Promise<void> {
  const ended = new Promise<void>((resolve) => reader.onClose(resolve));
  reader.notify('close', null);
  return ended;
}
