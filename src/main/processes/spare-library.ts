import type { LibraryApi, LibraryListenerApi } from '../../shared/library-protocol';
import { RpcPeer } from '../../shared/rpc';
import { Supervisor } from './supervisor';
import { type ConnectableProcess, forkUtilityProcess } from './utility-process';

type Peer = RpcPeer<LibraryListenerApi, LibraryApi>;

/**
 * Lends a library process that has no library open: for what is done to a library's files while it is closed or
 * cannot be opened. The process ends with `use`.
 */
export async function withSpareLibrary<T>(use: (library: Peer) => Promise<T>): Promise<T> {
  const supervisor = new Supervisor<ConnectableProcess, Peer>({
    name: 'library',
    fork: () => forkUtilityProcess('library'),
    connect: async (process) => {
      const nothing = () => undefined;
      const peer: Peer = new RpcPeer(
        process.openPort(),
        {},
        { changed: nothing, history: nothing, failed: nothing },
      );
      peer.onClose(() => supervisor.lost(peer));
      return peer;
    },
    disconnect: (peer) => peer.close(),
  });
  try {
    return await use(await supervisor.start());
  } finally {
    await supervisor.stop();
  }
}
