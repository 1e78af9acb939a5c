import type fc from 'fast-check';
import { expect } from 'vitest';
import {
  isLive,
  JOB_PRIORITIES,
  JOB_STATES,
  type JobPriority,
  type JobState,
  LIVE_STATES,
  type WaitReason,
} from '../../shared/job';
import type { RunnableKind } from '../../shared/job-payload';
import { type JobTransition, PREVIEW_LANE, VERIFICATION_LANE } from '../../shared/library-protocol';
import { expectSame } from './job-invariants';
import type { JobModel, ModelJob } from './job-model';
import type { RealJobs } from './real-jobs';

export type JobCommand = fc.Command<JobModel, RealJobs>;

/** Roots of the library. The first two are on one volume, the third has only been seen on a device. */
export const ROOTS = [
  { path: '/drive/a', lane: 'volume 1' },
  { path: '/drive/b', lane: 'volume 1' },
  { path: '/c', lane: 'device 7.0' },
] as const;

/**
 * What can be submitted: a scan of each root, a verification in one root, one of several, which share a lane, and
 * previews.
 */
const WORKS = [
  { kind: 'scan', target: ROOTS[0].path, root: 1, lane: ROOTS[0].lane },
  { kind: 'scan', target: ROOTS[1].path, root: 2, lane: ROOTS[1].lane },
  { kind: 'scan', target: ROOTS[2].path, root: 3, lane: ROOTS[2].lane },
  { kind: 'verify', target: '/c/trip', root: 3, lane: VERIFICATION_LANE },
  { kind: 'verify', target: '2 videos', root: null, lane: VERIFICATION_LANE },
  { kind: 'preview', target: 'previews', root: null, lane: PREVIEW_LANE },
] as const;

/** How a run ends without success. `delay`: milliseconds to the next try. */
export type RunEnd =
  | { to: 'queued' | 'failed'; crashed: boolean }
  | { to: 'waiting'; waitingFor: WaitReason; delay: number; crashed: boolean };

/** A command from what it is called and what it does to both sides; the tables are compared after each. */
function command(name: string, run: (model: JobModel, real: RealJobs) => void): JobCommand {
  return {
    check: () => true,
    toString: () => name,
    run: (model, real) => {
      run(model, real);
      expectSame(model, real);
    },
  };
}

/** Does something with one of the jobs in some states; which one `pick` means depends on how many there are by then. */
function withJob(
  name: string,
  pick: number,
  states: readonly JobState[],
  run: (job: ModelJob, model: JobModel, real: RealJobs) => void,
): JobCommand {
  const fitting = (model: Readonly<JobModel>) =>
    model.jobs.filter(({ state }) => states.includes(state));
  const whole = command(`${name} of ${pick}`, (model, real) => {
    const jobs = fitting(model);
    const job = jobs[pick % jobs.length];
    if (job) run(job, model, real);
  });
  return { ...whole, check: (model) => fitting(model).length > 0 };
}

export function submit(
  index: number,
  priority: JobPriority,
  automatic: boolean,
  acceptMissing: boolean,
): JobCommand {
  const work = WORKS[index % WORKS.length] as (typeof WORKS)[number];
  const { kind, target, root: rootId } = work;
  const asked = { target, rootId, priority, automatic };
  return command(`submit ${JSON.stringify({ ...asked, acceptMissing })}`, (model, real) => {
    const { jobId } = real.write(() => {
      if (rootId !== null) real.roots.ensure(ROOTS[rootId - 1]?.path ?? '');
      if (kind === 'preview') return real.jobs.submit({ ...asked, kind, payload: {} });
      return kind === 'scan'
        ? real.jobs.submit({ ...asked, kind, payload: acceptMissing ? { acceptMissing } : {} })
        : real.jobs.submit({ ...asked, kind, payload: { videoIds: [1, 2] } });
    });
    if (rootId !== null) model.ensureRoot(rootId);
    const accept = kind === 'scan' && acceptMissing;
    const live = model.liveOf(kind, target);
    if (!live) {
      expect(model.acknowledged.has(jobId)).toBe(false);
      model.add({ ...work, jobId, priority, acceptMissing: accept });
      model.prune();
      return;
    }
    expect(jobId).toBe(live.jobId);
    if (automatic) return;
    const rank = (one: JobPriority) => JOB_PRIORITIES.indexOf(one);
    if (rank(priority) > rank(live.priority)) live.priority = priority;
    live.acceptMissing ||= accept;
    model.apply(live, ['waiting', 'paused'], { to: 'queued' });
  });
}

export function claim(kinds: RunnableKind[], fullLanes: string[]): JobCommand {
  return command(`claim ${kinds} but not on ${fullLanes}`, (model, real) => {
    const claimed = real.write(() => real.jobs.claim(kinds, fullLanes));
    const expected = model.claim(kinds, fullLanes, claimed?.runToken ?? null);
    expect(claimed?.jobId).toBe(expected?.jobId);
    if (!claimed || !expected) return;
    const { kind, attempt, crashCount, transientFailures, root: rootId } = expected;
    expect(claimed).toMatchObject({ kind, attempt, crashCount, transientFailures, rootId });
    expect(claimed.lane.key).toBe(expected.lane);
    if (claimed.kind === 'scan') {
      expect(claimed.payload).toEqual(expected.acceptMissing ? { acceptMissing: true } : {});
    }
  });
}

/** The token of the current run, or of one that is over. */
function tokenOf({ token, staleTokens }: ModelJob, stale: boolean): string {
  return (stale ? staleTokens.at(-1) : token) ?? 'never given out';
}

/** States in which a run of a job can still write: its own, or one that does not know yet that it is over. */
const writing = (stale: boolean) => (stale ? JOB_STATES : (['running'] as const));

