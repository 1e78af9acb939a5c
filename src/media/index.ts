import type { MessagePortMain } from 'electron';
import type { ScanSinkApi } from '../shared/library-protocol';
import type { MediaApi, MediaListenerApi } from '../shared/media-protocol';
import type { FromUtilityProcess, ToUtilityProcess } from '../shared/process-messages';
import { type NoRpcApi, RpcPeer } from '../shared/rpc';
import { rpcPortOfElectron } from '../shared/rpc-ports';
import { createMediaService } from './media-service';

// Entry of the media process: stateless, it may crash at any time and nothing is lost.

let main: RpcPeer<MediaApi, MediaListenerApi> | null = null;

const service = createMediaService({
  onProgress: (progress) => main?.notify('jobProgress', progress),
});

process.parentPort.on('message', ({ data, ports }) => {
  const port = ports[0];
  if (port) connect((data as ToUtilityProcess).type, port);
});

function connect(type: ToUtilityProcess['type'], electronPort: MessagePortMain): void {
  const port = rpcPortOfElectron(electronPort);
  switch (type) {
    case 'connect':
      main = new RpcPeer(port, service.media, {});
      main.onClose(() => {
        service.dispose();
        process.exit(0);
      });
      break;
    case 'peer':
      service.connectLibrary(new RpcPeer<NoRpcApi, ScanSinkApi>(port, {}, {}));
      break;
  }
}

// Ctrl-C in a terminal reaches every process of the app; main decides what it means and ends this one in order.
process.on('SIGINT', () => undefined);

process.parentPort.postMessage({ type: 'ready' } satisfies FromUtilityProcess);
