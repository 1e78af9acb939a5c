import type { MessagePortMain } from 'electron';
import type { LibraryApi, LibraryListenerApi } from '../shared/library-protocol';
import type { MediaSinkApi } from '../shared/media-sink';
import type { FromUtilityProcess, ToUtilityProcess } from '../shared/process-messages';
import { type NoRpcApi, RpcPeer } from '../shared/rpc';
import { rpcPortOfElectron } from '../shared/rpc-ports';
import { createLibraryService } from './library-service';

// Entry of the library process: the only one that opens SQLite.

let main: RpcPeer<LibraryApi, LibraryListenerApi> | null = null;
let media: RpcPeer<MediaSinkApi, NoRpcApi> | null = null;

const service = createLibraryService({
  threads: {
    reader: new URL('./library-reader.js', import.meta.url),
    checkpointer: new URL('./library-checkpointer.js', import.meta.url),
    backup: new URL('./library-backup.js', import.meta.url),
  },
  onChanged: () => main?.notify('changed', null),
  onHistory: (history) => main?.notify('history', history),
  onFailed: (error) => main?.notify('failed', error.toShape()),
});

process.parentPort.on('message', ({ data, ports }) => {
  const port = ports[0];
  if (port) connect((data as ToUtilityProcess).type, port);
});

function connect(type: ToUtilityProcess['type'], electronPort: MessagePortMain): void {
  const port = rpcPortOfElectron(electronPort);
  switch (type) {
    case 'connect':
      main = new RpcPeer(port, service.library, {});
      // Without main nobody can ask for anything: an orphan would only keep the library locked.
      main.onClose(() => process.exit(0));
      break;
    case 'peer':
      media?.close();
      media = new RpcPeer(
        port,
        { ...service.scanSink, ...service.verifySink, ...service.previewSink },
        {},
      );
      break;
  }
}

// Ctrl-C in a terminal reaches every process of the app; main decides what it means and ends this one in order.
process.on('SIGINT', () => undefined);

process.parentPort.postMessage({ type: 'ready' } satisfies FromUtilityProcess);
