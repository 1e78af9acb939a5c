import { parentPort, workerData } from 'node:worker_threads';
import { type ErrorShape, toErrorShape } from '../shared/errors';
import { openWriterConnection } from './connection';
import { withLibraryErrors } from './sqlite-errors';
import { copyWalIntoDatabase } from './wal';

// Entry of the checkpoint thread: the slow part of a checkpoint, copying and two fsyncs, away from the writer.

/** The thread's answer to each message; null when the checkpoint is done. */
export type CheckpointOutcome = ErrorShape | null;

if (!parentPort) throw new Error('The checkpointer runs as a worker thread only.');
const { databasePath } = workerData as { databasePath: string };
const port = parentPort;
const database = openWriterConnection(databasePath);
port.on('message', () => port.postMessage(checkpoint()));

function checkpoint(): CheckpointOutcome {
  try {
    withLibraryErrors(() => copyWalIntoDatabase(database));
    return null;
  } catch (thrown) {
    return toErrorShape(thrown);
  }
}
