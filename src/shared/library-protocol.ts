import type { ErrorShape } from './errors';
import type { JobKind, JobProgress, JobState, JobStatus, ScanResult } from './job';
import type { LibrarySummary } from './library';
import type { ProbedMedia, Problem, VideoDetail, VideoSummary } from './media';
import type { Settings } from './settings';
import type { VideoQuery } from './video-query';

/** `read`: no lock, no migration, the file must exist; several readers may share it with one writer. */
export type LibraryMode = 'write' | 'read';

/** A job handed out to be run. `runToken` guards every later write of this run. */
export interface ClaimedJob {
  jobId: string;
  runToken: string;
  kind: JobKind;
  rootId: number;
  rootPath: string;
  attempt: number;
  /** How often a process died under this job before this run. */
  crashCount: number;
  /** Lower-case extensions that the person added to the built-in list. */
  extraExtensions: string[];
}

export interface JobTransition {
  jobId: string;
  from: readonly JobState[];
  to: JobState;
  /** When given, the row must carry it: a stale run changes nothing. */
  runToken?: string;
  reason?: string | null;
  error?: ErrorShape | null;
  /** Adds one to the job's crash count. */
  crashed?: boolean;
}

/** Some unreadable files by their videos' IDs, or all that are listed. */
export type ProblemSelection = { ids: readonly number[] } | { all: true };

/** What a report says of one unreadable file. */
export interface ReportedProblem {
  path: string;
  sizeBytes: number;
  mtimeMs: number;
  problem: Problem;
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
    submitScan: {
      request: { path: string } | { rootId: number };
      response: { jobId: string; created: boolean };
    };
    /** Jobs that were running when an earlier process died become queued again. Returns how many. */
    recoverJobs: { request: null; response: number };
    /** Oldest queued job of the kinds becomes running. */
    claimJob: { request: { kinds: readonly JobKind[] }; response: ClaimedJob | null };
    /** The single guarded transition. Answers the row after it, and whether this call changed it. @throws JOB_NOT_FOUND */
    transitionJob: {
      request: JobTransition;
      /**
       * `explained`: the run ended by a crash while one file was read alone. The crash is the file's and not the job's,
       * which is queued again without it, whatever was asked for.
       */
      response: { changed: boolean; job: JobStatus; crashCount: number; explained: boolean };
    };
    /** Keeps a running job's progress for the next start; ignored when the token is stale. */
    saveJobProgress: {
      request: { jobId: string; runToken: string; progress: JobProgress };
      response: null;
    };
    /** @throws JOB_NOT_FOUND */
    getJob: { request: { jobId: string }; response: JobStatus };
    listJobs: { request: { limit: number }; response: JobStatus[] };

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
    /**
     * The unreadable files among the selected become due to be read again, and each folder that they are in gets a scan,
     * in one transaction. A scan that runs already takes them up.
     */
    retryProblems: {
      request: ProblemSelection;
      response: { jobIds: string[] };
    };
    /** Takes problems out of the list and the counts until a file fails anew. */
    dismissProblems: { request: ProblemSelection; response: null };
    /** The first of the selected problems, newest first, and how many there are. */
    reportProblems: {
      request: { selection: ProblemSelection; limit: number };
      response: { problems: ReportedProblem[]; total: number };
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
  /** A process may have died of this file: while it is read, nothing else is. */
  alone: boolean;
}

/**
 * `deflatedJson` is ffprobe's whole answer, compressed by zlib's deflate.
 * `gone`: the file was not there any more when it was to be probed; the row stays as it is.
 */
export type ProbeOutcome =
  | { kind: 'probed'; media: ProbedMedia; deflatedJson: Uint8Array }
  | { kind: 'unreadable'; problem: Problem }
  | { kind: 'gone' };

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
    /** From now until its report nothing is read but this file: if the process dies, it is known of what. */
    probeAlone: {
      request: { jobId: string; runToken: string; videoId: number };
      response: null;
    };
    writeProbes: {
      request: { jobId: string; runToken: string; reports: ProbeReport[] };
      response: ScanCounts;
    };
    /**
     * Marks the job succeeded in the same transaction as its result. Null when there are files to probe again, because
     * the person asked for it meanwhile: they come first.
     */
    finishScan: { request: { jobId: string; runToken: string }; response: ScanResult | null };
  };
  notifications: Record<never, never>;
}
