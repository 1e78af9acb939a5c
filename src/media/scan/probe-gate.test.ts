import { describe, expect, it } from 'vitest';
import { ProbeGate } from './probe-gate';

const never = new AbortController().signal;

/** A reading that tests end, and that notes its beginning and its end. */
function reading(name: string, events: string[]) {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const read = async () => {
    events.push(`+${name}`);
    await ended;
    events.push(`-${name}`);
  };
  return { read, end };
}

const turn = () => new Promise(setImmediate);

describe('probe gate', () => {
  it('lets files be read side by side', async () => {
    const events: string[] = [];
    const gate = new ProbeGate();
    const [a, b] = [reading('a', events), reading('b', events)];
    const both = [gate.beside(never, a.read), gate.beside(never, b.read)];
    await turn();
    expect(events).toEqual(['+a', '+b']);
    a.end();
    b.end();
    await Promise.all(both);
  });

  it('waits for those that read before it is alone, and lets nobody in before or beside', async () => {
    const events: string[] = [];
    const gate = new ProbeGate();
    const [before, alone, other, after] = ['before', 'alone', 'other', 'after'].map((name) =>
      reading(name, events),
    );
    if (!before || !alone || !other || !after) throw new Error();
    const all = [
      gate.beside(never, before.read),
      gate.alone(never, alone.read),
      gate.alone(never, other.read),
      gate.beside(never, after.read),
    ];
    await turn();
    expect(events).toEqual(['+before']);
    before.end();
    await turn();
    expect(events.slice(2)).toEqual(['+alone']);
    alone.end();
    await turn();
    expect(events.slice(4)).toEqual(['+other']);
    other.end();
    await turn();
    expect(events.slice(6)).toEqual(['+after']);
    after.end();
    await Promise.all(all);
  });

  it('opens again when a reading fails', async () => {
    const gate = new ProbeGate();
    const fail = () => Promise.reject(new Error('broken'));
    await expect(gate.alone(never, fail)).rejects.toThrow('broken');
    await expect(gate.beside(never, fail)).rejects.toThrow('broken');
    expect(await gate.alone(never, async () => 'read')).toBe('read');
  });

  it('keeps nobody out after one that gave up waiting to be alone', async () => {
    const events: string[] = [];
    const gate = new ProbeGate();
    const before = reading('before', events);
    const controller = new AbortController();
    const first = gate.beside(never, before.read);
    const given = expect(gate.alone(controller.signal, before.read)).rejects.toThrow('enough');
    const waiting = gate.beside(never, async () => 'read');
    controller.abort(new Error('enough'));
    await given;
    expect(await waiting).toBe('read');
    before.end();
    await first;
  });
});
