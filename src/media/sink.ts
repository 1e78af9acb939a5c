import type { RpcApi } from '../shared/rpc';
import { abortable } from './scan/abortable';

/** What the library takes from a job, as plain asynchronous functions. */
export type SinkOf<Api extends RpcApi> = {
  [Name in keyof Api['procedures']]: (
    request: Api['procedures'][Name]['request'],
    options?: { signal: AbortSignal },
  ) => Promise<Api['procedures'][Name]['response']>;
};

type AnyCall = (request: unknown, options: { signal: AbortSignal }) => Promise<unknown>;

/** A sink that is not called any more once the signal aborts, and whose calls in flight reject at that moment. */
export function guardSink<Api extends RpcApi>(sink: SinkOf<Api>, signal: AbortSignal): SinkOf<Api> {
  const entries = Object.entries<AnyCall>(sink).map(([name, call]) => [
    name,
    (request: unknown) => abortable(signal, () => call(request, { signal })),
  ]);
  return Object.fromEntries(entries) as SinkOf<Api>;
}
