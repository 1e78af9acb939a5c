import { z } from 'zod';
import { ERROR_CODES } from './errors';
import { JOB_KINDS, JOB_STATES } from './job';

export const errorShapeSchema = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  details: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .exactOptional(),
});

export const scanResultSchema = z.object({
  discovered: z.number(),
  added: z.number(),
  changed: z.number(),
  unchanged: z.number(),
  moved: z.number(),
  missing: z.number(),
  unreadable: z.number(),
  elapsedMs: z.number(),
});

/** Schema of {@link import('./job').JobStatus}. */
export const jobStatusSchema = z.object({
  jobId: z.string(),
  kind: z.enum(JOB_KINDS),
  target: z.string(),
  rootId: z.number().nullable(),
  state: z.enum(JOB_STATES),
  reason: z.string().nullable(),
  progress: z.number().min(0).max(1).nullable(),
  phase: z.enum(['', 'listing', 'probing', 'finishing']),
  done: z.number(),
  total: z.number().nullable(),
  currentItem: z.string().nullable(),
  ratePerSecond: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  result: scanResultSchema.nullable(),
  error: errorShapeSchema.nullable(),
  problems: z.number(),
  createdAt: z.number(),
  startedAt: z.number().nullable(),
  finishedAt: z.number().nullable(),
});
