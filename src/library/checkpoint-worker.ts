import { parentPort, workerData } from 'node:worker_threads';
import { openWriterConnection } from './connection';
import { copyWalIntoDatabase } from './wal';

// Entry of the checkpoint thread: the slow part of a checkpoint, copying and two fsyncs, away from the writer.

if (!parentPort) throw new Error('The checkpointer runs as a worker thread only.');
const { databasePath } = workerData as { databasePath: string };
const port = parentPort;
const database = openWriterConnection(databasePath);
port.on('message', () => {
  copyWalIntoDatabase(database);
  port.postMessage(null);
});
