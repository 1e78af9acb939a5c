import type { RpcPort } from './rpc';

/** The part of Electron's `MessagePortMain` that is used; stated here so that `shared` needs no electron import. */
export interface MessagePortMainLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** The part of Node's `worker_threads.MessagePort` and `Worker` that is used. */
export interface NodePortLike {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'close' | 'exit', listener: () => void): unknown;
  close?(): void;
}

/** An {@link RpcPort} over Electron's `MessagePortMain`, in main and in utility processes. */
export function rpcPortOfElectron(port: MessagePortMainLike): RpcPort {
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  };
}

/** An {@link RpcPort} over a Node message port, a worker (seen from its creator) or a worker's `parentPort`. */
export function rpcPortOfNode(port: NodePortLike): RpcPort {
  return {
    postMessage: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => {
      let told = false;
      const once = () => {
        if (!told) listener();
        told = true;
      };
      port.on('close', once);
      port.on('exit', once);
    },
    close: () => port.close?.(),
  };
}
