import assert from 'node:assert/strict';
import type { JobModel, ModelJob } from './job-model';
import type { RealJobs, StoredJob } from './real-jobs';

/**
 * The table holds exactly what the model says, and what must hold whatever the model says. Node's own assertions:
 * Vitest's take most of the time of a hundred thousand comparisons.
 */
export function expectSame(model: JobModel, real: RealJobs): void {
  const rows = real.rows();
  assert.deepEqual(rows, model.jobs.map(rowOf));
  expectSound(rows);
  const kept = rows.map(({ jobId }) => jobId);
  assert.deepEqual(new Set(kept), model.acknowledged, 'no acknowledged job is lost');
}

function rowOf(job: ModelJob): StoredJob {
  const { jobId, kind, target, root, state, token, attempt, crashCount, transientFailures } = job;
  const { waitingFor, notBefore, done, finishedAt } = job;
  const priority = { low: -1, normal: 0, high: 1 }[job.priority];
  return {
    ...{ jobId, kind, target, root, state, priority, token, attempt, crashCount },
    ...{ transientFailures, waitingFor, notBefore, done, finishedAt },
  };
}

function expectSound(rows: readonly StoredJob[]): void {
  const live = rows.filter(({ finishedAt }) => finishedAt === null);
  const keys = live.map(({ kind, target }) => `${kind} ${target}`);
  assert.equal(new Set(keys).size, keys.length, 'one live job of a kind and target');
  for (const { state, token, waitingFor, notBefore, finishedAt } of rows) {
    assert.equal(token !== null, state === 'running', 'a token while it runs');
    assert.equal(waitingFor !== null, state === 'waiting', 'a reason while it waits');
    assert.ok(notBefore === null || state === 'waiting', 'a time only while it waits');
    const isOver = ['succeeded', 'failed', 'cancelled'].includes(state);
    assert.equal(finishedAt !== null, isOver, 'an end when it is over');
  }
}
