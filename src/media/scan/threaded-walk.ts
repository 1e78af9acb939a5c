import { on } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { VitrineError } from '../../shared/errors';
import { endThread, SpareThread } from './spare-thread';
import type { WalkBatch, Walker, WalkOptions } from './walk';
import type { FromWalkThread, ToWalkThread } from './walk-thread';

/**
 * Walks in threads of their own. One that hangs in a call to the drive is left behind when the signal aborts.
 * @param entry the built entry `walk-thread`
 */
export function threadedWalk(entry: string | URL): Walker {
  const threads = new SpareThread(entry, 'walk');
  return async function* (options) {
    options.signal.throwIfAborted();
    const worker = threads.take();
    let isDone = false;
    try {
      yield* walkInThread(worker, options);
      isDone = true;
    } finally {
      if (isDone) threads.giveBack(worker);
      else endThread(worker);
    }
  };
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
  const onAbort = () => endThread(worker);
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
