import { PREVIEW_LANE, VERIFICATION_LANE } from '../shared/library-protocol';
import type { Connection } from './connection';
import { JOB_COLUMNS, type JobRow } from './job-row';

/** A queued job with what its run needs; the work is not parsed yet. */
export interface ClaimableRow {
  jobId: string;
  kind: string;
  payload: string;
  rootId: number | null;
  rootPath: string | null;
  attempt: number;
  crashCount: number;
  transientFailures: number;
  lane: string;
  volume: 'solid-state' | 'rotational' | 'network' | 'unknown';
}

interface NewJob {
  jobId: string;
  kind: string;
  target: string;
  rootId: number | null;
  priority: number;
  payload: string;
  now: number;
}

const LIVE = `state IN ('queued', 'running', 'waiting', 'paused')`;
const TERMINAL = `state IN ('succeeded', 'failed', 'cancelled')`;

/** A retry may not make a second live job of its target, nor bring back a folder that was removed. */
const RETRIABLE = `
  (root_id IS NULL OR EXISTS (SELECT 1 FROM roots WHERE roots.id = jobs.root_id AND removed_at IS NULL))
  AND NOT EXISTS (
    SELECT 1 FROM jobs AS other
    WHERE other.kind = jobs.kind AND other.target = jobs.target
      AND other.state IN ('queued', 'running', 'waiting', 'paused')
  )`;

/** Jobs on the same drive share a lane. Before its volume is known, a root's device tells; before its first scan nothing. */
const LANE = `CASE jobs.kind WHEN 'verify' THEN '${VERIFICATION_LANE}' WHEN 'preview' THEN '${PREVIEW_LANE}'
  ELSE coalesce('volume ' || roots.volume_id, 'device ' || roots.device, 'root ' || roots.id) END`;

export type JobStatements = ReturnType<typeof prepareJobStatements>;

