import { z } from 'zod';

/** A folder that the person added. */
const rootSchema = z.object({
  rootId: z.number().int(),
  path: z.string(),
  /** Last folder name of the path, for the sidebar. */
  name: z.string(),
  online: z.boolean(),
  videoCount: z.number(),
  problemCount: z.number(),
  missingCount: z.number(),
  addedAtMs: z.number(),
  lastScanAtMs: z.number().nullable(),
});
export type Root = z.infer<typeof rootSchema>;

/** Counts beside the sidebar's entries, and the folders. */
export const librarySummarySchema = z.object({
  /** The library's folder. */
  libraryPath: z.string(),
  counts: z.object({
    all: z.number(),
    recent: z.number(),
    problems: z.number(),
    missing: z.number(),
  }),
  roots: z.array(rootSchema),
});
export type LibrarySummary = z.infer<typeof librarySummarySchema>;
