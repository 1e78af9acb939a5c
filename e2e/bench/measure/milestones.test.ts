import { describe, expect, it } from 'vitest';
import { type JobSample, milestonesOf } from './milestones';

const sample = (
  atMs: number,
  phase: JobSample['phase'],
  quick: [done: number, discovered: number] | null = null,
): JobSample => ({ atMs, phase, quick: quick && { done: quick[0], discovered: quick[1] } });

describe('the milestones of a scan', () => {
  it('are the first looks that found the rows there, their quick facts, and the end', () => {
    const samples = [
      sample(5, ''),
      sample(10, 'listing', [0, 0]),
      sample(20, 'listing', [40, 40]),
      sample(30, 'probing', [60, 90]),
      sample(40, 'probing', [90, 90]),
      sample(50, 'finishing', [90, 90]),
      sample(60, 'finishing', [90, 90]),
    ];
    expect(milestonesOf(samples)).toEqual({ listedMs: 30, quickMs: 40, completeMs: 60 });
  });

  it('have no quick level where the app has none', () => {
    const samples = [sample(10, 'listing'), sample(20, 'probing'), sample(90, 'finishing')];
    expect(milestonesOf(samples)).toEqual({ listedMs: 20, quickMs: null, completeMs: 90 });
  });

  it('are all at its end where the scan was over at the second look', () => {
    expect(milestonesOf([sample(1, ''), sample(9, 'finishing')])).toMatchObject({
      listedMs: 9,
      completeMs: 9,
    });
  });
});
