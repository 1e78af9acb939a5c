import { randomUUID } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { z } from 'zod';
import type { JobStatus } from '../../shared/job';
import { RpcPeer } from '../../shared/rpc';
import type { Engine } from '../engine';
import type { FolderGrants } from '../ipc/folder-grants';
import { parseRequest } from '../ipc/gate';
import { endpointOf } from './endpoint';
import type { HandoffApi, HandoffListenerApi } from './handoff-api';
import { rpcPortOfSocket } from './json-line-port';

export interface HandoffServer {
  /** Begins to listen. Only who holds the library's lock may call it: a stale socket file is replaced. */
  open(): void;
  announce(status: JobStatus): void;
  close(): void;
}

/** The part of the engine that does it. */
export interface HandoffTarget {
  queue: Pick<Engine['queue'], 'submit' | 'retryProblems' | 'get'>;
  ask: Engine['ask'];
}

const submitRequest = z.object({
  path: z.string().min(1),
  acceptMissing: z.literal(true).exactOptional(),
});
const importRequest = z.object({ path: z.string().min(1) });
const jobRequest = z.object({ jobId: z.string().min(1) });

/** Takes what the command line asks for while the app has the library open. */
export function listenForHandoff(
  libraryPath: string,
  { queue, ask }: HandoffTarget,
  grants: FolderGrants,
): HandoffServer {
  const clients = new Set<RpcPeer<HandoffApi, HandoffListenerApi>>();
  let server: Server | null = null;

  const accept = (port: ReturnType<typeof rpcPortOfSocket>) => {
    const client = new RpcPeer<HandoffApi, HandoffListenerApi>(
      port,
      {
        submitScan: async (payload) => {
          const { path, ...scan } = parseRequest(submitRequest, payload, 'submitScan');
          return queue.submit('submitScan', { ...scan, path: await grants.grant(path) });
        },
        retryProblems: () => queue.retryProblems({ all: true }),
        submitVerify: (payload) =>
          queue.submit('submitVerify', parseRequest(submitRequest, payload, 'submitVerify')),
        importUserData: (payload) => {
          const { path } = parseRequest(importRequest, payload, 'importUserData');
          return ask('importUserData', { request: randomUUID(), path });
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
