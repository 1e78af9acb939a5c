import { z } from 'zod';

/**
 * How changes in a folder are noticed. `watching`: as they happen; `timed`: by a rescan now and then, because the
 * system cannot watch there; `off`: not at all; `offline`: its drive is not there.
 */
export const WATCH_STATES = ['watching', 'timed', 'off', 'offline'] as const;
export type WatchState = (typeof WATCH_STATES)[number];

/** The drive or share that a folder is on. */
const volumeSchema = z.object({
  label: z.string().nullable(),
  kind: z.enum(['solid-state', 'rotational', 'network', 'unknown']),
});
export type Volume = z.infer<typeof volumeSchema>;

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
  /** Videos that the last scan did not find, left as they are until the person confirms that they are gone. */
  unconfirmedMissing: z.number(),
  volume: volumeSchema.nullable(),
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

/** A checked copy of the library's database. */
export const backupSchema = z.object({
  /** Opaque; its file's name. */
  backupId: z.string(),
  madeAtMs: z.number(),
  sizeBytes: z.number(),
  videoCount: z.number(),
});
export type Backup = z.infer<typeof backupSchema>;
