import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { VitrineError } from '../../shared/errors';
import type { WalkBatch, Walker, WalkOptions } from './walk';
import type { FromWalkThread, ToWalkThread } from './walk-thread';

/** What a walk leaves behind is of no use a moment later: more room would only stay taken. */
const THREAD_LIMITS = { maxYoungGenerationSizeMb: 8 };

/**
 * Walks in threads of their own. One that hangs in a call to the drive is left behind when the signal aborts, and ends
 * when the drive answers; one that is done waits for the next walk, since a start takes as long as 10,000 files.
 * @param entry the built entry `walk-thread`
 */
export function threadedWalk(entry: string | URL): Walker {
  const idle = new Set<Worker>();

  function take(): Worker {
    for (const worker of idle) {
      idle.delete(worker);
      worker.ref();
      return worker;
    }
    const worker = new Worker(entry, { name: 'walk', resourceLimits: THREAD_LIMITS });
    // Whoever waits for the walk gets it too; this is for the log.
    worker.on('error', (error) => console.error('A walk crashed:', error));
    worker.on('exit', () => idle.delete(worker));
    return worker;
  }

  function giveBack(worker: Worker): void {
    if (idle.size > 0) {
      end(worker);
    } else {
      worker.unref();
      idle.add(worker);
    }
  }

  return async function* (options) {
    options.signal.throwIfAborted();
    const worker = take();
    let isDone = false;
    try {
      yield* walkInThread(worker, options);
      isDone = true;
    } finally {
      if (isDone) giveBack(worker);
      else end(worker);
    }
  };
}

/** Not awaited: a thread that hangs ends when it can. */
function end(worker: Worker): void {
  void worker.terminate();
}

/**
 * @throws the signal's reason when it aborts; the thread has been told to end then
 * @throws VitrineError WORKER_CRASHED when the thread ended early
 */
async function* walkInThread(
  worker: Worker,
  { signal, ...request }: WalkOptions,
): AsyncGenerator<WalkBatch, void> {
  const tell = (message: ToWalkThread) => worker.postMessage(message);
  // Also while nobody asks for the next batch.
  const onAbort = () => end(worker);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const messages = on(worker, 'message', { signal, close: ['exit'] });
    tell({ type: 'walk', request });
    for await (const [message] of messages) {
      const batch = message as FromWalkThread;
      if (!batch) return;
      tell({ type: 'taken' });
      yield batch;
    }
    throw new VitrineError('WORKER_CRASHED', `The walk of ${request.rootPath} ended early.`);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
