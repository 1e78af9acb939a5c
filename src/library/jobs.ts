import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { VitrineError } from '../shared/errors';
import {
  canTransition,
  isLive,
  type JobKind,
  type JobProgress,
  type JobResult,
  type JobState,
  type JobStatus,
  MAX_JOB_CRASHES,
} from '../shared/job';
import type { ClaimedJob, JobTransition } from '../shared/library-protocol';
import type { Connection } from './connection';
import { JOB_COLUMNS, type JobRow, jobStatusOf } from './job-row';
import type { Root } from './roots';

/** Options of a scan, none yet. Stored JSON is parsed on every claim: another version may have written it. */
const payloadSchema = z.object({});

/** The job table. Writing methods expect to be called in a transaction. */
export class JobTable {
  readonly #now: () => number;
  readonly #statements: ReturnType<typeof prepareStatements>;

  constructor(database: Connection, now: () => number) {
    this.#now = now;
    this.#statements = prepareStatements(database);
  }

  /** Queues a job; the live job of the same kind and target, if there is one, is answered instead. */
  submit(kind: JobKind, root: Root): { jobId: string; created: boolean } {
    const jobId = randomUUID();
    const target = root.path;
    const { changes } = this.#statements.insert.run({
      jobId,
      kind,
      target,
      rootId: root.rootId,
      payload: JSON.stringify({}),
      now: this.#now(),
    });
    if (changes === 1) return { jobId, created: true };
    const live = this.#statements.live.get(kind, target);
    if (!live)
      throw new VitrineError('INTERNAL', `No live job of ${target} after a refused insert.`);
    return { jobId: live.jobId, created: false };
  }

  /** Oldest queued job of the kinds becomes running. One whose payload cannot be read fails and stays visible. */
  claim(kinds: readonly JobKind[]): ClaimedRow | null {
    for (;;) {
      const row = this.#statements.next.get({ kinds: JSON.stringify(kinds), now: this.#now() });
      if (!row) return null;
      const runToken = randomUUID();
      this.#apply(row.jobId, ['queued'], { to: 'running', newToken: runToken });
      if (isReadable(row.payload)) {
        const { jobId, kind, rootId, rootPath, attempt, crashCount } = row;
        return { jobId, runToken, kind, rootId, rootPath, attempt: attempt + 1, crashCount };
      }
      const error = { code: 'INTERNAL', message: 'The stored job cannot be read.' } as const;
      this.#apply(row.jobId, ['running'], { to: 'failed', error, reason: error.message });
    }
  }

  /**
   * The single guarded transition: it changes the row only when the state table allows it, the state is one
   * of `from` and the token, when given, is the row's.
   * @throws JOB_NOT_FOUND
   */
  transition(request: JobTransition): { changed: boolean; job: JobStatus; crashCount: number } {
    const { jobId, from, ...change } = request;
    const changed = this.#apply(jobId, from, change);
    const row = this.#row(jobId);
    return { changed, job: jobStatusOf(row), crashCount: row.crashCount };
  }

  /** A running job's success together with its result. @throws STALE_RUN */
  succeed(jobId: string, runToken: string, result: JobResult): void {
    const done = this.#apply(jobId, ['running'], { to: 'succeeded', runToken, result });
    if (!done) throw staleRun(jobId);
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
      this.#apply(
        jobId,
        ['running'],
        failed
          ? { to: 'failed', crashed: true, error, reason: error.message }
          : { to: 'queued', crashed: !explained },
      );
      if (explained) this.clearCrashes(jobId);
      if (!failed) queued += 1;
    }
    return queued;
  }

  /** The crashes of the job's runs turned out to be a file's doing. */
  clearCrashes(jobId: string): void {
    this.#statements.clearCrashes.run(jobId);
  }

  /** Cancels whatever is live on the root; answers the IDs. */
  cancelJobsOfRoot(rootId: number): string[] {
    const live = this.#statements.liveOfRoot.all(rootId).map(({ jobId }) => jobId);
    for (const jobId of live) {
      this.#apply(jobId, ['queued', 'running', 'waiting', 'paused'], { to: 'cancelled' });
    }
    return live;
  }

  saveProgress(jobId: string, runToken: string, progress: JobProgress): void {
    this.#statements.progress.run({ jobId, runToken, ...progress });
  }

  /** The run's row ID and start, while the job is running with that token. @throws STALE_RUN */
  requireRun(jobId: string, runToken: string): { id: number; rootId: number; startedAt: number } {
    const run = this.#statements.run.get(jobId, runToken);
    if (!run) throw staleRun(jobId);
    return run;
  }

  /** @throws JOB_NOT_FOUND */
  get(jobId: string): JobStatus {
    return jobStatusOf(this.#row(jobId));
  }

  /** Newest first. */
  list(limit: number): JobStatus[] {
    return this.#statements.list.all(limit).map(jobStatusOf);
  }

  #row(jobId: string): JobRow {
    const row = this.#statements.row.get(jobId);
    if (!row) throw new VitrineError('JOB_NOT_FOUND', `There is no job ${jobId}.`);
    return row;
  }

  #apply(
    jobId: string,
    from: readonly JobState[],
    change: Omit<JobTransition, 'jobId' | 'from'> & { newToken?: string; result?: JobResult },
  ): boolean {
    const { to } = change;
    const legal = from.filter((state) => canTransition(state, to));
    const { changes } = this.#statements.transition.run({
      jobId,
      from: JSON.stringify(legal),
      to,
      terminal: isLive(to) ? 0 : 1,
      expectedToken: change.runToken ?? null,
      newToken: to === 'running' ? (change.newToken ?? randomUUID()) : null,
      reason: change.reason ?? null,
      error: change.error ? JSON.stringify(change.error) : null,
      result: change.result ? JSON.stringify(change.result) : null,
      crashes: change.crashed ? 1 : 0,
      now: this.#now(),
    });
    return changes === 1;
  }
}

