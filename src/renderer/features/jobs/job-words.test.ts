import { describe, expect, it } from 'vitest';
import { JOB_STATES, type JobStatus } from '../../../shared/job';
import { formatCount } from '../../format/number';
import { newScan } from '../../testing/fake-library';
import { jobLine, phaseWords, rateWords, stateWord } from './job-words';

const scan = (change: Partial<JobStatus>): JobStatus => ({
  ...newScan('job', { rootId: 1, path: '/media/anna/Holiday 2019' }),
  ...change,
});
const line = (change: Partial<JobStatus>) => jobLine(scan(change)).join(' · ');
const result = {
  discovered: 12_870,
  added: 0,
  changed: 0,
  unchanged: 12_870,
  moved: 0,
  missing: 0,
  unreadable: 0,
  unsettled: 0,
  unconfirmedMissing: 0,
  elapsedMs: 1,
};

describe('jobLine', () => {
  it('says what is scanned, how far it is and how long yet', () => {
    const progress = { done: 4210, total: 12_870, etaSeconds: 185 };
    expect(line({ state: 'running', phase: 'probing', ...progress })).toBe(
      `Scanning Holiday 2019 · ${formatCount(4210)} of ${formatCount(12_870)} · about 3 min left`,
    );
  });

  it('counts what is found while the total is unknown', () => {
    expect(line({ state: 'running', phase: 'listing', done: 42 })).toBe(
      'Scanning Holiday 2019 · 42 found',
    );
    expect(line({ state: 'running', phase: '' })).toBe('Starting to scan Holiday 2019');
  });

  it('sums up what was found and leaves out what was not', () => {
    const found = { ...result, added: 12, changed: 3, missing: 1, unreadable: 2, unsettled: 4 };
    expect(line({ state: 'succeeded', result: found })).toBe(
      'Scan finished · 12 added · 3 changed · 1 missing · 2 could not be read · 4 still being written',
    );
    expect(line({ state: 'succeeded', result })).toBe(
      `Scan finished · nothing new in ${formatCount(12_870)} videos`,
    );
    expect(line({ state: 'succeeded', result: { ...result, discovered: 0 } })).toBe(
      'Scan finished · no videos in this folder',
    );
  });

  it('gives the reason of a wait and of a failure', () => {
    expect(line({ state: 'waiting', reason: 'The drive is not connected' })).toBe(
      'Scan of Holiday 2019 is waiting · The drive is not connected',
    );
    expect(line({ state: 'failed', error: { code: 'DISK_FULL', message: 'ENOSPC' } })).toBe(
      'Scan of Holiday 2019 failed · The disk is full',
    );
  });

  it.each(JOB_STATES)('has words for %s', (state) => {
    expect(line({ state })).not.toBe('');
    expect(stateWord(scan({ state }))).toMatch(/^[A-Z]/);
  });
});

describe('pace and phase', () => {
  it('says the rate only when it is known', () => {
    expect(rateWords(scan({ ratePerSecond: null }))).toBeNull();
    expect(rateWords(scan({ ratePerSecond: 84.4 }))).toBe('84 files/s');
  });

  it('names the phases', () => {
    expect(phaseWords(scan({ phase: '' }))).toBeNull();
    expect(phaseWords(scan({ phase: 'probing', total: 5 }))).toBe('Reading videos');
  });
});
