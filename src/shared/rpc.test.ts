import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { VitrineError } from './errors';
import { type NoRpcApi, RpcPeer } from './rpc';
import { rpcPortOfNode } from './rpc-ports';

interface CalculatorApi {
  procedures: {
    add: { request: [number, number]; response: number };
    fail: { request: null; response: never };
    crash: { request: null; response: never };
    hang: { request: null; response: string };
    untilAborted: { request: null; response: string };
  };
  notifications: { tick: number };
}

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

function connect() {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  const ticks: number[] = [];
  const aborted: Promise<void>[] = [];
  const server = new RpcPeer<CalculatorApi, NoRpcApi>(
    rpcPortOfNode(port1),
    {
      add: ([a, b]) => a + b,
      fail: () => {
        throw new VitrineError('JOB_NOT_FOUND', 'no such job', { jobId: 'x' });
      },
      crash: () => {
        throw new TypeError('a bug');
      },
      hang: (_request, { signal }) => {
        aborted.push(new Promise((resolve) => signal.addEventListener('abort', () => resolve())));
        return new Promise<string>(() => undefined);
      },
      untilAborted: (_request, { signal }) =>
        new Promise<string>((resolve) => {
          signal.addEventListener('abort', () => resolve('cleaned up'));
        }),
    },
    { tick: (count) => ticks.push(count) },
  );
  const client = new RpcPeer<NoRpcApi, CalculatorApi>(rpcPortOfNode(port2), {}, {});
  return { server, client, ticks, aborted, serverPort: port1 };
}

const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error: VitrineError) => error.code,
  );

describe('RpcPeer', () => {
  it('answers calls with the value of the handler', async () => {
    const { client } = connect();
    expect(await Promise.all([client.call('add', [1, 2]), client.call('add', [3, 4])])).toEqual([
      3, 7,
    ]);
  });

  it('carries a typed error with its code and details', async () => {
    const { client } = connect();
    await expect(client.call('fail', null)).rejects.toMatchObject({
      name: 'VitrineError',
      code: 'JOB_NOT_FOUND',
      details: { jobId: 'x' },
    });
  });

  it('turns a bug of the handler into INTERNAL', async () => {
    const { client } = connect();
    await expect(client.call('crash', null)).rejects.toMatchObject({
      code: 'INTERNAL',
      message: 'a bug',
    });
  });

  it('refuses a procedure that does not exist, also one that every object has', async () => {
    const { client } = connect();
    expect(await code(client.call('toString' as 'add', [1, 1]))).toBe('INVALID_REQUEST');
  });

  it('delivers notifications in order', async () => {
    const { client, ticks } = connect();
    for (const count of [1, 2, 3]) client.notify('tick', count);
    await client.call('add', [0, 0]);
    expect(ticks).toEqual([1, 2, 3]);
  });

  it('rejects with TIMEOUT past the deadline and aborts the handler', async () => {
    const { client, aborted } = connect();
    expect(await code(client.call('hang', null, { timeoutMs: 20 }))).toBe('TIMEOUT');
    await aborted[0];
  });

  it('rejects with CANCELLED when the caller aborts, and aborts the handler', async () => {
    const { client, aborted } = connect();
    const controller = new AbortController();
    const call = client.call('hang', null, { signal: controller.signal });
    await client.call('add', [0, 0]);
    controller.abort();
    expect(await code(call)).toBe('CANCELLED');
    await aborted[0];
  });

  it('waits after an abort until the handler has answered, where the caller wants that', async () => {
    const { client } = connect();
    const controller = new AbortController();
    const options = { signal: controller.signal, untilAnswered: true };
    const call = client.call('untilAborted', null, options);
    await client.call('add', [0, 0]);
    controller.abort();
    expect(await call).toBe('cleaned up');
  });

  it('does not wait for the answer of a side that is gone', async () => {
    const { client, serverPort } = connect();
    const controller = new AbortController();
    const call = code(
      client.call('hang', null, { signal: controller.signal, untilAnswered: true }),
    );
    controller.abort();
    await client.call('add', [0, 0]);
    serverPort.close();
    expect(await call).toBe('WORKER_CRASHED');
  });

  it('does not send a call whose signal was aborted before', async () => {
    const { client, aborted } = connect();
    expect(await code(client.call('hang', null, { signal: AbortSignal.abort() }))).toBe(
      'CANCELLED',
    );
    await client.call('add', [0, 0]);
    expect(aborted).toHaveLength(0);
  });

  it('rejects every pending call when the other side is gone', async () => {
    const { client, serverPort } = connect();
    const calls = [client.call('hang', null), client.call('hang', null)];
    serverPort.close();
    expect(await Promise.all(calls.map(code))).toEqual(['WORKER_CRASHED', 'WORKER_CRASHED']);
    expect(await code(client.call('add', [1, 1]))).toBe('WORKER_CRASHED');
  });

  it('aborts handlers in flight when the caller is gone', async () => {
    const { client, aborted } = connect();
    const call = code(client.call('hang', null));
    await client.call('add', [0, 0]);
    client.close();
    expect(await call).toBe('WORKER_CRASHED');
    await aborted[0];
  });

  it('tells listeners once that the connection ended, also those that come late', async () => {
    const { client } = connect();
    let ends = 0;
    client.onClose(() => ends++);
    client.close();
    client.close();
    client.onClose(() => ends++);
    expect(ends).toBe(2);
  });

  it('does not tell a listener that was taken back', async () => {
    const { client } = connect();
    const told: string[] = [];
    const takeBack = client.onClose(() => told.push('taken back'));
    client.onClose(() => told.push('kept'));
    takeBack();
    client.close();
    expect(told).toEqual(['kept']);
  });

  it('rejects a payload that cannot be sent instead of leaving the call pending', async () => {
    const { client } = connect();
    const unsendable = [() => 0, 1] as unknown as [number, number];
    expect(await code(client.call('add', unsendable))).toBe('INTERNAL');
  });
});
