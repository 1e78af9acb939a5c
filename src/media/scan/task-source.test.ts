import { describe, expect, it } from 'vitest';
import type { ProbeTask } from '../../shared/library-protocol';
import { TaskSource } from './task-source';

function task(videoId: number): ProbeTask {
  const version = { pathBytes: null, sizeBytes: 1, mtimeMs: 1, alone: false };
  return { work: 'probe', videoId, path: `${videoId}.mp4`, ...version };
}

/** A source over a list that tests refill, with the sizes that were asked for. */
function sourceOver(waiting: ProbeTask[], concurrency = 1) {
  const controller = new AbortController();
  const asked: number[] = [];
  const take = async (limit: number) => {
    asked.push(limit);
    return waiting.splice(0, limit);
  };
  return { source: new TaskSource(take, concurrency, controller.signal), asked, controller };
}

async function drain(source: TaskSource): Promise<number[]> {
  const ids: number[] = [];
  for (let next = await source.next(); next; next = await source.next()) ids.push(next.videoId);
  return ids;
}

describe('task source', () => {
  it('hands out every task once, and then says that there are no more', async () => {
    const { source } = sourceOver(Array.from({ length: 50 }, (_, index) => task(index)));
    source.announce({ complete: true });
    const [one, two] = await Promise.all([drain(source), drain(source)]);
    expect([...one, ...two].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('waits while the listing may still bring tasks, without asking again and again', async () => {
    const waiting: ProbeTask[] = [];
    const { source, asked } = sourceOver(waiting);
    const first = source.next();
    await new Promise(setImmediate);
    expect(asked).toHaveLength(1);
    waiting.push(task(7));
    source.announce({ complete: false });
    expect((await first)?.videoId).toBe(7);
  });

  it('asks once more after the listing is complete', async () => {
    const waiting: ProbeTask[] = [];
    const { source } = sourceOver(waiting);
    const first = source.next();
    await new Promise(setImmediate);
    waiting.push(task(1));
    source.announce({ complete: true });
    expect((await first)?.videoId).toBe(1);
    expect(await source.next()).toBeNull();
  });

  it('asks for more before the last task is gone', async () => {
    const { source, asked } = sourceOver(Array.from({ length: 50 }, (_, index) => task(index)));
    source.announce({ complete: true });
    for (let taken = 0; taken < 4; taken++) await source.next();
    expect(asked.length).toBeGreaterThan(1);
  });

  it('passes on why the library refused', async () => {
    const refuse = () => Promise.reject(new Error('stale'));
    const source = new TaskSource(refuse, 1, new AbortController().signal);
    await expect(source.next()).rejects.toThrow('stale');
    await expect(source.next()).rejects.toThrow('stale');
  });

  it('stops waiting when it is aborted', async () => {
    const { source, controller } = sourceOver([]);
    const next = source.next();
    const ended = expect(next).rejects.toThrow('stopped by the test');
    await new Promise(setImmediate);
    controller.abort(new Error('stopped by the test'));
    await ended;
  });
});
