import { parentPort, workerData } from 'node:worker_threads';
import { type NoRpcApi, RpcPeer } from '../shared/rpc';
import { rpcPortOfNode } from '../shared/rpc-ports';
import { openReaderConnection } from './connection';
import { createReader } from './reader';
import type { ReaderApi, ReaderWorkerData } from './reader-api';

// Entry of a reader thread: one connection that only reads, so that no page waits behind a scan's rows.

if (!parentPort) throw new Error('The reader runs as a worker thread only.');
const { databasePath } = workerData as ReaderWorkerData;
const database = openReaderConnection(databasePath);
const peer = new RpcPeer<ReaderApi, NoRpcApi>(
  rpcPortOfNode(parentPort),
  createReader(database, Date.now),
  {},
);
peer.onClose(() => database.close());
