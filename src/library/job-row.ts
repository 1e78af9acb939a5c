import { type ErrorShape, toErrorShape } from '../shared/errors';
import type {
  JobKind,
  JobPriority,
  JobResult,
  JobState,
  JobStatus,
  WaitReason,
} from '../shared/job';
import { errorShapeSchema, jobResultSchema } from '../shared/job-schema';

/** A row of the job table as it is selected with {@link JOB_COLUMNS}. */
export interface JobRow {
  id: number;
  jobId: string;
  kind: JobKind;
  target: string;
  rootId: number | null;
  state: JobState;
  priority: number;
  attempt: number;
  waitingFor: WaitReason | null;
  notBefore: number | null;
  crashCount: number;
  phase: JobStatus['phase'];
  done: number;
  total: number | null;
  currentItem: string | null;
  problems: number;
  discovered: number | null;
  quickDone: number | null;
  result: string | null;
  reason: string | null;
  error: string | null;
  createdAt: number;
  startedAt: number | null;
  finishedAt: number | null;
}

export const JOB_COLUMNS = `id, job_id AS jobId, kind, target, root_id AS rootId, state, priority, attempt,
  waiting_for AS waitingFor, not_before AS notBefore,
  crash_count AS crashCount, phase, done, total, current_item AS currentItem, problems,
  discovered, quick_done AS quickDone, result, reason, error, created_at AS createdAt,
  started_at AS startedAt, finished_at AS finishedAt`;

/** A job as others see it. One whose stored result cannot be read shows as failed; its row is left alone. */
export function jobStatusOf(row: JobRow): JobStatus {
  const result = readJson(row.result, (value): JobResult => jobResultSchema.parse(value));
  const storedError = readJson(row.error, readError);
  const unreadable = result.error ?? storedError.error;
  return {
    jobId: row.jobId,
    kind: row.kind,
    target: row.target,
    rootId: row.rootId,
    state: unreadable ? 'failed' : row.state,
    priority: priorityOf(row.priority),
    attempt: row.attempt,
    waitingFor: row.waitingFor,
    notBefore: row.notBefore,
    reason: row.reason,
    progress: progressOf(row),
    phase: row.phase,
    done: row.done,
    total: row.total,
    currentItem: row.currentItem,
    ratePerSecond: null,
    etaSeconds: null,
    quick: quickOf(row),
    result: result.value,
    error: unreadable ?? storedError.value,
    problems: row.problems,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    finishedAt: row.finishedAt,
  };
}

/** As it is ordered by in the table. */
export function storedPriority(priority: JobPriority): number {
  return { low: -1, normal: 0, high: 1 }[priority];
}

function priorityOf(stored: number): JobPriority {
  if (stored === 0) return 'normal';
  return stored > 0 ? 'high' : 'low';
}

function progressOf({ state, done, total }: JobRow): number | null {
  if (state === 'succeeded') return 1;
  if (total === null) return null;
  return total === 0 ? 1 : Math.min(1, Math.max(0, done / total));
}

function quickOf({ discovered, quickDone }: JobRow): JobStatus['quick'] {
  if (discovered === null || quickDone === null) return null;
  return { discovered, done: quickDone, ratePerSecond: null, etaSeconds: null };
}

function readError(value: unknown): ErrorShape {
  const { code, message, details } = errorShapeSchema.parse(value);
  return details ? { code, message, details } : { code, message };
}

function readJson<T>(
  json: string | null,
  parse: (value: unknown) => T,
): { value: T | null; error: ErrorShape | null } {
  if (json === null) return { value: null, error: null };
  try {
    return { value: parse(JSON.parse(json)), error: null };
  } catch (thrown) {
    const { message } = toErrorShape(thrown);
    const error: ErrorShape = {
      code: 'INTERNAL',
      message: `The stored job is damaged: ${message}`,
    };
    return { value: null, error };
  }
}
