import type { Socket } from 'node:net';
import type { RpcPort } from '../../shared/rpc';

/** A peer that sends more than this without a line end is not one of ours. */
const MAX_LINE_LENGTH = 1_000_000;

/** An {@link RpcPort} over a socket: one JSON message a line. A peer that sends anything else is cut off. */
export function rpcPortOfSocket(socket: Socket): RpcPort {
  let closed = false;
  let onClose = () => {};
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    closed = true;
    onClose();
  });
  return {
    postMessage: (message) => void socket.write(`${JSON.stringify(message)}\n`),
    onMessage: (listener) => {
      let rest = '';
      socket.on('data', (chunk: string) => {
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        if (rest.length > MAX_LINE_LENGTH) socket.destroy();
        for (const line of lines) deliver(line, listener, socket);
      });
    },
    onClose: (listener) => {
      if (closed) listener();
      onClose = listener;
    },
    close: () => void socket.end(),
  };
}

function deliver(line: string, listener: (message: unknown) => void, socket: Socket): void {
  let message: unknown;
  try {
    message = JSON.parse(line);
  } catch {
    // Not a peer of ours.
    socket.destroy();
    return;
  }
  if (typeof message === 'object' && message !== null) listener(message);
}
