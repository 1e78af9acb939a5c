import { describe, expect, it } from 'vitest';
import { Slots } from './slots';

const never = new AbortController().signal;

/** Work that ends when it is told to, and notes that it has begun. */
function steered(begun: string[], name: string) {
  let end: () => void = () => undefined;
  const done = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    end: () => end(),
    work: () => {
      begun.push(name);
      return done;
    },
  };
}

describe('Slots', () => {
  it('begin no more than their number at a time, and the rest in order', async () => {
    const slots = new Slots(2);
    const begun: string[] = [];
    const works = ['a', 'b', 'c', 'd'].map((name) => steered(begun, name));
    const all = works.map(({ work }) => slots.use(never, work));
    await new Promise(setImmediate);
    expect(begun).toEqual(['a', 'b']);
    works[1]?.end();
    await all[1];
    await new Promise(setImmediate);
    expect(begun).toEqual(['a', 'b', 'c']);
    for (const { end } of works) end();
    await Promise.all(all);
    expect(begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('are given back by work that fails', async () => {
    const slots = new Slots(1);
    const failing = slots.use(never, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await slots.use(never, async () => 'next')).toBe('next');
  });

  it('are left by who gives up waiting, without a gap for the others', async () => {
    const slots = new Slots(1);
    const begun: string[] = [];
    const first = steered(begun, 'first');
    const running = slots.use(never, first.work);
    const patience = new AbortController();
    const given = slots.use(patience.signal, async () => begun.push('given up'));
    const last = slots.use(never, async () => begun.push('last'));
    patience.abort();
    await expect(given).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(slots.use(patience.signal, async () => 0)).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    first.end();
    await Promise.all([running, last]);
    expect(begun).toEqual(['first', 'last']);
  });
});
