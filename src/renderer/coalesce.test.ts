import { describe, expect, it } from 'vitest';
import { coalesced } from './coalesce';

describe('coalesced', () => {
  it('runs once more after a burst of calls, never twice at once', async () => {
    let running = 0;
    let runs = 0;
    const call = coalesced(async () => {
      running += 1;
      expect(running).toBe(1);
      runs += 1;
      await Promise.resolve();
      running -= 1;
    });
    await Promise.all([call(), call(), call(), call()]);
    expect(runs).toBe(2);
    await call();
    expect(runs).toBe(3);
  });

  it('works again after a failure', async () => {
    let fails = true;
    const call = coalesced(async () => {
      if (fails) throw new Error('once');
    });
    await expect(call()).rejects.toThrow('once');
    fails = false;
    await expect(call()).resolves.toBeUndefined();
  });
});
