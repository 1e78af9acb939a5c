import { describe, expect, it } from 'vitest';
import { JOB_STATES, type JobStatus } from '../../../shared/job';
import { formatCount } from '../../format/number';
import { newJob } from '../../testing/fake-jobs';
import {
  jobLine,
  jobTitle,
  standingLine,
  stateWord,
  waitAdvice,
  wantsAttention,
} from './job-words';

const scan = (change: Partial<JobStatus>): JobStatus => ({
  ...newJob('job', '/media/anna/Holiday 2019', 1),
  ...change,
});
const verify = (change: Partial<JobStatus>) => scan({ kind: 'verify', ...change });
const line = (job: JobStatus) => jobLine(job).join(' · ');
const standing = (job: JobStatus) => standingLine(job).join(' · ');
const scanned = {
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
const verified = { verified: 40, damaged: 0, unreadable: 0, skipped: 0, elapsedMs: 1 };

describe('a scan in a line', () => {
  it('says what is scanned, how far it is and how long yet', () => {
    const progress = { done: 4210, total: 12_870, etaSeconds: 185 };
    expect(line(scan({ state: 'running', phase: 'probing', ...progress }))).toBe(
      `Scanning Holiday 2019 · ${formatCount(4210)} of ${formatCount(12_870)} · about 3 min left`,
    );
  });

  it('counts what is found while the total is unknown', () => {
    const quick = { discovered: 42, done: 30, ratePerSecond: null, etaSeconds: null };
    expect(line(scan({ state: 'running', phase: 'listing', done: 2, quick }))).toBe(
      'Scanning Holiday 2019 · 42 found · 30 ready to browse',
    );
  });

  it('tells how many headers are read before it tells of every detail', () => {
    const probing = { state: 'running', phase: 'probing', total: 42, etaSeconds: 60 } as const;
    const quick = { discovered: 42, done: 30, ratePerSecond: 12, etaSeconds: null };
    expect(line(scan({ ...probing, quick }))).toBe(
      'Scanning Holiday 2019 · 30 of 42 ready to browse',
    );
    expect(line(scan({ ...probing, done: 2, quick: { ...quick, done: 42 } }))).toBe(
      'Scanning Holiday 2019 · 2 of 42 · about 1 min left',
    );
    expect(line(scan({ state: 'running', phase: '' }))).toBe('Starting to scan Holiday 2019');
  });

  it('sums up what was found and leaves out what was not', () => {
    const found = { ...scanned, added: 12, changed: 3, missing: 1, unreadable: 2, unsettled: 4 };
    const finished = (result: typeof scanned) => line(scan({ state: 'succeeded', result }));
    expect(finished(found)).toBe(
      'Scan of Holiday 2019 finished · 12 added · 3 changed · 1 missing · 2 could not be read · 4 still being written',
    );
    expect(finished(scanned)).toBe(
      `Scan of Holiday 2019 finished · nothing new in ${formatCount(12_870)} videos`,
    );
    expect(finished({ ...scanned, discovered: 0 })).toBe(
      'Scan of Holiday 2019 finished · no videos in this folder',
    );
  });

  it('asks to look at videos that were not found and not taken for missing', () => {
    const job = scan({
      state: 'succeeded',
      result: { ...scanned, discovered: 0, unconfirmedMissing: 1234 },
    });
    expect(line(job)).toContain(`${formatCount(1234)} not found, please check`);
    expect(wantsAttention(job)).toBe(true);
    expect(wantsAttention(scan({ state: 'succeeded', result: scanned }))).toBe(false);
  });

  it('says why it failed', () => {
    expect(line(scan({ state: 'failed', error: { code: 'DISK_FULL', message: 'ENOSPC' } }))).toBe(
      'Scan of Holiday 2019 failed · The disk is full',
    );
  });
});

describe('a verification in a line', () => {
  it('counts the time that is decoded', () => {
    const progress = { done: 754, total: 3723, etaSeconds: 185 };
    expect(line(verify({ state: 'running', phase: 'decoding', ...progress }))).toBe(
      'Verifying Holiday 2019 · 12:34 of 1:02:03 · about 3 min left',
    );
  });

  it.each([
    [verified, 'all 40 intact'],
    [{ ...verified, damaged: 2 }, '2 of 40 damaged'],
    [{ ...verified, damaged: 2, skipped: 1 }, '2 of 40 damaged · 1 was not there'],
    [
      { ...verified, unreadable: 3, skipped: 2 },
      'all 40 intact · 3 could not be decoded · 2 were not there',
    ],
    [{ ...verified, verified: 1 }, 'intact'],
    [{ ...verified, verified: 1, damaged: 1 }, 'damaged'],
    [{ ...verified, verified: 0, skipped: 2 }, '2 were not there'],
    [{ ...verified, verified: 0 }, 'nothing to verify'],
  ])('says of %j what was found', (result, words) => {
    const job = verify({ state: 'succeeded', result });
    expect(line(job)).toBe(`Verification of Holiday 2019 finished · ${words}`);
    expect(wantsAttention(job)).toBe(result.damaged > 0 || result.unreadable > 0);
  });

  it('is called by its words where it is about several files', () => {
    expect(jobTitle(verify({ target: '3 videos' }))).toBe('Verification of 3 videos');
  });
});

describe('previews in a line', () => {
  const previews = (change: Partial<JobStatus>) =>
    line(scan({ kind: 'preview', target: 'previews', ...change }));
  const making = { state: 'running', phase: 'posters', done: 12, total: 400 } as const;

  it.each<[said: string, change: Partial<JobStatus>]>([
    ['Previews are next', { state: 'queued' }],
    ['Starting to make previews', { state: 'running' }],
    [
      'Making posters · 12 of 400 · about 3 min left',
      { ...making, currentItem: 'a.mp4', etaSeconds: 185 },
    ],
    ['Making filmstrips · 12 of 400', { ...making, phase: 'filmstrips', currentItem: 'a.mp4' }],
    ['Making posters · 12 of 400 · a scan goes first', { ...making, etaSeconds: 185 }],
    ['Previews are paused · 12 of 400', { ...making, state: 'paused' }],
    [
      'Previews are waiting · the computer runs on its battery',
      { state: 'waiting', waitingFor: 'power' },
    ],
    [
      'Previews finished · 14 made · 1 could not be made · 2 left for later',
      {
        state: 'succeeded',
        result: { made: 12, shared: 2, failed: 1, skipped: 2, elapsedMs: 1 },
      },
    ],
    ['Previews cancelled', { state: 'cancelled' }],
  ])('are “%s”', (said, change) => {
    expect(previews(change)).toBe(said);
  });
});

describe('a waiting job', () => {
  const waiting = (change: Partial<JobStatus>) => scan({ state: 'waiting', ...change });

  it('says what it waits for and what can be done about it', () => {
    expect(line(waiting({ waitingFor: 'volume' }))).toBe(
      'Scan of Holiday 2019 is waiting · its drive or share is not connected',
    );
    const error = { message: 'read-only', code: 'LIBRARY_READ_ONLY' } as const;
    expect(line(waiting({ waitingFor: 'storage', error }))).toContain('cannot be written to');
    expect(line(waiting({ waitingFor: 'storage' }))).toContain('is full');
    const reason = 'An answer took too long.';
    expect(line(waiting({ waitingFor: 'backoff', reason }))).toBe(
      'Scan of Holiday 2019 is waiting · An answer took too long',
    );
    expect(waitAdvice(waiting({ waitingFor: 'backoff' }))).toMatch(/by itself/);
  });
});

describe('every job', () => {
  it.each(JOB_STATES)('has words when it is %s', (state) => {
    expect(line(scan({ state }))).not.toBe('');
    expect(standing(scan({ state }))).not.toBe('');
    expect(stateWord(scan({ state }))).toMatch(/^[A-Z]/);
  });

  it('says under its title how it stands', () => {
    expect(standing(scan({ state: 'queued' }))).toBe('starts when its turn comes');
    expect(standing(scan({ state: 'queued', attempt: 2 }))).toBe('goes on when its turn comes');
    expect(standing(scan({ state: 'paused', done: 3, total: 9 }))).toBe('3 of 9');
    expect(standing(scan({ state: 'cancelled' }))).toBe('nothing was done yet');
  });
});
