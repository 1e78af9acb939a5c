import { describe, expect, it } from 'vitest';
import type { JobStatus } from '../../shared/job';
import { finishedText, progressText } from './scan-text';
import { placeText } from './verify-text';

const job = (rest: Partial<JobStatus>): JobStatus =>
  ({
    ...{ kind: 'verify', target: '/videos/Holiday', state: 'running', progress: 0.5 },
    ...{
      done: 0,
      total: null,
      ratePerSecond: null,
      etaSeconds: null,
      currentItem: null,
      quick: null,
    },
    ...rest,
  }) as JobStatus;

describe('a place in a file', () => {
  it.each([
    [{ atSeconds: null }, '-'],
    [{ atSeconds: 0 }, '0:00:00.0'],
    [{ atSeconds: 9.989 }, '0:00:09.9'],
    [{ atSeconds: 59.96 }, '0:00:59.9'],
    [{ atSeconds: 0.3 }, '0:00:00.3'],
    [{ atSeconds: 3723.04 }, '1:02:03.0'],
    [{ atSeconds: 720, untilSeconds: 727.5 }, '0:12:00.0 to 0:12:07.5'],
  ])('%j is %s', (damage, text) => {
    expect(placeText({ message: 'x', ...damage })).toBe(text);
  });
});

describe('a verification in words', () => {
  it('counts in playing time', () => {
    expect(progressText(job({ done: 760, total: 5400, ratePerSecond: 23.4 }))).toBe(
      '[############------------] Holiday · 0:12:40 of 1:30:00 decoded · 23 × playing speed',
    );
    expect(progressText(job({ done: 5, currentItem: 'a.mp4' }))).toContain(
      '0:00:05 decoded · a.mp4',
    );
  });

  it('ends with what was found', () => {
    const result = { verified: 1200, damaged: 2, unreadable: 0, skipped: 1, elapsedMs: 61_540 };
    expect(finishedText(job({ state: 'succeeded', result }))).toBe(
      '/videos/Holiday: 1,200 verified · 2 damaged · 1 skipped in 61.5 s',
    );
  });
});
