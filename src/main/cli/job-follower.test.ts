import { describe, expect, it } from 'vitest';
import type { JobStatus } from '../../shared/job';
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
});
