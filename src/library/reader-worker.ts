import { parentPort, workerData } from 'node:worker_threads';
import { type NoRpcApi, RpcPeer } from '../shared/rpc';
import { rpcPortOfNode } from '../shared/rpc-ports';
import { openReaderConnection } from './connection';
import { IdleWork } from './idle-work';
import { createReader } from './reader';
import type { ReaderApi, ReaderWorkerData } from './reader-api';
import { throwLibraryError } from './sqlite-errors';
import { VideoLists } from './video-list';
import { VideoSources } from './video-sources';

// Entry of a reader thread: one connection that only reads, so that no page waits behind a scan's rows.

if (!parentPort) throw new Error('The reader runs as a worker thread only.');
const { databasePath, isTold } = workerData as ReaderWorkerData;
const database = openReaderConnection(databasePath);
const lists = new VideoLists({ database, now: Date.now, isTold });
const sources = new VideoSources(database, lists);
const ahead = new IdleWork(() => {
  try {
    return lists.prepare();
  } catch {
    // Whoever needs what could not be read reads it again, and is told why it cannot be.
    return false;
  }
});

const peer = new RpcPeer<ReaderApi, NoRpcApi>(
  rpcPortOfNode(parentPort),
  {
    ...createReader(database, Date.now),
    pageVideos: async (request, { signal }) => {
      // Where another process writes, what was made ahead would be out of date too soon.
      if (isTold) ahead.start();
      return await lists.page(request, signal).catch(throwLibraryError);
    },
    selectVideos: (source, { signal }) => sources.ids(source, signal).catch(throwLibraryError),
    completeQuery: (request, { signal }) =>
      lists.complete(request, signal).catch(throwLibraryError),
    facetVideos: (request, { signal }) => lists.facets(request, signal).catch(throwLibraryError),
  },
  {
    changed: (change) => lists.noteChange(change),
    prepare: () => {
      if (isTold) ahead.start();
    },
    close: () => peer.close(),
  },
);
peer.onClose(() => {
  ahead.stop();
  database.close();
});
