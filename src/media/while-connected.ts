import { VitrineError } from '../shared/errors';
import type { MediaSinkApi } from '../shared/media-sink';
import type { NoRpcApi, RpcPeer } from '../shared/rpc';

/** The direct connection to the library. */
export type LibraryConnection = RpcPeer<NoRpcApi, MediaSinkApi>;

/**
 * Runs something that is of no use without the library. Between two calls nothing else tells it that the library is
 * gone: then its signal aborts, as it does when `signal` aborts.
 * @throws VitrineError WORKER_CRASHED when the connection ended; whatever the run throws
 */
export async function whileConnected<T>(
  connection: Pick<LibraryConnection, 'onClose'>,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const lost = new AbortController();
  const release = connection.onClose(() =>
    lost.abort(new VitrineError('WORKER_CRASHED', 'The library process is gone.')),
  );
  try {
    return await run(AbortSignal.any([signal, lost.signal]));
  } catch (thrown) {
    // A run takes whatever aborts it for a cancellation.
    if (!signal.aborted) lost.signal.throwIfAborted();
    throw thrown;
  } finally {
    release();
  }
}
