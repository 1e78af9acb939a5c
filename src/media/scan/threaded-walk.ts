import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { VitrineError } from '../../shared/errors';
import type { WalkBatch, Walker, WalkOptions } from './walk';
import type { WalkMessage } from './walk-thread';

/**
 * Walks in a thread of its own. One that hangs in a call to the drive is left behind when the signal aborts, and ends
 * when the drive answers.
 * @param entry the built entry `walk-thread`
 */
export function threadedWalk(entry: string | URL): Walker {
  return (options) => walkInThread(entry, options);
}

/**
 * @throws the signal's reason when it aborts
 * @throws VitrineError WORKER_CRASHED when the thread ended early
 */
async function* walkInThread(
  entry: string | URL,
  { signal, ...request }: WalkOptions,
): AsyncGenerator<WalkBatch, void> {
  signal.throwIfAborted();
  const worker = new Worker(entry, { workerData: request, name: 'walk' });
  // Not awaited: a thread that hangs ends when it can.
  const end = () => void worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const [message] of on(worker, 'message', { signal, close: ['exit'] })) {
      const batch = message as WalkMessage;
      if (!batch) return;
      yield batch;
      worker.postMessage(null);
    }
    throw new VitrineError('WORKER_CRASHED', `The walk of ${request.rootPath} ended early.`);
  } catch (thrown) {
    signal.throwIfAborted();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
