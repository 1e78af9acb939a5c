import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../shared/errors';
import type { JobStatus } from '../../shared/job';
import { exitCodeOfJobs } from './exit-codes';
import { JobFollower } from './job-follower';
import type { Output } from './output';

const job = (jobId: string, state: JobStatus['state']) => ({ jobId, state }) as JobStatus;

function follower() {
  const printed: unknown[] = [];
  const output = { json: true, object: async (value: unknown) => void printed.push(value) };
  return { printed, follower: new JobFollower(output as unknown as Output) };
}

describe('JobFollower', () => {
  it('is done when every job has ended, not when the first has, in whatever order they end', async () => {
    const { follower: jobs, printed } = follower();
    let ended: JobStatus[] | null = null;
    const all = jobs.allFinished.then((statuses) => {
      ended = statuses;
    });
    // One that ended before it was followed is told again by whoever asks for it.
    jobs.update(job('a', 'succeeded'));
    jobs.follow(['a', 'b']);
    expect(printed).toEqual([]);
    jobs.update(job('b', 'running'));
    jobs.update(job('a', 'succeeded'));
    await Promise.resolve();
    expect(ended).toBeNull();
    jobs.update(job('b', 'failed'));
    await all;
    expect(ended).toMatchObject([{ jobId: 'a' }, { jobId: 'b' }]);
    expect(printed).toMatchObject([
      { type: 'status', jobId: 'b' },
      { type: 'finished', jobId: 'a' },
      { type: 'finished', jobId: 'b' },
    ]);
  });

  it('tells the end of a job once, and nothing of jobs that are not its own', () => {
    const { follower: jobs, printed } = follower();
    jobs.follow(['a']);
    jobs.update(job('stranger', 'running'));
    jobs.update(job('a', 'succeeded'));
    jobs.update(job('a', 'succeeded'));
    expect(printed).toHaveLength(1);
  });

  it('ends with a job that waits for something that a person has to do, not with one that is tried again', async () => {
    const { follower: jobs, printed } = follower();
    jobs.follow(['a', 'b']);
    jobs.update({ ...job('a', 'waiting'), waitingFor: 'backoff' });
    jobs.update({ ...job('b', 'waiting'), waitingFor: 'volume' });
    jobs.update(job('b', 'queued'));
    jobs.update({ ...job('a', 'waiting'), waitingFor: 'storage' });
    expect(await jobs.allFinished).toMatchObject([{ jobId: 'b' }, { jobId: 'a' }]);
    expect(printed).toMatchObject([
      { type: 'status', jobId: 'a' },
      { type: 'finished', jobId: 'b', state: 'waiting', waitingFor: 'volume' },
      { type: 'finished', jobId: 'a', waitingFor: 'storage' },
    ]);
  });
});

describe('the exit code', () => {
  const ended = (...codes: (ErrorCode | null)[]) =>
    exitCodeOfJobs(
      codes.map((code) => ({
        ...job('a', code === null ? 'succeeded' : 'failed'),
        error: code && { code, message: '' },
      })),
    );

  it('tells a library that cannot be used from everything else that ended a job', () => {
    expect(ended(null, null)).toBe(0);
    expect(ended(null, 'ROOT_OFFLINE')).toBe(1);
    expect(ended('ROOT_OFFLINE', 'DISK_FULL', null)).toBe(3);
    expect(exitCodeOfJobs([{ ...job('a', 'cancelled'), error: null }])).toBe(1);
  });
});
