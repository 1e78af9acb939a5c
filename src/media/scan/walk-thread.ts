import { parentPort } from 'node:worker_threads';
import { blockingFileSystem } from './blocking-file-system';
import { Change } from './change';
import { type WalkBatch, type WalkRequest, walk } from './walk';

// Entry of the thread that walks: one root at a time, so that a drive that hangs blocks nothing but this thread.

/** What the thread is told: what to walk, and then for each batch that it was taken. */
export type ToWalkThread = { type: 'walk'; request: WalkRequest } | { type: 'taken' };

/** What the thread tells: what it found, and null when that was all. */
export type FromWalkThread = WalkBatch | null;

/** Batches that are found while others are on their way: memory is bounded by them. */
const BATCHES_AHEAD = 2;

if (!parentPort) throw new Error('A walk runs as a worker thread only.');
const port = parentPort;
// Whoever started the thread ends it as a whole.
const { signal } = new AbortController();
const taken = new Change();
let ahead = 0;

port.on('message', (message: ToWalkThread) => {
  if (message.type === 'walk') {
    // Electron only warns of a promise that nobody waits for: what was thrown has to end the thread.
    tellOf(message.request).catch((thrown) =>
      queueMicrotask(() => {
        throw thrown;
      }),
    );
  } else {
    ahead -= 1;
    taken.happened();
  }
});

async function tellOf(request: WalkRequest): Promise<void> {
  for await (const batch of walk({ ...request, signal }, blockingFileSystem())) {
    port.postMessage(batch satisfies FromWalkThread);
    ahead += 1;
    while (ahead > BATCHES_AHEAD) await taken.next(signal);
  }
  port.postMessage(null satisfies FromWalkThread);
}
