import type { ErrorShape } from './errors';
import type { JobKind, JobProgress, JobState, JobStatus, ScanResult } from './job';
import type { Backup, LibrarySummary } from './library';
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

/** What main asks of the library process. */
export interface LibraryApi {
  procedures: {
    /** Must be the first call. @throws LIBRARY_LOCKED, LIBRARY_READ_ONLY, LIBRARY_TOO_NEW, LIBRARY_CORRUPT, LIBRARY_NOT_FOUND, LIBRARY_IO, DISK_FULL */
    open: {
      request: { directory: string; mode: LibraryMode };
      response: { schemaVersion: number };
    };
    /** Finishes the slice in hand, makes a due backup if that is quick, checkpoints and closes every connection. */
    close: { request: null; response: null };

    /** Newest first. Needs no open library. */
    listBackups: { request: { directory: string }; response: Backup[] };
    /**
     * Puts a copy of the backup in the library's place. Not while it is open.
     * @throws BACKUP_NOT_FOUND, BACKUP_DAMAGED, LIBRARY_LOCKED, LIBRARY_TOO_NEW, DISK_FULL, LIBRARY_READ_ONLY,
     *   LIBRARY_IO; the library is as it was then
     */
    restoreBackup: {
      request: { directory: string; backupId: string };
      /** `evidence`: the folder in which the files that stood there are kept; null when there were none. */
      response: { backup: Backup; evidence: string | null };
    };

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
      response: { changed: boolean; job: JobStatus; crashCount: number };
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
  };
  notifications: Record<never, never>;
}

/** What the library tells main unasked. */
export interface LibraryListenerApi {
  procedures: Record<never, never>;
  notifications: {
    /** Rows changed; at most four a second. */
    changed: null;
    /** The open library turned out to be damaged, or could not be opened again: nothing is answered any more. */
    failed: ErrorShape;
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
    writeProbes: {
      request: { jobId: string; runToken: string; reports: ProbeReport[] };
      response: ScanCounts;
    };
    /** Marks the job succeeded in the same transaction as its result. */
    finishScan: { request: { jobId: string; runToken: string }; response: ScanResult };
  };
  notifications: Record<never, never>;
}
