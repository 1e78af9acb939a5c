import { parentPort, workerData } from 'node:worker_threads';
import { blockingFileSystem } from './blocking-file-system';
import { Change } from './change';
import { type WalkBatch, type WalkRequest, walk } from './walk';

// Entry of the thread of one walk: a drive that hangs blocks nothing but it.

/** What the thread tells: what it found, and null when that was all. */
export type WalkMessage = WalkBatch | null;

/** Batches that are found while others are on their way: memory is bounded by them. */
const BATCHES_AHEAD = 2;

if (!parentPort) throw new Error('A walk runs as a worker thread only.');
const port = parentPort;
// Whoever started the thread ends it as a whole.
const { signal } = new AbortController();
const taken = new Change();
let ahead = 0;
port.on('message', () => {
  ahead -= 1;
  taken.happened();
});

for await (const batch of walk({ ...(workerData as WalkRequest), signal }, blockingFileSystem())) {
  port.postMessage(batch satisfies WalkMessage);
  ahead += 1;
  while (ahead > BATCHES_AHEAD) await taken.next(signal);
}
port.postMessage(null satisfies WalkMessage);
port.close();
