import { beforeEach, describe, expect, it, vi } from 'vitest';
import { VitrineError } from '../../shared/errors';
import { canTransition, isLive, type JobState, type JobStatus } from '../../shared/job';
import type { JobTransition } from '../../shared/library-protocol';
import type { ScanRequest } from '../../shared/media-protocol';
import { JobQueue, type JobQueueOptions } from './job-queue';
import type { MediaPeer } from './runners';

interface Row {
  jobId: string;
  rootId: number;
  state: JobState;
  runToken: string | null;
  attempt: number;
  crashCount: number;
  error: JobStatus['error'];
}

/** The library's side of the protocol over an array: the same guards, no SQLite. */
class JobRows {
  readonly rows: Row[] = [];
  readonly offline = new Set<number>();

  readonly ask = (async (name: string, request: never) => {
    switch (name) {
      case 'submitScan':
        return this.#submit(request);
      case 'claimJob':
        return this.#claim();
      case 'transitionJob':
        return this.#transition(request);
      case 'getJob':
        return this.status((request as { jobId: string }).jobId);
      case 'listJobs':
        return this.rows.map(({ jobId }) => this.status(jobId)).reverse();
      case 'removeRoot':
        return this.#removeRoot(request);
      case 'setRootOnline':
        this.offline.add((request as { rootId: number }).rootId);
        return null;
      default:
        return null;
    }
  }) as JobQueueOptions['ask'];

  row(jobId: string): Row {
    const row = this.rows.find((candidate) => candidate.jobId === jobId);
    if (!row) throw new VitrineError('JOB_NOT_FOUND', jobId);
    return row;
  }

  status(jobId: string): JobStatus {
    const { rootId, state, error } = this.row(jobId);
    return { jobId, rootId, state, error, phase: '', done: 0, total: null } as JobStatus;
  }

  succeed({ jobId, runToken }: ScanRequest): void {
    this.#transition({ jobId, from: ['running'], to: 'succeeded', runToken });
  }

  #submit({ rootId }: { rootId: number }) {
    const jobId = `job-${this.rows.length + 1}`;
    this.rows.push({
      jobId,
      rootId,
      state: 'queued',
      runToken: null,
      attempt: 0,
      crashCount: 0,
      error: null,
    });
    return { jobId };
  }

  #removeRoot({ rootId }: { rootId: number }) {
    const live = this.rows.filter((row) => row.rootId === rootId && isLive(row.state));
    for (const { jobId, state } of live) {
      this.#transition({ jobId, from: [state], to: 'cancelled' });
    }
    return { cancelledJobIds: live.map(({ jobId }) => jobId) };
  }

  #claim() {
    const row = this.rows.find(({ state }) => state === 'queued');
    if (!row) return null;
    row.state = 'running';
    row.attempt += 1;
    row.runToken = `${row.jobId} run ${row.attempt}`;
    return { ...row, kind: 'scan', rootPath: '/clips', extraExtensions: ['xyz'] };
  }

  #transition({ jobId, from, to, runToken, error, crashed }: JobTransition) {
    const row = this.row(jobId);
    const changed =
      from.includes(row.state) &&
      canTransition(row.state, to) &&
      (runToken === undefined || runToken === row.runToken);
    if (changed) {
      Object.assign(row, { state: to, runToken: null, error: error ?? null });
      row.crashCount += crashed ? 1 : 0;
    }
    return { changed, job: this.status(jobId) };
  }
}

type RunScan = (request: ScanRequest, signal: AbortSignal) => Promise<null>;

let rows: JobRows;
let runs: ScanRequest[];
let updates: JobStatus[];

function createQueue(runScan: RunScan): JobQueue {
  const media = {
    call: (_name: string, request: ScanRequest, { signal }: { signal: AbortSignal }) => {
      runs.push(request);
      return runScan(request, signal);
    },
  } as unknown as MediaPeer;
  const queue = new JobQueue({
    ask: rows.ask,
    media: async () => media,
    onUpdate: (status) => updates.push(status),
  });
  queue.start();
  return queue;
}

const succeeds: RunScan = async (request) => {
  rows.succeed(request);
  return null;
};
/** Runs until it is aborted. */
const hangs: RunScan = (_request, signal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new VitrineError('CANCELLED', 'aborted')));
  });
const failsWith =
  (code: VitrineError['code']): RunScan =>
  async () => {
    throw new VitrineError(code, code);
  };

const stateOf = (jobId: string, state: JobState) =>
  vi.waitFor(() => expect(rows.row(jobId).state).toBe(state));

beforeEach(() => {
  rows = new JobRows();
  runs = [];
  updates = [];
});

