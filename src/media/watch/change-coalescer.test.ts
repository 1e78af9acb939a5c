import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChangeCoalescer, COALESCER_TIMES } from './change-coalescer';

const SECOND = 1_000;

type Event = [at: number, path: string | null];

/** Plays events and asks exactly when it is said to be due; answers the times of the reports. */
function play(events: Event[], until = 10_000 * SECOND): number[] {
  const coalescer = new ChangeCoalescer();
  const reports: number[] = [];
  const askUntil = (end: number) => {
    for (let due = coalescer.dueAt(); due !== null && due <= end; due = coalescer.dueAt()) {
      const reported = coalescer.take(due);
      if (reported) reports.push(due);
      else expect(coalescer.dueAt()).toBeGreaterThan(due);
    }
  };
  for (const [at, path] of events) {
    askUntil(at);
    coalescer.note(path, at);
  }
  askUntil(until);
  return reports;
}

const every = (interval: number, from: number, to: number, path: string): Event[] =>
  Array.from({ length: Math.floor((to - from) / interval) + 1 }, (_value, index) => [
    from + index * interval,
    path,
  ]);
const inOrder = (events: Event[]) => events.sort(([one], [other]) => one - other);

describe('ChangeCoalescer', () => {
  it('reports a change when it has settled', () => {
    expect(play([[0, 'a.mp4']])).toEqual([2 * SECOND]);
  });

  it('has nothing to report when nothing happened', () => {
    const coalescer = new ChangeCoalescer();
    expect(coalescer.dueAt()).toBeNull();
    expect(coalescer.take(5)).toBe(false);
  });

  it('makes one report of a burst', () => {
    const burst = Array.from({ length: 300 }, (_value, index): Event => [index * 10, `${index}`]);
    expect(play(burst)).toEqual([2_990 + 2 * SECOND]);
  });

  it('reports now and then while files keep coming', () => {
    const copying = every(200, 0, 60 * SECOND, '').map(
      ([at], index): Event => [at, `clip ${index}.mp4`],
    );
    const reports = play(copying);
    expect(reports[0]).toBe(12 * SECOND);
    expect(reports.length).toBeLessThanOrEqual(7);
    expect(reports.at(-1)).toBe(62 * SECOND);
  });

  it('waits for a file that is being written', () => {
    expect(play(every(SECOND, 0, 30 * SECOND, 'copy.mp4'))).toEqual([32 * SECOND]);
  });

  it('reports an endless recording once while it runs, and again when it pauses', () => {
    const first = every(SECOND, 0, 1_000 * SECOND, 'rec.mkv');
    const second = every(SECOND, 1_100 * SECOND, 1_110 * SECOND, 'rec.mkv');
    expect(play([...first, ...second])).toEqual([60 * SECOND, 1_002 * SECOND, 1_112 * SECOND]);
  });

  it('does not let an endless recording delay other files', () => {
    const recording = every(SECOND, 0, 300 * SECOND, 'rec.mkv');
    const reports = play(inOrder([...recording, [100 * SECOND, 'a.mp4'], [200_500, 'b.mp4']]));
    expect(reports).toEqual([60 * SECOND, 102 * SECOND, 202_500, 302 * SECOND]);
  });

  it('makes a settled change wait for a file that is being written, but not long', () => {
    const writing = every(SECOND, 0, 40 * SECOND, 'copy.mp4');
    expect(play(inOrder([...writing, [500, 'a.mp4']]))).toEqual([12_500, 42 * SECOND]);
  });

  it('takes the whole tree for one path', () => {
    expect(play([[0, null]])).toEqual([2 * SECOND]);
  });

  it('stays bounded when more paths change than it tells apart', () => {
    const coalescer = new ChangeCoalescer();
    for (let index = 0; index < 50_000; index++) coalescer.note(`${index}`, index / 100);
    expect(coalescer.take(2 * SECOND)).toBe(false);
    expect(coalescer.take(500 + 2 * SECOND)).toBe(true);
    expect(coalescer.dueAt()).toBeNull();
  });

  it('reports after every change, within the longest times, and forgets everything in the end', () => {
    const { settleMs, longestWaitMs, longestWriteMs } = COALESCER_TIMES;
    const event = fc.tuple(
      fc.integer({ min: 0, max: 200_000 }),
      fc.constantFrom('a', 'b', 'c', null),
    );
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 80 }), (unordered) => {
        const events = inOrder([...unordered]);
        const reports = play(events);
        const last = events.at(-1)?.[0] ?? 0;
        // Nothing is missed: something is reported after the last change of all, once all is quiet.
        expect(reports.at(-1)).toBe(last + settleMs);
        const firstReport = reports[0] ?? Number.POSITIVE_INFINITY;
        expect(firstReport - (events[0]?.[0] ?? 0)).toBeLessThanOrEqual(longestWriteMs);
        // A path that rested is reported soon.
        for (const [position, [at, path]] of events.entries()) {
          const next = events.slice(position + 1).find(([, other]) => other === path)?.[0];
          if (next !== undefined && next < at + settleMs + longestWaitMs) continue;
          const report = reports.find((time) => time >= at + settleMs);
          expect(report).toBeLessThanOrEqual(at + settleMs + longestWaitMs);
        }
      }),
    );
  });
});
