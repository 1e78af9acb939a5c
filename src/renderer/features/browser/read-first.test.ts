import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VideoSummary } from '../../../shared/media';
import { fakeVideo } from '../../testing/fake-video';
import { ReadFirst } from './read-first';

const ROOT = { rootId: 1, path: '/videos' };

/** A video whose pictures are missing. */
const due = (id: number, change: Partial<VideoSummary> = {}): VideoSummary => ({
  ...fakeVideo(id, ROOT),
  state: 'ok',
  probeLevel: 'full',
  preview: null,
  ...change,
});
const complete = (id: number) => due(id, { preview: fakeVideo(1, ROOT).preview });

function open() {
  const sent: number[][] = [];
  return { sent, wish: new ReadFirst((ids) => sent.push(ids)) };
}

describe('what is read first', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is what has no pictures yet or is not known in full, in the order given, each once', () => {
    const { sent, wish } = open();
    wish.want([
      due(5),
      complete(1),
      { ...complete(2), probeLevel: 'quick' },
      due(3, { state: 'offline' }),
      due(5),
    ]);
    vi.runAllTimers();
    expect(sent).toEqual([[5, 2]]);
  });

  it('follows slow scrolling, and passes over what flies by', () => {
    const { sent, wish } = open();
    for (let id = 1; id <= 10; id += 1) {
      wish.want([due(id)]);
      vi.advanceTimersByTime(100);
    }
    vi.runAllTimers();
    expect(sent.length).toBeGreaterThan(2);
    expect(sent.length).toBeLessThan(8);
    expect(sent.at(-1)).toEqual([10]);
  });

  it('is said within 200 ms after scrolling has come to rest', () => {
    const { sent, wish } = open();
    wish.want([due(1)]);
    vi.advanceTimersByTime(149);
    wish.want([due(2)]);
    vi.advanceTimersByTime(200);
    expect(sent.at(-1)).toEqual([2]);
  });

  it('is not said again when some of it is done, but when one returns to it', () => {
    const { sent, wish } = open();
    const say = (...rows: VideoSummary[]) => {
      wish.want(rows);
      vi.runAllTimers();
    };
    say(due(1), due(2));
    say(complete(1), due(2));
    expect(sent).toEqual([[1, 2]]);
    say(due(3));
    say(due(2));
    expect(sent).toEqual([[1, 2], [3], [2]]);
  });

  it('is not said any more once the list is gone', () => {
    const { sent, wish } = open();
    wish.want([due(1)]);
    wish.dispose();
    vi.runAllTimers();
    expect(sent).toEqual([]);
  });
});
