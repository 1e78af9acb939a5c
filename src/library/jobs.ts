import { randomUUID } from 'node:crypto';
import { VitrineError } from '../shared/errors';
import {
  canTransition,
  isLive,
  type JobPriority,
  type JobProgress,
  type JobResult,
  type JobStatus,
  LIVE_STATES,
  MAX_JOB_CRASHES,
  MAX_WAIT_MS,
  waitsAfterFailure,
} from '../shared/job';
import type { JobWork, RunnableKind } from '../shared/job-payload';
import type { JobTransition, SubmitOptions } from '../shared/library-protocol';
import { type ClaimedRow, claimedRow } from './claimed-row';
import type { Connection } from './connection';
import { type JobRow, jobStatusOf, storedPriority } from './job-row';
import { type JobStatements, prepareJobStatements } from './job-statements';

/** A job to be queued. At most one live job exists for each kind and target. */
export type JobSubmission = JobWork &
  SubmitOptions & {
    /** What it works on, in words that a person understands; for a scan the root's path. */
    target: string;
    /** The root that all of it lies in; null where there are several. */
    rootId: number | null;
  };

/** Terminal jobs that are kept: the newest `jobs` of them that ended not longer ago than `ms`. */
export interface JobHistory {
  jobs: number;
  ms: number;
}

const HISTORY: JobHistory = { jobs: 500, ms: 90 * 24 * 60 * 60_000 };

/** The job table. Writing methods expect to be called in a transaction. */
export class JobTable {
  readonly #now: () => number;
  readonly #history: JobHistory;
  readonly #statements: JobStatements;

  constructor(database: Connection, now: () => number, history = HISTORY) {
    this.#now = now;
    this.#history = history;
    this.#statements = prepareJobStatements(database);
  }