describe('JobQueue', () => {
  it('answers the ID at once and runs the job to its success', async () => {
    const queue = createQueue(succeeds);
    const { jobId } = await queue.submit('submitScan', { rootId: 1 });
    await stateOf(jobId, 'succeeded');
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ jobId, state: 'succeeded' }));
    expect(runs).toMatchObject([
      { jobId, rootId: 1, rootPath: '/clips', runToken: 'job-1 run 1', extraExtensions: ['xyz'] },
    ]);
  });

  it('runs no more than two jobs side by side, and the next one when one ends', async () => {
    const queue = createQueue(hangs);
    const ids: string[] = [];
    for (const rootId of [1, 2, 3]) ids.push((await queue.submit('submitScan', { rootId })).jobId);
    await stateOf('job-2', 'running');
    expect(rows.row('job-3').state).toBe('queued');
    await queue.cancel('job-1');
    await stateOf('job-3', 'running');
    expect(runs.map(({ jobId }) => jobId)).toEqual(ids);
  });

  it('cancels a running job: the row first, then the run', async () => {
    const queue = createQueue(hangs);
    const { jobId } = await queue.submit('submitScan', { rootId: 1 });
    await stateOf(jobId, 'running');
    expect(await queue.cancel(jobId)).toMatchObject({ jobId, state: 'cancelled' });
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ state: 'cancelled' }));
    expect(rows.row(jobId)).toMatchObject({ state: 'cancelled', crashCount: 0 });
  });

  it('leaves a job that succeeded before the cancel as it is', async () => {
    const queue = createQueue(succeeds);
    const { jobId } = await queue.submit('submitScan', { rootId: 1 });
    await stateOf(jobId, 'succeeded');
    expect(await queue.cancel(jobId)).toMatchObject({ state: 'succeeded' });
  });

  it('ends every live scan of a root that is removed, and no other', async () => {
    const queue = createQueue(hangs);
    await queue.submit('submitScan', { rootId: 1 });
    await queue.submit('submitScan', { rootId: 2 });
    await stateOf('job-2', 'running');
    await queue.removeRoot(1);
    expect(rows.rows.map(({ state }) => state)).toEqual(['cancelled', 'running']);
    expect(updates.filter(({ state }) => state === 'cancelled')).toMatchObject([
      { jobId: 'job-1' },
    ]);
  });

  it('says JOB_NOT_FOUND for an ID that nobody gave out', async () => {
    const queue = createQueue(succeeds);
    await expect(queue.get('x')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    await expect(queue.cancel('x')).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
  });

  it('runs a job again whose process died under it', async () => {
    let deaths = 0;
    const queue = createQueue((request, signal) =>
      deaths++ < 2 ? failsWith('WORKER_CRASHED')(request, signal) : succeeds(request, signal),
    );
    const { jobId } = await queue.submit('submitScan', { rootId: 1 });
    await stateOf(jobId, 'succeeded');
    expect(rows.row(jobId)).toMatchObject({ attempt: 3, crashCount: 2 });
  });

  it('gives up a job under which a process died three times', async () => {
    const queue = createQueue(failsWith('WORKER_CRASHED'));
    const { jobId } = await queue.submit('submitScan', { rootId: 1 });
    await stateOf(jobId, 'failed');
    expect(rows.row(jobId)).toMatchObject({
      attempt: 3,
      crashCount: 3,
      error: { code: 'WORKER_CRASHED' },
    });
  });

  it('fails a job whose folder cannot be reached, and marks the folder offline', async () => {
    const queue = createQueue(failsWith('ROOT_OFFLINE'));
    const { jobId } = await queue.submit('submitScan', { rootId: 7 });
    await stateOf(jobId, 'failed');
    expect(rows.row(jobId).error).toMatchObject({ code: 'ROOT_OFFLINE' });
    expect([...rows.offline]).toEqual([7]);
  });

  it('makes running jobs claimable again when it stops, and claims nothing more', async () => {
    const queue = createQueue(hangs);
    for (const rootId of [1, 2, 3]) await queue.submit('submitScan', { rootId });
    await stateOf('job-2', 'running');
    await queue.stop();
    expect(rows.rows.map(({ state }) => state)).toEqual(['queued', 'queued', 'queued']);
    expect(rows.rows.map(({ crashCount }) => crashCount)).toEqual([0, 0, 0]);
    queue.wake();
    expect(runs).toHaveLength(2);
  });

  it('merges the counts of the current run into the status, and drops those of an older one', async () => {
    const queue = createQueue(hangs);
    const { jobId } = await queue.submit('submitScan', { rootId: 1 });
    await stateOf(jobId, 'running');
    const progress = {
      phase: 'probing',
      done: 3,
      total: 12,
      currentItem: 'a.mp4',
      problems: 1,
    } as const;
    queue.report(jobId, 'job-1 run 0', { ...progress, done: 9 });
    expect((await queue.get(jobId)).done).toBe(0);
    queue.report(jobId, 'job-1 run 1', progress);
    expect(await queue.get(jobId)).toMatchObject({
      done: 3,
      total: 12,
      progress: 0.25,
      currentItem: 'a.mp4',
      problems: 1,
    });
    expect((await queue.list(10))[0]).toMatchObject({ done: 3 });
    await vi.waitFor(() => expect(updates.at(-1)).toMatchObject({ done: 3 }));
  });
});
