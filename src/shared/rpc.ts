import { type ErrorShape, toErrorShape, VitrineError } from './errors';

/**
 * A message channel between two processes or threads. Electron's `MessagePortMain`, a utility process's
 * `parentPort`, Node's `MessagePort` and a socket of JSON lines are each adapted to this.
 */
export interface RpcPort {
  postMessage(message: unknown): void;
  /** Registers the only receiver; messages that arrived earlier are delivered to it. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called at most once, when the other side is gone. */
  onClose(listener: () => void): void;
  close(): void;
}

/** What one side offers: procedures are answered, notifications are not. */
export interface RpcApi {
  procedures: Record<string, { request: unknown; response: unknown }>;
  notifications: Record<string, unknown>;
}

/** The side that offers nothing. */
export interface NoRpcApi extends RpcApi {
  procedures: Record<never, never>;
  notifications: Record<never, never>;
}

export type RpcHandlers<Api extends RpcApi> = {
  [Name in keyof Api['procedures']]: (
    request: Api['procedures'][Name]['request'],
    context: { signal: AbortSignal },
  ) => Api['procedures'][Name]['response'] | Promise<Api['procedures'][Name]['response']>;
};

export type RpcListeners<Api extends RpcApi> = {
  [Name in keyof Api['notifications']]: (payload: Api['notifications'][Name]) => void;
};

export interface RpcCallOptions {
  /** Aborting rejects the call with `CANCELLED` at once and aborts the handler's signal on the other side. */
  signal?: AbortSignal;
  /**
   * With a signal: aborting rejects the call only once the other side has answered or is gone, so that its handler
   * does nothing any more by then.
   */
  untilAnswered?: boolean;
  /** Deadline in milliseconds; past it the call rejects with `TIMEOUT` and the handler is aborted. */
  timeoutMs?: number;
}

type RpcMessage =
  | { type: 'request'; id: number; name: string; payload: unknown }
  | { type: 'response'; id: number; ok: true; value: unknown }
  | { type: 'response'; id: number; ok: false; error: ErrorShape }
  | { type: 'cancel'; id: number }
  | { type: 'notification'; name: string; payload: unknown };

interface PendingCall {
  name: string;
  resolve: (value: unknown) => void;
  reject: (error: VitrineError) => void;
  release: () => void;
}

/**
 * Both ends of a typed request/response connection over an {@link RpcPort}.
 *
 * @typeParam Local what this side answers
 * @typeParam Remote what the other side answers
 */
export class RpcPeer<Local extends RpcApi, Remote extends RpcApi> {
  readonly #port: RpcPort;
  readonly #handlers: RpcHandlers<Local>;
  readonly #listeners: RpcListeners<Local>;
  readonly #pending = new Map<number, PendingCall>();
  readonly #serving = new Map<number, AbortController>();
  readonly #closeListeners = new Set<() => void>();
  #nextId = 1;
  #closed = false;

