import type { ErrorShape } from './errors';
import type { JobPriority, JobProgress, JobState, JobStatus, ScanResult, WaitReason } from './job';
import type { JobPayload, RunnableKind } from './job-payload';
import type { LibrarySummary, Volume } from './library';
import type { ProbedMedia, Problem, VideoDetail, VideoSummary } from './media';
import type { Settings } from './settings';
import type { VideoQuery } from './video-query';

/** `read`: no lock, no migration, the file must exist; several readers may share it with one writer. */
export type LibraryMode = 'write' | 'read';

/** How a submit treats the live job of the same kind and target, and where a new one stands. */
export interface SubmitOptions {
  /** `normal` when left out; a live job of less is raised. */
  priority?: JobPriority;
  /**
   * Nobody asked for it (a watched folder changed): a live job is left as it is. Otherwise one that waits or is paused
   * is queued again, as the person who asks expects.
   */
  automatic?: boolean;
}

/** A folder to scan: a new one by its path, or one of the library. */
type ScanSubmission = ({ path: string } | { rootId: number }) & JobPayload<'scan'> & SubmitOptions;

/** Where jobs compete for the same drive. */
export interface Lane {
  /** Equal for jobs on the same volume. */
  key: string;
  volume: Volume['kind'];
}

/** What every run is told. `runToken` guards each later write of this run. */
interface ClaimedRun<Kind extends RunnableKind> {
  jobId: string;
  runToken: string;
  kind: Kind;
  payload: JobPayload<Kind>;
  attempt: number;
  /** How often a process died under this job before this run. */
  crashCount: number;
  /** Failures in a row that may pass, before this run. */
  transientFailures: number;
  lane: Lane;
}

export type ClaimedScan = ClaimedRun<'scan'> & {
  rootId: number;
  rootPath: string;
  /** Lower-case extensions that the person added to the built-in list. */
  extraExtensions: string[];
};

/** `rootId` is null where the videos are of several roots. */
export type ClaimedVerify = ClaimedRun<'verify'> & {
  rootId: number | null;
  rootPath: string | null;
};

/** A job handed out to be run. */
export type ClaimedJob = ClaimedScan | ClaimedVerify;

export type JobTransition = {
  jobId: string;
  from: readonly JobState[];
  /** When given, the row must carry it: a stale run changes nothing. */
  runToken?: string;
  reason?: string | null;
  error?: ErrorShape | null;
  /** Adds one to the job's crash count. */
  crashed?: boolean;
} & (
  | { to: Exclude<JobState, 'waiting'> }
  /** `notBefore`: when it is tried again by itself, null when something else has to happen first. */
  | { to: 'waiting'; waitingFor: WaitReason; notBefore: number | null }
);

/** A root that jobs wait for, with what tells whether its drive is there. */
export interface AwaitedRoot {
  rootId: number;
  rootPath: string;
  knownVideos: number;
  device: number | null;
}

/** A root as main looks after it. */
export interface WatchableRoot {
  rootId: number;
  rootPath: string;
  online: boolean;
  volume: Volume['kind'];
}