export function progress(pick: number, done: number, stale: boolean): JobCommand {
  return withJob(`progress, stale ${stale},`, pick, writing(stale), (job, _model, real) => {
    const run = { jobId: job.jobId, runToken: tokenOf(job, stale) };
    const counts = { phase: 'probing', done, total: null, currentItem: 'x' } as const;
    const rest = { problems: 0, quick: null };
    real.write(() => real.jobs.saveProgress(run, { ...counts, ...rest }));
    if (!stale) job.done = done;
  });
}

export function succeed(pick: number, stale: boolean): JobCommand {
  return withJob(`success, stale ${stale},`, pick, writing(stale), (job, model, real) => {
    const run = { jobId: job.jobId, runToken: tokenOf(job, stale) };
    const counts = { done: 7, total: 7, currentItem: null, problems: 0, quick: null };
    const result = { verified: 7, damaged: 0, unreadable: 0, skipped: 0, elapsedMs: 1 };
    const end = () =>
      real.write(() => real.jobs.succeed(run, result, { phase: 'finishing', ...counts }));
    if (stale) {
      expect(end).toThrow(/is over/);
      return;
    }
    end();
    job.done = 7;
    model.apply(job, ['running'], { to: 'succeeded' });
  });
}

/** A run that ended without success, as main records it. */
export function endRun(pick: number, end: RunEnd, stale: boolean): JobCommand {
  const name = `end ${JSON.stringify(end)}, stale ${stale},`;
  return withJob(name, pick, writing(stale), (job, model, real) => {
    const { delay, ...change } = { delay: 0, ...end };
    const isTimed = end.to === 'waiting' && ['backoff', 'storage'].includes(end.waitingFor);
    const notBefore = isTimed ? model.now + delay : null;
    const step = { ...change, notBefore } as Extract<JobTransition, { to: 'waiting' }>;
    const request = { jobId: job.jobId, from: ['running'], runToken: tokenOf(job, stale) } as const;
    move(real, { ...request, ...step }, () => !stale && model.apply(job, ['running'], step));
  });
}

/** What a person or the queue asks for, of a job in one of the states that it may be in then. */
export function ask(
  name: string,
  pick: number,
  from: readonly JobState[],
  to: Exclude<JobState, 'waiting'>,
  of: readonly JobState[] = from,
): JobCommand {
  return withJob(name, pick, of, (job, model, real) => {
    move(real, { jobId: job.jobId, from, to }, () => model.apply(job, from, { to }));
  });
}

/** The machine runs on its battery, and the person wants no such work then. */
export function hold(pick: number): JobCommand {
  const from = ['queued', 'running'] as const;
  const step = { to: 'waiting', waitingFor: 'power', notBefore: null } as const;
  return withJob('hold', pick, from, (job, model, real) => {
    move(real, { jobId: job.jobId, from, ...step }, () => model.apply(job, from, step));
  });
}

function move(real: RealJobs, request: JobTransition, expected: () => boolean): void {
  const { changed, job } = real.write(() => real.jobs.transition(request));
  expect(changed).toBe(expected());
  if (changed) expect(job.state).toBe(request.to);
}

export function setPriority(pick: number, priority: JobPriority): JobCommand {
  return withJob(`priority ${priority}`, pick, JOB_STATES, (job, _model, real) => {
    real.write(() => real.jobs.setPriority(job.jobId, priority));
    if (isLive(job.state)) job.priority = priority;
  });
}

/** Another version, or a fault, left something that cannot be understood. */
export function damage(pick: number): JobCommand {
  return withJob('damage', pick, ['queued'], (job, _model, real) => {
    real.database.prepare(`UPDATE jobs SET payload = '{oops' WHERE job_id = ?`).run(job.jobId);
    job.damaged = true;
  });
}

export function release(roots: number[]): JobCommand {
  return command(`release ${roots}`, (model, real) => {
    expect(real.write(() => real.jobs.releaseWaiting(roots))).toEqual(model.release(roots));
  });
}

export function removeRoot(rootId: number): JobCommand {
  const whole = command(`remove root ${rootId}`, (model, real) => {
    const cancelled = real.write(() => {
      real.roots.remove(rootId);
      return real.jobs.cancelJobsOfRoot(rootId);
    });
    model.removedRoots.add(rootId);
    const expected = model.jobs.filter(
      (job) => job.root === rootId && model.apply(job, LIVE_STATES, { to: 'cancelled' }),
    );
    expect(cancelled.sort()).toEqual(expected.map(({ jobId }) => jobId).sort());
  });
  return { ...whole, check: (model) => !model.removedRoots.has(rootId) };
}

export function jumpClock(milliseconds: number): JobCommand {
  return command(`clock ${milliseconds}`, (model) => {
    model.now += milliseconds;
  });
}

export function prune(): JobCommand {
  return command('prune', (model, real) => {
    real.write(() => real.jobs.prune());
    model.prune();
  });
}

/** The library's process dies, and another one finds what was running. */
export function crash(): JobCommand {
  return command('crash', (model, real) => {
    real.reopen('crash');
    real.write(() => real.jobs.recover(false));
    model.recover();
  });
}

/** Runs are requeued without blame, then the library is closed and opened again. */
export function restart(): JobCommand {
  return command('restart', (model, real) => {
    for (const job of model.jobs.filter(({ state }) => state === 'running')) {
      const run = { jobId: job.jobId, runToken: tokenOf(job, false) };
      const back = { from: ['running'], to: 'queued' } as const;
      move(real, { ...run, ...back }, () => model.apply(job, back.from, back));
    }
    real.reopen('restart');
    expect(real.write(() => real.jobs.recover(false))).toBe(0);
  });
}
