import type { LibraryApi } from '../../shared/library-protocol';
import { type NoRpcApi, RpcPeer } from '../../shared/rpc';
import { createLibraryService } from '../library-service';
import { rpcPortOfChildProcess } from './child-port';

// A library service in a process of its own, whose system calls a test can make fail. Its argument is the threads.

const service = createLibraryService({
  threads: JSON.parse(process.argv[2] ?? '{}'),
  onChanged: () => undefined,
  onHistory: () => undefined,
  onFailed: () => undefined,
});
const peer = new RpcPeer<LibraryApi, NoRpcApi>(rpcPortOfChildProcess(process), service.library, {});
peer.onClose(() => process.exit(0));
