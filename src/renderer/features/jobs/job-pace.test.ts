import { describe, expect, it } from 'vitest';
import type { JobStatus } from '../../../shared/job';
import { formatDecimal } from '../../format/number';
import { newJob } from '../../testing/fake-jobs';
import { paceLine, phaseWords, rateWords } from './job-pace';

const scan = (change: Partial<JobStatus>): JobStatus => ({
  ...newJob('job', '/media/anna/Holiday 2019', 1),
  ...change,
});
const verify = (change: Partial<JobStatus>) => scan({ kind: 'verify', ...change });

describe('pace and phase', () => {
  it('says the rate only when it is known', () => {
    expect(rateWords(scan({ ratePerSecond: null }))).toBeNull();
    expect(rateWords(scan({ ratePerSecond: 84.4 }))).toBe('84 files/s');
    expect(rateWords(verify({ ratePerSecond: 2.5 }))).toBe(
      `${formatDecimal(2.5, 1)} × playing speed`,
    );
  });

  it('names the phases, and the file of a verification', () => {
    expect(phaseWords(scan({ phase: '' }))).toBeNull();
    expect(phaseWords(scan({ phase: 'probing', total: 5 }))).toBe('Reading every detail');
    expect(phaseWords(verify({ phase: 'decoding', currentItem: '/a/b.mov' }))).toBe('b.mov');
  });

  it('names a file once, beside the rate or what is done', () => {
    const at = { phase: 'posters', currentItem: 'card 1/b.mov' } as const;
    expect(paceLine(scan({ kind: 'preview', ...at }))).toEqual(['card 1/b.mov']);
    expect(paceLine(scan({ kind: 'preview', ...at, ratePerSecond: 12 }))).toEqual([
      '12 posters/s',
      'card 1/b.mov',
    ]);
    expect(paceLine(scan({ phase: 'listing' }))).toEqual(['Looking for videos']);
  });
});
