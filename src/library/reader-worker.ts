import { parentPort, workerData } from 'node:worker_threads';
import { type NoRpcApi, RpcPeer } from '../shared/rpc';
import { rpcPortOfNode } from '../shared/rpc-ports';
import { openReaderConnection } from './connection';
import { IdleWork } from './idle-work';
import { createReader } from './reader';
import type { ReaderApi, ReaderWorkerData } from './reader-api';
import { VideoLists } from './video-list';

// Entry of a reader thread: one connection that only reads, so that no page waits behind a scan's rows.

if (!parentPort) throw new Error('The reader runs as a worker thread only.');
const { databasePath } = workerData as ReaderWorkerData;
const database = openReaderConnection(databasePath);
const lists = new VideoLists(database, Date.now);
const ahead = new IdleWork(() => {
  try {
    return lists.prepare();
  } catch {
    // Whoever needs what could not be read reads it again, and is told why it cannot be.
    return false;
  }
});
const { pageVideos, ...others } = createReader(database, Date.now, lists);
const peer = new RpcPeer<ReaderApi, NoRpcApi>(
  rpcPortOfNode(parentPort),
  {
    ...others,
    pageVideos: (request, context) => {
      // Where another process writes, what was made ahead would be out of date too soon.
      if (request.version) ahead.start();
      return pageVideos(request, context);
    },
  },
  {},
);
peer.onClose(() => {
  ahead.stop();
  database.close();
});
