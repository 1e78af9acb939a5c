import type { VerifyResult } from './job';
import type { AwaitedRoot } from './library-protocol';
import type { Verification } from './media';

/** A file to decode. */
export interface VerifyTask {
  videoId: number;
  rootId: number;
  /** Relative to the root. */
  path: string;
  pathBytes: Uint8Array | null;
  /** As the library knows it. */
  sizeBytes: number;
  mtimeMs: number;
  /** Null where it is not known; the job's total is without it then. */
  durationSeconds: number | null;
  /** Pictures of its first video stream, where the container counts them. */
  frameCount: number | null;
}

/** `skipped`: it was not there, or was being written to all the time. */
type VerifyOutcome =
  | { kind: 'decoded'; findings: Omit<Verification, 'verifiedAtMs'> }
  | { kind: 'skipped' };

/** One file that is done. Size, time and inode are those of just before it was decoded: the findings belong to them. */
export interface VerifyReport {
  videoId: number;
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  outcome: VerifyOutcome;
}

/** How far a verification is, over all its runs. */
export interface VerifyCounts {
  /** Media time of the files that are done, in seconds. */
  doneSeconds: number;
  /** Of those, files that are not intact. */
  problems: number;
}

/**
 * What the media process asks of the library over their direct port while it verifies. Every call is refused with
 * STALE_RUN once the job's run is over.
 */
export interface VerifySinkApi {
  procedures: {
    /** Opens the run's session in the library; files that an earlier run of the job has done are not handed out again. */
    beginVerify: {
      request: { jobId: string; runToken: string };
      response: VerifyCounts & { totalSeconds: number; roots: AwaitedRoot[] };
    };
    /** Takes the next files; empty when none are left. */
    takeVerifyTasks: {
      request: { jobId: string; runToken: string; limit: number };
      response: VerifyTask[];
    };
    /** Keeps what was found together with the job's place, so that the file is not decoded twice. */
    writeVerification: {
      request: { jobId: string; runToken: string; report: VerifyReport };
      response: VerifyCounts;
    };
    /** Marks the job succeeded in the same transaction as its result. */
    finishVerify: { request: { jobId: string; runToken: string }; response: VerifyResult };
  };
  notifications: Record<never, never>;
}
