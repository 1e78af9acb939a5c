import { z } from 'zod';
import { ERROR_CODES } from './errors';
import { JOB_KINDS, JOB_PHASES, JOB_PRIORITIES, JOB_STATES, WAIT_REASONS } from './job';

export const errorShapeSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  details: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .exactOptional(),
});

const scanResultSchema = z.object({
  discovered: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  moved: z.number(),
  missing: z.number(),
  // Results that an earlier version stored have neither of the two.
  unconfirmedMissing: z.number().default(0),
  unreadable: z.number(),
  unsettled: z.number().default(0),
  elapsedMs: z.number(),
});

const verifyResultSchema = z.object({
  verified: z.number(),
  damaged: z.number(),
  unreadable: z.number(),
  skipped: z.number(),
  elapsedMs: z.number(),
});

const previewResultSchema = z.object({
  made: z.number(),
  shared: z.number(),
  failed: z.number(),
  skipped: z.number(),
  elapsedMs: z.number(),
});

export const jobResultSchema = z.union([scanResultSchema, verifyResultSchema, previewResultSchema]);

/** Schema of {@link import('./job').JobStatus}. */
export const jobStatusSchema = z.object({
  jobId: z.string(),
  kind: z.enum(JOB_KINDS),
  target: z.string(),
  rootId: z.number().nullable(),
  state: z.enum(JOB_STATES),
  priority: z.enum(JOB_PRIORITIES),
  attempt: z.number(),
  waitingFor: z.enum(WAIT_REASONS).nullable(),
  notBefore: z.number().nullable(),
  reason: z.string().nullable(),
  progress: z.number().min(0).max(1).nullable(),
  phase: z.enum(['', ...JOB_PHASES]),
  done: z.number(),
  total: z.number().nullable(),
  currentItem: z.string().nullable(),
  ratePerSecond: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  quick: z
    .object({
      discovered: z.number(),
      done: z.number(),
      ratePerSecond: z.number().nullable(),
      etaSeconds: z.number().nullable(),
    })
    .nullable(),
  result: jobResultSchema.nullable(),
  error: errorShapeSchema.nullable(),
  problems: z.number(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
});
