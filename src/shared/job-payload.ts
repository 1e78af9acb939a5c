import { z } from 'zod';
import type { JobKind } from './job';

const id = z.number().int().positive();

/**
 * What a job of each kind that can be run is to do: kept in its row as JSON and parsed on every claim, since another
 * version may have written it. A kind without an entry cannot be submitted.
 */
const jobPayloadSchemas = {
  /** `acceptMissing`: the person confirmed that videos which are not found are gone, however many. */
  scan: z.object({ acceptMissing: z.literal(true).exactOptional() }),
  verify: z.union([
    z.object({ videoIds: z.array(id).min(1) }),
    /** `folder`: relative to the root, empty for all of it. */
    z.object({ rootId: id, folder: z.string() }),
  ]),
  /** All videos that lack pictures: which they are is found out while it runs. */
  preview: z.object({}),
} as const satisfies Partial<Record<JobKind, z.ZodType>>;

type Schemas = typeof jobPayloadSchemas;

/** Kinds of jobs that can be submitted. */
export type RunnableKind = keyof Schemas;

export type JobPayload<Kind extends RunnableKind> = z.infer<Schemas[Kind]>;

/** A kind with the payload that belongs to it. */
export type JobWork = {
  [Kind in RunnableKind]: { kind: Kind; payload: JobPayload<Kind> };
}[RunnableKind];

/** What a stored row is to do; null when it cannot be understood. */
export function parseJobWork(kind: string, payloadJson: string): JobWork | null {
  if (!Object.hasOwn(jobPayloadSchemas, kind)) return null;
  try {
    const payload = jobPayloadSchemas[kind as RunnableKind].safeParse(JSON.parse(payloadJson));
    return payload.success ? ({ kind, payload: payload.data } as JobWork) : null;
  } catch {
    return null; // not JSON
  }
}