  constructor(port: RpcPort, handlers: RpcHandlers<Local>, listeners: RpcListeners<Local>) {
    this.#port = port;
    this.#handlers = handlers;
    this.#listeners = listeners;
    port.onMessage((message) => this.#receive(message as RpcMessage));
    port.onClose(() => this.#disconnect());
  }

  get closed(): boolean {
    return this.#closed;
  }

  /**
   * Calls a procedure of the other side.
   * @throws VitrineError the handler's own error, or `CANCELLED`, `TIMEOUT`, `WORKER_CRASHED` (the peer is gone)
   */
  call<Name extends keyof Remote['procedures'] & string>(
    name: Name,
    payload: Remote['procedures'][Name]['request'],
    options: RpcCallOptions = {},
  ): Promise<Remote['procedures'][Name]['response']> {
    if (this.#closed) return Promise.reject(peerGone(name));
    if (options.signal?.aborted) return Promise.reject(cancelled(name));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const release = this.#armCancellation(id, name, options);
      this.#pending.set(id, { name, resolve, reject, release });
      try {
        this.#post({ type: 'request', id, name, payload });
      } catch (thrown) {
        this.#fail(id, VitrineError.fromShape(toErrorShape(thrown)));
      }
    });
  }

  /** Sends a message that is not answered; dropped when the peer is gone. */
  notify<Name extends keyof Remote['notifications'] & string>(
    name: Name,
    payload: Remote['notifications'][Name],
  ): void {
    if (!this.#closed) this.#post({ type: 'notification', name, payload });
  }

  /**
   * Called once when the connection ends, whichever side ended it.
   * @returns takes the listener back
   */
  onClose(listener: () => void): () => void {
    if (this.#closed) listener();
    else this.#closeListeners.add(listener);
    return () => void this.#closeListeners.delete(listener);
  }

  /** Ends the connection: every pending call rejects, every handler in flight is aborted. */
  close(): void {
    if (this.#closed) return;
    this.#port.close();
    this.#disconnect();
  }

  #post(message: RpcMessage): void {
    this.#port.postMessage(message);
  }

  #armCancellation(id: number, name: string, options: RpcCallOptions): () => void {
    const { signal, timeoutMs, untilAnswered } = options;
    const cancel = () => {
      if (!this.#closed && this.#pending.has(id)) this.#post({ type: 'cancel', id });
    };
    const give = (error: VitrineError) => {
      cancel();
      this.#fail(id, error);
    };
    const onAbort = () => (untilAnswered ? cancel() : give(cancelled(name)));
    signal?.addEventListener('abort', onAbort, { once: true });
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(
            () => give(new VitrineError('TIMEOUT', `${name} took longer than ${timeoutMs} ms.`)),
            timeoutMs,
          );
    return () => {
      signal?.removeEventListener('abort', onAbort);
      if (timer !== undefined) clearTimeout(timer);
    };
  }

  #receive(message: RpcMessage): void {
    if (this.#closed) return;
    switch (message.type) {
      case 'request':
        void this.#serve(message.id, message.name, message.payload);
        break;
      case 'response':
        if (message.ok) this.#settle(message.id)?.resolve(message.value);
        else this.#fail(message.id, VitrineError.fromShape(message.error));
        break;
      case 'cancel':
        this.#serving.get(message.id)?.abort();
        break;
      case 'notification':
        this.#listeners[message.name as keyof Local['notifications']]?.(
          message.payload as Local['notifications'][string],
        );
        break;
    }
  }

  async #serve(id: number, name: string, payload: unknown): Promise<void> {
    const controller = new AbortController();
    this.#serving.set(id, controller);
    let answer: RpcMessage;
    try {
      const handler = Object.hasOwn(this.#handlers, name) ? this.#handlers[name] : undefined;
      if (!handler) throw new VitrineError('INVALID_REQUEST', `There is no procedure ${name}.`);
      const value = await handler(payload as never, { signal: controller.signal });
      answer = { type: 'response', id, ok: true, value };
    } catch (thrown) {
      answer = { type: 'response', id, ok: false, error: toErrorShape(thrown) };
    }
    this.#serving.delete(id);
    if (!this.#closed) this.#post(answer);
  }

  #settle(id: number): PendingCall | undefined {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    call?.release();
    return call;
  }

  #fail(id: number, error: VitrineError): void {
    this.#settle(id)?.reject(error);
  }

  #disconnect(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const [id, call] of [...this.#pending]) this.#fail(id, peerGone(call.name));
    for (const controller of this.#serving.values()) controller.abort();
    this.#serving.clear();
    for (const listener of this.#closeListeners) listener();
  }
}

function peerGone(name: string): VitrineError {
  return new VitrineError('WORKER_CRASHED', `The process that answers ${name} is gone.`);
}

function cancelled(name: string): VitrineError {
  return new VitrineError('CANCELLED', `${name} was cancelled.`);
}