export function prepareJobStatements(database: Connection) {
  return {
    insert: database.prepare<[NewJob]>(`
      INSERT INTO jobs (job_id, kind, target, root_id, state, priority, payload, created_at)
      VALUES (@jobId, @kind, @target, @rootId, 'queued', @priority, @payload, @now)
      ON CONFLICT (kind, target) WHERE state IN ('queued', 'running', 'waiting', 'paused') DO NOTHING`),
    live: database.prepare<[string, string], { jobId: string }>(
      `SELECT job_id AS jobId FROM jobs WHERE kind = ? AND target = ? AND ${LIVE}`,
    ),
    // What was asked for now is added to what was asked for before; a payload that is damaged fails at its claim.
    askAgain: database.prepare<[{ jobId: string; payload: string; priority: number }]>(`
      UPDATE jobs SET priority = max(priority, @priority),
        payload = iif(json_valid(payload), json_patch(payload, @payload), payload)
      WHERE job_id = @jobId`),
    liveOfRoot: database.prepare<[number], { jobId: string }>(
      `SELECT job_id AS jobId FROM jobs WHERE root_id = ? AND ${LIVE}`,
    ),
    running: database.prepare<[], { jobId: string; crashCount: number }>(
      `SELECT job_id AS jobId, crash_count AS crashCount FROM jobs WHERE state = 'running'`,
    ),
    next: database.prepare<[{ kinds: string; fullLanes: string }], ClaimableRow>(`
      SELECT job_id AS jobId, jobs.kind, payload, jobs.root_id AS rootId, roots.path AS rootPath, attempt,
        crash_count AS crashCount, transient_failures AS transientFailures,
        ${LANE} AS lane, ifnull(volumes.kind, 'unknown') AS volume
      FROM jobs
        LEFT JOIN roots ON roots.id = jobs.root_id
        LEFT JOIN volumes ON volumes.id = roots.volume_id
      WHERE state = 'queued' AND jobs.kind IN (SELECT value FROM json_each(@kinds))
        AND ${LANE} NOT IN (SELECT value FROM json_each(@fullLanes))
      ORDER BY priority DESC, jobs.id LIMIT 1`),
    // A retry of a failed or cancelled job starts over with clean counters.
    transition: database.prepare(`
      UPDATE jobs SET
        state = @to,
        run_token = @newToken,
        attempt = iif(${TERMINAL}, 0, attempt + (@to = 'running')),
        crash_count = iif(${TERMINAL}, 0, crash_count + @crashes),
        transient_failures = iif(${TERMINAL} OR @isFirst, 0, transient_failures) + @transient,
        waiting_for = @waitingFor,
        not_before = @notBefore,
        reason = @reason,
        error = @error,
        result = @result,
        phase = iif(${TERMINAL}, '', phase),
        done = iif(${TERMINAL}, 0, done),
        total = iif(${TERMINAL}, NULL, total),
        problems = iif(${TERMINAL}, 0, problems),
        discovered = iif(${TERMINAL}, NULL, discovered),
        quick_done = iif(${TERMINAL}, NULL, quick_done),
        current_item = iif(@to = 'running', current_item, NULL),
        started_at = CASE
          WHEN ${TERMINAL} THEN NULL
          WHEN @to = 'running' THEN ifnull(started_at, @now)
          ELSE started_at END,
        run_started_at = iif(@to = 'running', @now, run_started_at),
        finished_at = iif(@terminal, @now, NULL)
      WHERE job_id = @jobId
        AND state IN (SELECT value FROM json_each(@from))
        AND (@expectedToken IS NULL OR run_token = @expectedToken)
        AND (${LIVE} OR (${RETRIABLE}))`),
    setPriority: database.prepare<[number, string]>(
      `UPDATE jobs SET priority = ? WHERE job_id = ? AND ${LIVE}`,
    ),
    // A time further away than any wait was set before the clock was put back: it would never come.
    due: database.prepare<[{ now: number; horizon: number; rootIds: string }], { jobId: string }>(`
      SELECT job_id AS jobId FROM jobs WHERE state = 'waiting' AND (
        not_before <= @now OR not_before > @horizon
        OR (waiting_for = 'volume' AND root_id IN (SELECT value FROM json_each(@rootIds))))
      ORDER BY id`),
    nextDue: database.prepare<[], { dueAt: number | null }>(
      `SELECT min(not_before) AS dueAt FROM jobs WHERE state = 'waiting'`,
    ),
    awaitedRoots: database.prepare<[], { rootId: number }>(`
      SELECT id AS rootId FROM roots WHERE removed_at IS NULL AND id IN (
        SELECT root_id FROM jobs WHERE state = 'waiting' AND waiting_for = 'volume')`),
    acceptsMissing: database.prepare<[string], { accepts: number | null }>(
      `SELECT payload ->> '$.acceptMissing' AS accepts FROM jobs WHERE job_id = ?`,
    ),
    clearCrashes: database.prepare<[string]>('UPDATE jobs SET crash_count = 0 WHERE job_id = ?'),
    progress: database.prepare(`
      UPDATE jobs SET phase = @phase, done = @done, total = @total, current_item = @currentItem,
        problems = @problems, discovered = @discovered, quick_done = @quickDone
      WHERE job_id = @jobId AND state = 'running' AND run_token = @runToken`),
    run: database.prepare<
      [string, string],
      { id: number; rootId: number | null; startedAt: number }
    >(`
      SELECT id, root_id AS rootId, run_started_at AS startedAt FROM jobs
      WHERE job_id = ? AND state = 'running' AND run_token = ?`),
    row: database.prepare<[string], JobRow>(`SELECT ${JOB_COLUMNS} FROM jobs WHERE job_id = ?`),
    list: database.prepare<[number], JobRow>(`
      SELECT ${JOB_COLUMNS} FROM jobs
      WHERE ${LIVE} OR id IN (SELECT id FROM jobs ORDER BY id DESC LIMIT ?) ORDER BY id DESC`),
    prune: database.prepare<[{ before: number; keep: number }]>(`
      DELETE FROM jobs WHERE id IN (
        SELECT id FROM jobs WHERE finished_at < @before
        UNION ALL
        SELECT id FROM (
          SELECT id FROM jobs WHERE finished_at IS NOT NULL
          ORDER BY finished_at DESC, id DESC LIMIT -1 OFFSET @keep))`),
  };
}
