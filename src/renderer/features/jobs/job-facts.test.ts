import { describe, expect, it } from 'vitest';
import { newJob } from '../../testing/fake-jobs';
import { jobFacts, tookWords } from './job-facts';

const scan = { ...newJob('job', '/media/Rome', 1), createdAt: 1000 };
const labels = (job: typeof scan) => jobFacts(job).map(({ label }) => label);

describe('the facts of a job', () => {
  it('leave out what is not known and what is as usual', () => {
    expect(labels(scan)).toEqual(['Folder', 'Queued']);
  });

  it('tell how it went, with every count that is not zero', () => {
    const ended = {
      ...scan,
      state: 'succeeded' as const,
      attempt: 3,
      priority: 'high' as const,
      startedAt: 1000,
      finishedAt: 96_000,
      result: {
        discovered: 12,
        added: 2,
        changed: 0,
        unchanged: 10,
        moved: 0,
        missing: 0,
        unconfirmedMissing: 60,
        unreadable: 1,
        unsettled: 0,
        elapsedMs: 1,
      },
    };
    expect(tookWords(ended)).toBe('2 min');
    expect(Object.fromEntries(jobFacts(ended).map(({ label, value }) => [label, value]))).toEqual({
      Folder: '/media/Rome',
      Queued: expect.any(String),
      Started: expect.any(String),
      Ended: expect.any(String),
      Took: '2 min',
      Tries: '3',
      Priority: 'High',
      Videos: '12',
      Added: '2',
      Unchanged: '10',
      'Not found': '60',
      Unreadable: '1',
    });
  });

  it('tell what a verification decoded', () => {
    const result = { verified: 40, damaged: 2, unreadable: 1, skipped: 0, elapsedMs: 1 };
    expect(labels({ ...scan, kind: 'verify', result })).toEqual([
      'What',
      'Queued',
      'Decoded',
      'Damaged',
      'Not decodable',
    ]);
  });
});