/** What main asks of the library process. */
export interface LibraryApi {
  procedures: {
    /** Must be the first call. @throws LIBRARY_LOCKED, LIBRARY_READ_ONLY, LIBRARY_TOO_NEW, LIBRARY_CORRUPT, LIBRARY_NOT_FOUND, DISK_FULL */
    open: {
      request: { directory: string; mode: LibraryMode };
      response: { schemaVersion: number };
    };
    /** Finishes the slice in hand, checkpoints and closes every connection. */
    close: { request: null; response: null };

    /** Root (made when `path` is new, brought back when it was removed) and job in one transaction. @throws ROOT_NOT_FOUND, ROOT_OVERLAPS */
    submitScan: { request: ScanSubmission; response: { jobId: string } };
    /** Jobs that were running when an earlier process died become queued again. Returns how many. */
    recoverJobs: { request: null; response: number };
    /** The first queued job of the kinds by priority and age becomes running, unless its lane is full. */
    claimJob: {
      request: { kinds: readonly RunnableKind[]; fullLanes?: readonly string[] };
      response: ClaimedJob | null;
    };
    /**
     * Waiting jobs whose time has come, and those that wait for one of the roots, become queued. Answers them, and
     * what is waited for now.
     */
    releaseWaiting: {
      request: { rootIds: readonly number[] };
      response: { jobIds: string[]; nextDueAt: number | null; roots: AwaitedRoot[] };
    };
    /** The single guarded transition. Answers the row after it, and whether this call changed it. @throws JOB_NOT_FOUND */
    transitionJob: {
      request: JobTransition;
      response: { changed: boolean; job: JobStatus };
    };
    /** Changes nothing once the job is over. @throws JOB_NOT_FOUND */
    setJobPriority: { request: { jobId: string; priority: JobPriority }; response: JobStatus };
    /** Keeps a running job's progress for the next start; ignored when the token is stale. */
    saveJobProgress: {
      request: { jobId: string; runToken: string; progress: JobProgress };
      response: null;
    };
    /** @throws JOB_NOT_FOUND */
    getJob: { request: { jobId: string }; response: JobStatus };
    listJobs: { request: { limit: number }; response: JobStatus[] };

    watchableRoots: { request: null; response: WatchableRoot[] };
    /** What tells whether the drive of a root is there. @throws ROOT_NOT_FOUND */
    awaitedRoot: { request: { rootId: number }; response: AwaitedRoot };
    setRootOnline: { request: { rootId: number; online: boolean }; response: null };
    /** Takes the root out and cancels its live jobs in one transaction. @throws ROOT_NOT_FOUND */
    removeRoot: { request: { rootId: number }; response: { cancelledJobIds: string[] } };
    findRootByPath: { request: { path: string }; response: { rootId: number } | null };

    getSettings: { request: null; response: Settings };
    setSettings: { request: Settings; response: Settings };

    summary: { request: null; response: LibrarySummary };
    pageVideos: {
      request: { query: VideoQuery; index: number; limit: number };
      response: { videos: VideoSummary[]; total: number };
    };
    /** Keyset page for exports and the command line: pass the answer's `next` on. */
    scanVideos: {
      request: { query: VideoQuery; after: string | null; limit: number };
      response: { videos: VideoSummary[]; next: string | null };
    };
    /** @throws VIDEO_NOT_FOUND */
    getVideo: { request: { id: number } | { path: string }; response: VideoDetail };
    listProblems: {
      request: { after: string | null; limit: number };
      response: {
        problems: { id: number; path: string; name: string; problem: Problem }[];
        next: string | null;
      };
    };
  };
  notifications: Record<never, never>;
}

/** What the library tells main unasked. */
export interface LibraryListenerApi {
  procedures: Record<never, never>;
  notifications: {
    /** Rows changed; at most four a second. */
    changed: null;
  };
}

/** A file as the walk saw it. `nameBytes` is null unless the name is not valid UTF-8. */
export interface WalkedFile {
  name: string;
  nameBytes: Uint8Array | null;
  sizeBytes: number;
  /** Whole milliseconds since epoch. */
  mtimeMs: number;
  inode: number;
}

/** Video files of one folder (or a part of a large one). `path` is relative to the root, `/` between names. */
export interface WalkedFolder {
  path: string;
  pathBytes: Uint8Array | null;
  files: WalkedFile[];
}

export interface ProbeTask {
  videoId: number;
  /** Relative to the root. */
  path: string;
  pathBytes: Uint8Array | null;
  sizeBytes: number;
  mtimeMs: number;
}

/**
 * `deflatedJson` is ffprobe's whole answer, compressed by zlib's deflate.
 * `gone`: the file was not there any more when it was to be probed; the row stays as it is.
 * `unsettled`: the file was still being written; the row stays due to be probed.
 */
export type ProbeOutcome =
  | { kind: 'probed'; media: ProbedMedia; deflatedJson: Uint8Array }
  | { kind: 'unreadable'; problem: Problem }
  | { kind: 'gone' }
  | { kind: 'unsettled' };

/** One probed file. Size and mtime are those read just before the probe: the facts belong to that version. */
export interface ProbeReport {
  videoId: number;
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  outcome: ProbeOutcome;
}

export interface ScanCounts {
  discovered: number;
  /** Files of this scan that are complete: unchanged ones and probed ones. */
  done: number;
  problems: number;
}

/** What the media process asks of the library over their direct port. Every write is refused with STALE_RUN once the job's run is over. */
export interface ScanSinkApi {
  procedures: {
    /** Opens the scan's session in the library. */
    beginScan: {
      request: { jobId: string; runToken: string; rootId: number };
      response: { knownVideos: number; device: number | null };
    };
    /** Compares with the rows and inserts new ones. The answer is the credit for the next batch. */
    reconcile: {
      request: { jobId: string; runToken: string; folders: WalkedFolder[] };
      response: ScanCounts;
    };
    /** The walk is complete. Videos not seen become missing, except below folders that could not be listed. */
    finishListing: {
      request: { jobId: string; runToken: string; unreadableFolders: string[]; device: number };
      response: ScanCounts & { missing: number };
    };
    /** Takes the next files that need a probe; empty when none are left at this moment. */
    takeProbeTasks: {
      request: { jobId: string; runToken: string; limit: number };
      response: ProbeTask[];
    };
    writeProbes: {
      request: { jobId: string; runToken: string; reports: ProbeReport[] };
      response: ScanCounts;
    };
    /** Marks the job succeeded in the same transaction as its result. */
    finishScan: { request: { jobId: string; runToken: string }; response: ScanResult };
  };
  notifications: Record<never, never>;
}
