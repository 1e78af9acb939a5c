import { describe, expect, it } from 'vitest';
import { ProbeQueue } from './probe-queue';

const any = () => true;

const ids = (queue: ProbeQueue, limit: number) =>
  queue
    .take(limit, any, [])
    .map(({ videoId, alone }) => (alone ? `${videoId} alone` : `${videoId}`));

describe('probe queue', () => {
  it('hands out suspects first, files that a process died of last, and these alone', () => {
    const queue = new ProbeQueue(
      new Map([
        [2, 1],
        [3, 0],
        [5, 0],
      ]),
    );
    for (const id of [1, 2, 3, 4, 5]) queue.add(id, true);
    expect(ids(queue, 3)).toEqual(['3 alone', '5 alone', '1']);
    expect(queue.isEmpty).toBe(false);
    expect(ids(queue, 3)).toEqual(['4', '2 alone']);
    expect(queue.isEmpty).toBe(true);
  });

  it('hands out what is on screen first, then new files, then known ones', () => {
    const queue = new ProbeQueue(new Map([[9, 1]]));
    queue.add(1, false);
    for (const id of [2, 3, 4, 5]) queue.add(id, true);
    queue.add(9, true);
    const take = (limit: number, onScreen: number[]) =>
      queue.take(limit, any, onScreen).map(({ videoId }) => videoId);
    expect(take(2, [5, 77, 1])).toEqual([5, 1]);
    expect(take(2, [5, 1, 9])).toEqual([2, 3]);
    expect(take(9, [])).toEqual([4, 9]);
    expect(queue.isEmpty).toBe(true);
  });

  it('passes over what is not wanted any more', () => {
    const queue = new ProbeQueue(new Map([[1, 0]]));
    for (const id of [1, 2, 3]) queue.add(id, true);
    expect(queue.take(3, (id) => id === 3, [])).toEqual([{ videoId: 3, alone: false }]);
    expect(queue.isEmpty).toBe(true);
  });

  it('hands out each of very many files once, in order, also while more come', () => {
    const queue = new ProbeQueue(new Map());
    const taken: number[] = [];
    for (let id = 0; id < 20_000; id++) {
      queue.add(id, true);
      if (id % 3 === 0) taken.push(...queue.take(2, any, []).map(({ videoId }) => videoId));
    }
    while (!queue.isEmpty) taken.push(...queue.take(500, any, []).map(({ videoId }) => videoId));
    expect(taken).toEqual(Array.from({ length: 20_000 }, (_, id) => id));
  });
});
