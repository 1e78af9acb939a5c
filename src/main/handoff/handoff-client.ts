import { createConnection } from 'node:net';
import type { JobStatus } from '../../shared/job';
import { RpcPeer } from '../../shared/rpc';
import { endpointOf } from './endpoint';
import type { HandoffApi, HandoffListenerApi } from './handoff-api';
import { rpcPortOfSocket } from './json-line-port';

export type HandoffPeer = RpcPeer<HandoffListenerApi, HandoffApi>;

/**
 * Connects to the app that has the library open; null when nobody answers there.
 * @throws Error when the folder of the sockets is not private
 */
export function connectToApp(
  libraryPath: string,
  onUpdate: (status: JobStatus) => void,
): Promise<HandoffPeer | null> {
  return new Promise((resolve) => {
    const socket = createConnection(endpointOf(libraryPath));
    socket.once('error', () => resolve(null));
    socket.once('connect', () => {
      resolve(new RpcPeer(rpcPortOfSocket(socket), {}, { jobUpdate: onUpdate }));
    });
  });
}