function isReadable(payload: string): boolean {
  try {
    return payloadSchema.safeParse(JSON.parse(payload)).success;
  } catch {
    return false; // not JSON: the caller fails the job with that reason
  }
}

function staleRun(jobId: string): VitrineError {
  return new VitrineError('STALE_RUN', `The run of job ${jobId} is over.`);
}

/** A retry may not make a second live job of its target, nor bring back a folder that was removed. */
const RETRIABLE = `
  EXISTS (SELECT 1 FROM roots WHERE roots.id = jobs.root_id AND removed_at IS NULL)
  AND NOT EXISTS (
    SELECT 1 FROM jobs AS other
    WHERE other.kind = jobs.kind AND other.target = jobs.target
      AND other.state IN ('queued', 'running', 'waiting', 'paused')
  )`;

/** The settings of the library come from elsewhere. */
type ClaimedRow = Omit<ClaimedJob, 'extraExtensions'>;

interface ClaimableRow extends Omit<ClaimedRow, 'runToken'> {
  payload: string;
}

function prepareStatements(database: Connection) {
  return {
    insert: database.prepare(`
      INSERT INTO jobs (job_id, kind, target, root_id, state, payload, created_at)
      VALUES (@jobId, @kind, @target, @rootId, 'queued', @payload, @now)
      ON CONFLICT (kind, target) WHERE state IN ('queued', 'running', 'waiting', 'paused') DO NOTHING`),
    live: database.prepare<[string, string], { jobId: string }>(`
      SELECT job_id AS jobId FROM jobs
      WHERE kind = ? AND target = ? AND state IN ('queued', 'running', 'waiting', 'paused')`),
    liveOfRoot: database.prepare<[number], { jobId: string }>(`
      SELECT job_id AS jobId FROM jobs
      WHERE root_id = ? AND state IN ('queued', 'running', 'waiting', 'paused')`),
    running: database.prepare<[], { jobId: string; crashCount: number }>(
      `SELECT job_id AS jobId, crash_count AS crashCount FROM jobs WHERE state = 'running'`,
    ),
    next: database.prepare<[{ kinds: string; now: number }], ClaimableRow>(`
      SELECT job_id AS jobId, kind, root_id AS rootId, roots.path AS rootPath, attempt,
        crash_count AS crashCount, payload
      FROM jobs JOIN roots ON roots.id = jobs.root_id
      WHERE state = 'queued' AND kind IN (SELECT value FROM json_each(@kinds))
        AND (not_before IS NULL OR not_before <= @now)
      ORDER BY priority DESC, jobs.id LIMIT 1`),
    // A retry of a failed or cancelled job starts over with a clean crash count.
    transition: database.prepare(`
      UPDATE jobs SET
        state = @to,
        run_token = @newToken,
        attempt = attempt + (@to = 'running'),
        crash_count = iif(state IN ('failed', 'cancelled'), 0, crash_count + @crashes),
        reason = @reason,
        error = @error,
        result = @result,
        current_item = iif(@to = 'running', current_item, NULL),
        started_at = iif(@to = 'running', ifnull(started_at, @now), started_at),
        run_started_at = iif(@to = 'running', @now, run_started_at),
        finished_at = iif(@terminal, @now, NULL)
      WHERE job_id = @jobId
        AND state IN (SELECT value FROM json_each(@from))
        AND (@expectedToken IS NULL OR run_token = @expectedToken)
        AND (state IN ('queued', 'running', 'waiting', 'paused') OR (${RETRIABLE}))`),
    clearCrashes: database.prepare('UPDATE jobs SET crash_count = 0 WHERE job_id = ?'),
    progress: database.prepare(`
      UPDATE jobs SET phase = @phase, done = @done, total = @total, current_item = @currentItem,
        problems = @problems
      WHERE job_id = @jobId AND state = 'running' AND run_token = @runToken`),
    run: database.prepare<[string, string], { id: number; rootId: number; startedAt: number }>(`
      SELECT id, root_id AS rootId, run_started_at AS startedAt FROM jobs
      WHERE job_id = ? AND state = 'running' AND run_token = ?`),
    row: database.prepare<[string], JobRow>(`SELECT ${JOB_COLUMNS} FROM jobs WHERE job_id = ?`),
    list: database.prepare<[number], JobRow>(
      `SELECT ${JOB_COLUMNS} FROM jobs ORDER BY id DESC LIMIT ?`,
    ),
  };
}
