import { createConnection } from 'node:net';
import type { ErrorShape } from '../../shared/errors';
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

/**
 * The app, where a library could not be opened because the app has it.
 * @param thrown what the opening failed with; thrown again where it is something else, or nobody answers
 */
export async function connectInstead(
  thrown: unknown,
  libraryPath: string,
  onUpdate: (status: JobStatus) => void,
): Promise<HandoffPeer> {
  const isLocked = (thrown as Partial<ErrorShape>).code === 'LIBRARY_LOCKED';
  const app = isLocked ? await connectToApp(libraryPath, onUpdate) : null;
  if (!app) throw thrown;
  return app;
}
