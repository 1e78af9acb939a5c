import type { RpcPort } from '../../shared/rpc';

/** A forked process as its parent sees it, and the parent as the process does. */
interface ChildChannel {
  send?(message: unknown): boolean;
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'disconnect', listener: () => void): unknown;
  disconnect?(): void;
  connected?: boolean;
}

/** An `RpcPort` over the channel of a forked process. */
export function rpcPortOfChildProcess(channel: ChildChannel): RpcPort {
  return {
    postMessage: (message) => void channel.send?.(message),
    onMessage: (listener) => void channel.on('message', listener),
    onClose: (listener) => void channel.on('disconnect', listener),
    close: () => {
      if (channel.connected) channel.disconnect?.();
    },
  };
}
