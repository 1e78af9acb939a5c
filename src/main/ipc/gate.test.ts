import { describe, expect, it } from 'vitest';
import { type Channel, contract } from '../../shared/contract';
import { VitrineError } from '../../shared/errors';
import { type ContractHandlers, createGate, isTrustedSender, type Sender } from './gate';

const mainFrame = { url: 'app://vitrine/index.html' };
const subFrame = { url: 'app://vitrine/index.html' };
const sender = (frame: { url: string } | null, id = 1) =>
  ({ senderFrame: frame, sender: { id, mainFrame } }) as unknown as Sender;
const own = new Set([1]);

describe('isTrustedSender', () => {
  it('accepts the top frame of our window showing our page', () => {
    expect(isTrustedSender(sender(mainFrame), own)).toBe(true);
  });
  it('refuses an iframe, even one of our own page', () => {
    expect(isTrustedSender(sender(subFrame), own)).toBe(false);
  });
  it('refuses a window that is not ours', () => {
    expect(isTrustedSender(sender(mainFrame, 2), own)).toBe(false);
  });
  it('refuses a frame that is gone', () => {
    expect(isTrustedSender(sender(null), own)).toBe(false);
  });
  it.each([
    'https://example.com/',
    'app://vitrine.example.com/',
    'app://other/',
    'file:///index.html',
    'about:blank',
  ])('refuses the origin of %s', (url) => {
    const frame = { url };
    const event = { senderFrame: frame, sender: { id: 1, mainFrame: frame } } as unknown as Sender;
    expect(isTrustedSender(event, own)).toBe(false);
  });
});

function gate(handlers: Partial<ContractHandlers>, isTrusted = true) {
  return createGate({
    isTrusted: () => isTrusted,
    handlers: handlers as ContractHandlers,
    checkResponses: true,
  });
}
const anyone = sender(mainFrame);

describe('the gate', () => {
  it('gives the parsed request to the handler and its answer back', async () => {
    const seen: unknown[] = [];
    const pass = gate({
      'scan.start': (request) => {
        seen.push(request);
        return { jobId: 'j' };
      },
    });
    expect(await pass('scan.start', anyone, { rootId: 3 })).toEqual({
      ok: true,
      value: { jobId: 'j' },
    });
    expect(seen).toEqual([{ rootId: 3 }]);
  });

  it('does not reach the handler when the sender is not ours', async () => {
    let reached = false;
    const pass = gate(
      {
        'jobs.list': () => {
          reached = true;
          return { jobs: [] };
        },
      },
      false,
    );
    expect(await pass('jobs.list', anyone, { limit: 1 })).toMatchObject({
      ok: false,
      error: { code: 'FORBIDDEN_SENDER' },
    });
    expect(reached).toBe(false);
  });

  it('carries a typed error of the handler', async () => {
    const pass = gate({
      'jobs.get': () => {
        throw new VitrineError('JOB_NOT_FOUND', 'no', { jobId: 'x' });
      },
    });
    expect(await pass('jobs.get', anyone, { jobId: 'x' })).toEqual({
      ok: false,
      error: { code: 'JOB_NOT_FOUND', message: 'no', details: { jobId: 'x' } },
    });
  });

  it('turns an unexpected exception into INTERNAL', async () => {
    const pass = gate({
      'jobs.get': () => {
        throw new TypeError('bug');
      },
    });
    expect(await pass('jobs.get', anyone, { jobId: 'x' })).toMatchObject({
      error: { code: 'INTERNAL' },
    });
  });

  it('notices an answer that breaks the contract', async () => {
    const pass = gate({ 'scan.start': () => ({ jobId: 7 }) as never });
    expect(await pass('scan.start', anyone, { rootId: 1 })).toMatchObject({
      error: { code: 'INTERNAL' },
    });
  });

  const malformed: [Channel, unknown][] = [
    ['scan.start', undefined],
    ['scan.start', null],
    ['scan.start', {}],
    ['scan.start', { rootId: '1' }],
    ['scan.start', { rootId: -1 }],
    ['scan.start', { rootId: 1.5 }],
    ['scan.start', { path: '' }],
    ['scan.start', { path: 'x'.repeat(40_000) }],
    ['scan.start', { path: '/a', rootId: 1 }],
    ['jobs.get', { jobId: 7 }],
    ['jobs.get', { jobId: '' }],
    ['jobs.list', { limit: 0 }],
    ['jobs.list', { limit: 1e9 }],
    ['videos.page', { index: 0, limit: 10 }],
    [
      'videos.page',
      {
        query: { scope: { type: 'root' }, search: '', sort: 'name', descending: false },
        index: 0,
        limit: 10,
      },
    ],
    [
      'videos.page',
      {
        query: {
          scope: { type: 'all' },
          search: '',
          sort: 'name; drop table videos',
          descending: false,
        },
        index: 0,
        limit: 10,
      },
    ],
    ['videos.get', { id: '1 or 1=1' }],
  ];
  it.each(malformed)('refuses a malformed request to %s: %j', async (channel, payload) => {
    let reached = false;
    const pass = gate({
      [channel]: () => {
        reached = true;
      },
    });
    expect(await pass(channel, anyone, payload)).toMatchObject({
      ok: false,
      error: { code: 'INVALID_REQUEST', message: expect.stringContaining(channel) },
    });
    expect(reached).toBe(false);
  });

  it('has a request schema on every channel that refuses what is no object', () => {
    for (const [channel, { request }] of Object.entries(contract)) {
      for (const garbage of [undefined, null, 0, 'x', []]) {
        expect(request.safeParse(garbage).success, `${channel} ${String(garbage)}`).toBe(false);
      }
    }
  });
});
