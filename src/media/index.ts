import type { MessagePortMain } from 'electron';
import type { MediaApi, MediaListenerApi } from '../shared/media-protocol';
import type { MediaSinkApi } from '../shared/media-sink';
import type { FromUtilityProcess, ToUtilityProcess } from '../shared/process-messages';
import { type NoRpcApi, RpcPeer } from '../shared/rpc';
import { rpcPortOfElectron } from '../shared/rpc-ports';
import { createMediaService } from './media-service';

// Entry of the media process. What it holds (runs, watches) main can set up again: it may crash at any time and nothing is lost.

let main: RpcPeer<MediaApi, MediaListenerApi> | null = null;

const service = createMediaService({
  threads: {
    walk: new URL('./media-walk.js', import.meta.url),
    headers: new URL('./media-headers.js', import.meta.url),
  },
  onProgress: (progress) => main?.notify('jobProgress', progress),
  onRootChanged: (change) => main?.notify('rootChanged', change),
  onWatchEnded: (end) => main?.notify('watchEnded', end),
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
      service.connectLibrary(new RpcPeer<NoRpcApi, MediaSinkApi>(port, {}, {}));
      break;
  }
}

// Ctrl-C in a terminal reaches every process of the app; main decides what it means and ends this one in order.
process.on('SIGINT', () => undefined);

process.parentPort.postMessage({ type: 'ready' } satisfies FromUtilityProcess);
