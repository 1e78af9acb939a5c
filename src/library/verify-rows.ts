import { z } from 'zod';
import { type JobPayload, parseJobWork } from '../shared/job-payload';
import type { DamagedVideo } from '../shared/library-protocol';
import type { VerifyReport, VerifyTask } from '../shared/verify-protocol';
import type { Connection } from './connection';
import { VERIFICATION_COLUMNS, type VerificationRow, verificationOf } from './verification-row';
import { absolutePath, type RawPlace, relativePlace } from './video-path';
import { MICROSECONDS } from './video-row';

const checkpointSchema = z.object({
  /** The last video that is done: videos are verified by ascending ID. */
  lastId: z.number(),
  verified: z.number(),
  damaged: z.number(),
  unreadable: z.number(),
  skipped: z.number(),
  /** Media time of the videos that are done, as far as it is known. */
  doneUs: z.number(),
  /** Time that was spent on them. */
  elapsedMs: z.number(),
});

/** How far a verification is, over all its runs. */
export type VerifyCheckpoint = z.infer<typeof checkpointSchema>;

const BEGINNING: VerifyCheckpoint = {
  ...{ lastId: 0, verified: 0, damaged: 0, unreadable: 0, skipped: 0 },
  ...{ doneUs: 0, elapsedMs: 0 },
};

/** The rows of a verification: its job's checkpoint, the files to decode, what was found. */
export class VerifyRows {
  readonly #statements: ReturnType<typeof prepareStatements>;
  readonly #now: () => number;

  constructor(database: Connection, now: () => number) {
    this.#statements = prepareStatements(database);
    this.#now = now;
  }

  /** What the job is to do and how far it is; null when another version wrote what this one does not understand. */
  job(jobRow: number): { payload: JobPayload<'verify'>; checkpoint: VerifyCheckpoint } | null {
    const row = this.#statements.job.get(jobRow);
    const work = row && parseJobWork(row.kind, row.payload);
    if (work?.kind !== 'verify') return null;
    return { payload: work.payload, checkpoint: readCheckpoint(row?.checkpoint ?? null) };
  }

  saveCheckpoint(jobRow: number, checkpoint: VerifyCheckpoint): void {
    this.#statements.saveCheckpoint.run(JSON.stringify(checkpoint), jobRow);
  }

  /** Null when the video is not in the library any more. */
  task(videoId: number): VerifyTask | null {
    const row = this.#statements.task.get(videoId);
    if (!row) return null;
    const { rootId, sizeBytes, mtimeMs, durationUs, frameCount } = row;
    const durationSeconds = durationUs === null ? null : durationUs / MICROSECONDS;
    const version = { sizeBytes, mtimeMs };
    return { videoId, rootId, ...relativePlace(row), ...version, durationSeconds, frameCount };
  }

  /** Whether the video still has its row. */
  isKnown(videoId: number): boolean {
    return this.#statements.duration.get(videoId) !== undefined;
  }

  durationUs(videoId: number): number {
    return this.#statements.duration.get(videoId)?.durationUs ?? 0;
  }

  /** Keeps what was found in a file; what was known of an earlier version goes. */
  write(jobRow: number, report: VerifyReport): void {
    const { outcome, ...version } = report;
    if (outcome.kind === 'skipped') return;
    const { damage, unchecked, ...findings } = outcome.findings;
    this.#statements.write.run({
      ...version,
      ...findings,
      damage: JSON.stringify(damage),
      unchecked: unchecked ? JSON.stringify(unchecked) : null,
      job: jobRow,
      now: this.#now(),
    });
  }
}

/** One that cannot be read makes the job start over, which costs time and nothing else. */
function readCheckpoint(json: string | null): VerifyCheckpoint {
  if (json === null) return BEGINNING;
  try {
    return checkpointSchema.parse(JSON.parse(json));
  } catch {
    return BEGINNING;
  }
}

/** Videos that a job found not intact, by ID. */
export function listDamaged(
  database: Connection,
  { jobId, after, limit }: { jobId: string; after: number; limit: number },
): { videos: DamagedVideo[] } {
  const rows = database
    .prepare<[string, number, number], DamagedRow>(`
      SELECT v.id, r.path AS rootPath, f.path AS folder, v.name, ${VERIFICATION_COLUMNS}
      FROM verifications c
        JOIN videos v ON v.id = c.video_id
        JOIN folders f ON f.id = v.folder_id
        JOIN roots r ON r.id = v.root_id
      WHERE c.job = (SELECT id FROM jobs WHERE job_id = ?) AND c.outcome <> 'intact' AND c.video_id > ?
      ORDER BY c.video_id LIMIT ?`)
    .all(jobId, after, limit);
  const videos = rows.map((row) => ({
    id: row.id,
    path: absolutePath(row.rootPath, row.folder, row.name),
    verification: verificationOf(row),
  }));
  return { videos };
}

interface DamagedRow extends VerificationRow {
  id: number;
  rootPath: string;
  folder: string;
  name: string;
}

interface TaskRow extends RawPlace {
  rootId: number;
  sizeBytes: number;
  mtimeMs: number;
  durationUs: number | null;
  frameCount: number | null;
}

function prepareStatements(database: Connection) {
  return {
    job: database.prepare<[number], { kind: string; payload: string; checkpoint: string | null }>(
      'SELECT kind, payload, checkpoint FROM jobs WHERE id = ?',
    ),
    saveCheckpoint: database.prepare('UPDATE jobs SET checkpoint = ? WHERE id = ?'),
    task: database.prepare<[number], TaskRow>(`
      SELECT v.root_id AS rootId, f.path AS folder, f.path_bytes AS folderBytes, v.name,
        v.name_bytes AS nameBytes, v.size_bytes AS sizeBytes, v.mtime_ms AS mtimeMs, v.duration_us AS durationUs,
        (SELECT json_extract(detail, '$.frameCount') FROM streams
          WHERE video_id = v.id AND type = 'video' ORDER BY stream_index LIMIT 1) AS frameCount
      FROM videos v JOIN folders f ON f.id = v.folder_id WHERE v.id = ?`),
    duration: database.prepare<[number], { durationUs: number | null }>(
      'SELECT duration_us AS durationUs FROM videos WHERE id = ?',
    ),
    write: database.prepare(`
      INSERT OR REPLACE INTO verifications (video_id, job, verified_at, size_bytes, mtime_ms, inode,
        outcome, damage, damage_count, unchecked)
      VALUES (@videoId, @job, @now, @sizeBytes, @mtimeMs, @inode, @outcome, @damage, @damageCount,
        @unchecked)`),
  };
}
