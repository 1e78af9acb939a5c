import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ManualTimers } from '../testing/manual-timers';
import { ServedPreviews } from './served-previews';

let timers: ManualTimers;
let reports: string[][];
let answer: () => Promise<unknown>;
let served: ServedPreviews;

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  timers = new ManualTimers();
  reports = [];
  answer = async () => null;
  const report = (tokens: string[]) => {
    reports.push(tokens);
    return answer();
  };
  served = new ServedPreviews({ report, timers });
});

describe('pictures that were shown', () => {
  it('are told together, each once, now and then', () => {
    for (const token of ['a', 'b', 'a']) served.note(token);
    timers.advance(29_999);
    expect(reports).toEqual([]);
    timers.advance(1);
    expect(reports).toEqual([['a', 'b']]);
    timers.advance(1_000_000);
    served.note('a');
    timers.advance(30_000);
    expect(reports).toEqual([['a', 'b'], ['a']]);
  });

  it('are told when Vitrine is closed, and nothing where none were', async () => {
    served.note('a');
    await served.stop();
    await served.stop();
    expect(reports).toEqual([['a']]);
    expect(timers.delays).toEqual([]);
  });

  it('keep nobody from quitting', async () => {
    answer = () => new Promise(() => undefined);
    served.note('a');
    const stopped = served.stop();
    timers.advance(1_000);
    await stopped;
  });

  it('are no matter when the library is gone', async () => {
    answer = () => Promise.reject(new Error('gone'));
    served.note('a');
    await served.stop();
  });
});
