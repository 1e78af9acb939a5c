import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { z } from 'zod';
import type { JobStatus } from '../../shared/job';
import { RpcPeer } from '../../shared/rpc';
import type { FolderGrants } from '../ipc/folder-grants';
import { parseRequest } from '../ipc/gate';
import type { JobQueue } from '../jobs/job-queue';
import { endpointOf } from './endpoint';
import type { HandoffApi, HandoffListenerApi } from './handoff-api';
import { rpcPortOfSocket } from './json-line-port';

export interface HandoffServer {
  /** Begins to listen. Only who holds the library's lock may call it: a stale socket file is replaced. */
  open(): void;
  announce(status: JobStatus): void;
  close(): void;
}

const submitRequest = z.object({ path: z.string().min(1) });
const jobRequest = z.object({ jobId: z.string().min(1) });

/** Takes scans from the command line while the app has the library open. */
export function listenForHandoff(
  libraryPath: string,
  queue: JobQueue,
  grants: FolderGrants,
): HandoffServer {
  const clients = new Set<RpcPeer<HandoffApi, HandoffListenerApi>>();
  let server: Server | null = null;

  const accept = (port: ReturnType<typeof rpcPortOfSocket>) => {
    const client = new RpcPeer<HandoffApi, HandoffListenerApi>(
      port,
      {
        submitScan: async (payload) => {
          const { path } = parseRequest(submitRequest, payload, 'submitScan');
          return queue.submit('submitScan', { path: await grants.grant(path) });
        },
        getJob: (payload) => queue.get(parseRequest(jobRequest, payload, 'getJob').jobId),
      },
      {},
    );
    clients.add(client);
    client.onClose(() => clients.delete(client));
  };

  // Without it the command line says that the library is in use; nothing else is lost.
  const report = (error: Error) =>
    console.error('The command line cannot hand over scans:', error.message);

  return {
    open: () => {
      if (server) return;
      let endpoint: string;
      try {
        endpoint = endpointOf(libraryPath);
      } catch (thrown) {
        report(thrown as Error);
        return;
      }
      if (process.platform !== 'win32') rmSync(endpoint, { force: true });
      server = createServer((socket) => accept(rpcPortOfSocket(socket)));
      server.on('error', report);
      server.listen(endpoint, () => {
        if (process.platform !== 'win32') chmodSync(endpoint, 0o600);
      });
    },
    announce: (status) => {
      for (const client of clients) client.notify('jobUpdate', status);
    },
    close: () => {
      for (const client of clients) client.close();
      server?.close();
      server = null;
    },
  };
}