  /** Queues a job; the live job of the same kind and target, if there is one, is answered instead. */
  submit(submission: JobSubmission): { jobId: string } {
    const { kind, target, rootId } = submission;
    const priority = storedPriority(submission.priority ?? 'normal');
    const payload = JSON.stringify(submission.payload);
    const jobId = randomUUID();
    const now = this.#now();
    const { changes } = this.#statements.insert.run({
      ...{ jobId, kind, target, rootId, priority, payload, now },
    });
    if (changes === 1) {
      // Only here does the history grow.
      this.prune();
      return { jobId };
    }
    const live = this.#statements.live.get(kind, target);
    if (!live)
      throw new VitrineError('INTERNAL', `No live job of ${target} after a refused insert.`);
    if (!submission.automatic) {
      this.#statements.askAgain.run({ jobId: live.jobId, payload, priority });
      this.#apply({ jobId: live.jobId, from: ['waiting', 'paused'], to: 'queued' });
    }
    return live;
  }

  /**
   * The first queued job of the kinds, by priority and age, that is in none of the full lanes becomes running. One
   * whose work cannot be understood fails and stays visible.
   */
  claim(kinds: readonly RunnableKind[], fullLanes: readonly string[] = []): ClaimedRow | null {
    const wanted = { kinds: JSON.stringify(kinds), fullLanes: JSON.stringify(fullLanes) };
    for (;;) {
      const row = this.#statements.next.get(wanted);
      if (!row) return null;
      const runToken = randomUUID();
      this.#apply({ jobId: row.jobId, from: ['queued'], to: 'running' }, { newToken: runToken });
      const claimed = claimedRow(row, runToken);
      if (claimed) return claimed;
      const failed = { jobId: row.jobId, from: ['running'], to: 'failed' } as const;
      const error = { code: 'INTERNAL', message: 'The stored job cannot be read.' } as const;
      this.#apply({ ...failed, error, reason: error.message });
    }
  }

  /**
   * The single guarded transition: it changes the row only when the state table allows it, the state is one
   * of `from` and the token, when given, is the row's.
   * @throws JOB_NOT_FOUND
   */
  transition(request: JobTransition): { changed: boolean; job: JobStatus } {
    const changed = this.#apply(request);
    return { changed, job: this.get(request.jobId) };
  }

  /** A running job's success together with its result and last progress. @throws STALE_RUN */
  succeed({ jobId, runToken }: Run, result: JobResult, progress: JobProgress): void {
    this.saveProgress({ jobId, runToken }, progress);
    const done = { jobId, runToken, from: ['running'], to: 'succeeded' } as const;
    if (!this.#apply(done, { result })) throw staleRun(jobId);
  }

  /**
   * What an earlier process left running is queued again, or fails when it crashed too often.
   * @param explained it is known which file the process died of: then no job is to blame
   */
  recover(explained: boolean): number {
    let queued = 0;
    for (const { jobId, crashCount } of this.#statements.running.all()) {
      const failed = !explained && crashCount + 1 >= MAX_JOB_CRASHES;
      const error = {
        code: 'WORKER_CRASHED',
        message: `Vitrine stopped ${MAX_JOB_CRASHES} times while this job ran.`,
      } as const;
      const died = { jobId, from: ['running'], crashed: true } as const;
      this.#apply(
        failed
          ? { ...died, to: 'failed', error, reason: error.message }
          : { ...died, to: 'queued', crashed: !explained },
      );
      if (explained) this.clearCrashes(jobId);
      if (!failed) queued += 1;
    }
    return queued;
  }

  /** Waiting jobs whose time has come, and those that wait for the volume of one of the roots, become queued. */
  releaseWaiting(rootIds: readonly number[]): string[] {
    const now = this.#now();
    const back = { now, horizon: now + MAX_WAIT_MS, rootIds: JSON.stringify(rootIds) };
    const due = this.#statements.due.all(back).map(({ jobId }) => jobId);
    for (const jobId of due) this.#apply({ jobId, from: ['waiting'], to: 'queued' });
    return due;
  }

  /** What waiting jobs wait for: the time of the next try, and roots whose volume is not there. */
  awaited(): { nextDueAt: number | null; rootIds: number[] } {
    return {
      nextDueAt: this.#statements.nextDue.get()?.dueAt ?? null,
      rootIds: this.#statements.awaitedRoots.all().map(({ rootId }) => rootId),
    };
  }

  /** Whether the person has confirmed, by now, that what a scan does not find is gone. */
  acceptsMissing(jobId: string): boolean {
    return this.#statements.acceptsMissing.get(jobId)?.accepts === 1;
  }

  /** Changes nothing once the job is over. @throws JOB_NOT_FOUND */
  setPriority(jobId: string, priority: JobPriority): JobStatus {
    this.#statements.setPriority.run(storedPriority(priority), jobId);
    return this.get(jobId);
  }

  /** The crashes of the job's runs turned out to be a file's doing. */
  clearCrashes(jobId: string): void {
    this.#statements.clearCrashes.run(jobId);
  }

  /** Cancels whatever is live on the root; answers the IDs. */
  cancelJobsOfRoot(rootId: number): string[] {
    const live = this.#statements.liveOfRoot.all(rootId).map(({ jobId }) => jobId);
    for (const jobId of live) this.#apply({ jobId, from: LIVE_STATES, to: 'cancelled' });
    return live;
  }

  /** Terminal jobs that are too old or too many go; live ones never. */
  prune(): void {
    const { jobs, ms } = this.#history;
    this.#statements.prune.run({ before: this.#now() - ms, keep: jobs });
  }

  /** Ignored when the token is stale. */
  saveProgress({ jobId, runToken }: Run, { quick, ...progress }: JobProgress): void {
    const { discovered = null, done: quickDone = null } = quick ?? {};
    this.#statements.progress.run({ jobId, runToken, ...progress, discovered, quickDone });
  }

  /** The run's row ID, root and start, while the job is running with that token. @throws STALE_RUN */
  requireRun({ jobId, runToken }: Run): { id: number; rootId: number | null; startedAt: number } {
    const run = this.#statements.run.get(jobId, runToken);
    if (!run) throw staleRun(jobId);
    return run;
  }

  /** @throws JOB_NOT_FOUND */
  get(jobId: string): JobStatus {
    return jobStatusOf(this.#row(jobId));
  }

  /** The newest jobs and all that are not over, newest first. */
  list(limit: number): JobStatus[] {
    return this.#statements.list.all(limit).map(jobStatusOf);
  }

  #row(jobId: string): JobRow {
    const row = this.#statements.row.get(jobId);
    if (!row) throw new VitrineError('JOB_NOT_FOUND', `There is no job ${jobId}.`);
    return row;
  }

  #apply(
    request: JobTransition,
    { newToken = randomUUID(), result }: { newToken?: string; result?: JobResult } = {},
  ): boolean {
    const { jobId, from, to } = request;
    const waiting = to === 'waiting' ? request : null;
    const legal = from.filter((state) => canTransition(state, to));
    const { changes } = this.#statements.transition.run({
      jobId,
      from: JSON.stringify(legal),
      to,
      terminal: isLive(to) ? 0 : 1,
      expectedToken: request.runToken ?? null,
      newToken: to === 'running' ? newToken : null,
      waitingFor: waiting?.waitingFor ?? null,
      notBefore: waiting?.notBefore ?? null,
      isFirst: waiting?.isFirst ? 1 : 0,
      transient: waitsAfterFailure(waiting?.waitingFor ?? null) ? 1 : 0,
      reason: request.reason ?? null,
      error: request.error ? JSON.stringify(request.error) : null,
      result: result ? JSON.stringify(result) : null,
      crashes: request.crashed ? 1 : 0,
      now: this.#now(),
    });
    return changes === 1;
  }
}

/** Identifies a run in every write that belongs to it. */
export type Run = { jobId: string; runToken: string };

function staleRun(jobId: string): VitrineError {
  return new VitrineError('STALE_RUN', `The run of job ${jobId} is over.`);
}
