import type { EditCommand, EditHistory, EditResult, Selection } from './edit';
import type { ErrorShape } from './errors';
import type { FileAnswer, FileCheck } from './file-check';
import type { JobPriority, JobProgress, JobState, JobStatus, ScanResult, WaitReason } from './job';
import type { JobPayload, RunnableKind } from './job-payload';
import type { Backup, LibrarySummary, Volume } from './library';
import type {
  MediaFacts,
  ProbedMedia,
  Problem,
  Verification,
  VideoDetail,
  VideoSummary,
} from './media';
import type { Filmstrip, PreviewCache } from './preview';
import type { Suggestion } from './query/completion';
import type { QueryError } from './query/query-node';
import type { FolderPlace, KnownRoot } from './root-place';
import type { FilterChange, NewFilter, SavedFilter } from './saved-filter';
import type { Settings, SettingsChange } from './settings';
import type { Collection, CommonUserData, Tag } from './user-data';
import type { ImportResult, UserDataEntry } from './user-data-file';
import type { Facet, FacetCount, VideoQuery, VideoScope } from './video-query';

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

/** Videos to verify, or a path of the library: a root, a folder in it, or a video. */
type VerifySubmission = (JobPayload<'verify'> | { path: string }) & SubmitOptions;

/**
 * The lane of verifications, one after the other: each keeps processors busy for hours, and would keep every scan of
 * its drive waiting if it stood in the drive's lane.
 */
export const VERIFICATION_LANE = 'verification';

/** The lane of previews: they look after each drive themselves, and wait while a scan reads. */
export const PREVIEW_LANE = 'previews';

/** Where jobs compete for the same drive. */
export interface Lane {
  /** Equal for jobs on the same volume, for all verifications, and for previews. */
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

/** Previews are of all roots. */
export type ClaimedPreview = ClaimedRun<'preview'> & { rootId: null; rootPath: null };

/** A job handed out to be run. */
export type ClaimedJob = ClaimedScan | ClaimedVerify | ClaimedPreview;

/** What a transition makes of a row. */
export type JobChange = {
  /** In words for people. */
  reason?: string | null;
  error?: ErrorShape | null;
  /** Adds one to the job's crash count. */
  crashed?: boolean;
} & (
  | { to: Exclude<JobState, 'waiting'> }
  /**
   * `notBefore`: when it is tried again by itself, null when something else has to happen first. `isFirst`: failures
   * before this one do not count any more.
   */
  | { to: 'waiting'; waitingFor: WaitReason; notBefore: number | null; isFirst?: boolean }
);

export type JobTransition = JobChange & {
  jobId: string;
  from: readonly JobState[];
  /** When given, the row must carry it: a stale run changes nothing. */
  runToken?: string;
};

/** A root that jobs wait for, with what tells whether its drive is there. */
export interface AwaitedRoot extends KnownRoot {
  rootId: number;
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

/** A video that is not intact, as far as its verification tells. */
export interface DamagedVideo {
  id: number;
  path: string;
  verification: Verification;
}

/** Where the file of a video is. */
export interface VideoPlace {
  rootPath: string;
  /** Relative to the root; lossy where `pathBytes` is given. */
  path: string;
  /** The relative path's raw bytes where it is not valid UTF-8. */
  pathBytes: Uint8Array | null;
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
    submitScan: { request: ScanSubmission; response: { jobId: string } };
    /** @throws ROOT_NOT_FOUND, VIDEO_NOT_FOUND when there is none of the videos, or nothing at the path */
    submitVerify: { request: VerifySubmission; response: { jobId: string } };
    /**
     * Queues the one job that makes what pictures are missing; null when none are, or when nobody asked for it
     * (`automatic`) and the person cancelled the last one since the last scan.
     */
    submitPreviews: { request: SubmitOptions; response: { jobId: string } | null };
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
      /**
       * `explained`: the run ended by a crash while one file was read alone. The crash is the file's and not the job's,
       * which is queued again without it, whatever was asked for.
       */
      response: { changed: boolean; job: JobStatus; explained: boolean };
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
    /** The newest jobs, and all that are not over; newest first. */
    listJobs: { request: { limit: number }; response: JobStatus[] };

    watchableRoots: { request: null; response: WatchableRoot[] };
    /** What tells whether the drive of a root is there. @throws ROOT_NOT_FOUND */
    awaitedRoot: { request: { rootId: number }; response: AwaitedRoot };
    setRootOnline: { request: { rootId: number; online: boolean }; response: null };
    /** Takes the root out and cancels its live jobs in one transaction. @throws ROOT_NOT_FOUND */
    removeRoot: { request: { rootId: number }; response: { cancelledJobIds: string[] } };
    findRootByPath: { request: { path: string }; response: { rootId: number } | null };
    /**
     * Roots that a folder may be under another path: those on volumes with an identity, at a place with the folder's
     * name. None when the path is a root's.
     */
    findRootsOnVolumes: {
      request: { path: string };
      response: { rootId: number; volumeIdentity: string; pathOnVolume: string }[];
    };

    getSettings: { request: null; response: Settings };
    changeSettings: { request: SettingsChange; response: Settings };

    summary: { request: null; response: LibrarySummary };
    pageVideos: {
      request: { query: VideoQuery; index: number; limit: number };
      /** `errors`: what of the query's text could not be understood. */
      response: { videos: VideoSummary[]; total: number; errors: QueryError[] };
    };
    /**
     * How many of the query's videos have which values, most first. The counts of a facet are those that its own filter,
     * and terms of the text that are about it alone, leave aside, so that they tell what another choice would give.
     */
    facetVideos: {
      /** `facets`: only these. */
      request: { query: VideoQuery; facets?: readonly Facet[] };
      response: {
        total: number;
        facets: Partial<Record<Facet, FacetCount[]>>;
        errors: QueryError[];
      };
    };
    /** What may be meant by what is being typed at the cursor, best first. Values are counted in the rest of the query. */
    completeQuery: {
      request: { text: string; cursor: number; scope?: VideoScope };
      response: { suggestions: Suggestion[] };
    };
    /** In the person's order. */
    listSavedFilters: { request: null; response: SavedFilter[] };
    saveFilter: { request: NewFilter; response: { id: number; filters: SavedFilter[] } };
    /** @throws SAVED_FILTER_NOT_FOUND */
    changeSavedFilter: { request: FilterChange; response: SavedFilter[] };
    reorderSavedFilters: { request: { ids: readonly number[] }; response: SavedFilter[] };
    removeSavedFilter: { request: { id: number }; response: SavedFilter[] };
    /** Keyset page for exports and the command line: pass the answer's `next` on. */
    scanVideos: {
      request: { query: VideoQuery; after: string | null; limit: number };
      response: { videos: VideoSummary[]; next: string | null };
    };
    /** These videos are on screen: scans read them before others, until other ones are named. */
    readFirst: { request: { videoIds: readonly number[] }; response: null };
    /** How the sprite image of a video lies. @throws VIDEO_NOT_FOUND, PREVIEW_NOT_FOUND there is none (any more) */
    getFilmstrip: { request: { id: number }; response: Filmstrip };
    /** These pictures were shown: they are the last to go when the cache is full. Unknown tokens are ignored. */
    touchPreviews: { request: { tokens: readonly string[] }; response: null };
    /** What is kept for these videos is of no use: it goes, and becomes due to be made again. */
    remakePreviews: { request: { videoIds: readonly number[] }; response: null };
    /** What stands for the video, by the time that shows it; null: what Vitrine chooses. @throws VIDEO_NOT_FOUND */
    setPoster: { request: { id: number; atSeconds: number | null }; response: null };
    previewCache: { request: null; response: PreviewCache };
    /** Throws away all pictures; they are made again as they are needed. */
    clearPreviews: { request: null; response: null };
    /** Where playing stopped; null: at the beginning or the end. @throws VIDEO_NOT_FOUND */
    savePosition: { request: { id: number; seconds: number | null }; response: null };
    /**
     * One step of undo, on any number of videos; answered when all of it is in effect. `request` is unique to it: one that
     * was asked for already is not made again. What fails leaves nothing behind.
     * @throws TAG_NOT_FOUND, COLLECTION_NOT_FOUND, NAME_TAKEN, INVALID_REQUEST
     */
    editUserData: {
      request: { request: string; command: EditCommand };
      response: EditResult & { history: EditHistory };
    };
    /** Of the newest edit. @throws EDIT_NOT_FOUND when the given one is not the next to be undone */
    undoEdit: { request: { editId: number }; response: EditHistory };
    /** Of the edit that was undone last. @throws EDIT_NOT_FOUND when the given one is not the next to be redone */
    redoEdit: { request: { editId: number }; response: EditHistory };
    editHistory: { request: null; response: EditHistory };
    /** By their names. */
    listTags: { request: null; response: Tag[] };
    /** In the person's order. */
    listCollections: { request: null; response: Collection[] };
    /** Videos of which something was said, by ID; pass the answer's `next` on. */
    pageUserData: {
      request: { after: number | null; limit: number };
      response: { entries: UserDataEntry[]; next: number | null };
    };
    /**
     * Adds what a file says of videos; what the library says stays, and nothing goes. One step of undo.
     * @throws FILE_NOT_FOUND, PERMISSION_DENIED, IMPORT_INVALID
     */
    importUserData: { request: { request: string; path: string }; response: ImportResult };
    /** What these videos have in common, and what not. */
    commonUserData: { request: { selection: Selection }; response: CommonUserData };
    /** @throws VIDEO_NOT_FOUND */
    getVideo: { request: { id: number } | { path: string }; response: VideoDetail };
    /** Where the file of a video is, so that it can be opened whatever its name. @throws VIDEO_NOT_FOUND */
    locateVideo: { request: { id: number }; response: VideoPlace };
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
    /** Videos that a verification found not intact, by ID, behind `after`. */
    listDamaged: {
      request: { jobId: string; after: number; limit: number };
      response: { videos: DamagedVideo[] };
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
    /** What can be undone, or how far a long edit is; at most four a second, the last one always. */
    history: EditHistory;
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

/** {@link WalkedFile}s by columns, see `walked-files.ts`: many small objects cost ten times as much on their way. */
export interface WalkedFiles {
  /** A JSON array of strings, which SQLite can read too. */
  names: string;
  /** Of names that are not valid UTF-8, by position. */
  nameBytes: ReadonlyMap<number, Uint8Array>;
  /** Size, time and inode of each file in turn. */
  versions: Float64Array;
}

/** Video files of one folder (or a part of a large one). `path` is relative to the root, `/` between names. */
export interface WalkedFolder {
  path: string;
  pathBytes: Uint8Array | null;
  /** It is on another device than the root: a drive is mounted there or above. */
  mounted: boolean;
  files: WalkedFiles;
}

/** A file to read, in the version that the library knows. */
export interface FileTask {
  videoId: number;
  /** Relative to the root. */
  path: string;
  pathBytes: Uint8Array | null;
  sizeBytes: number;
  mtimeMs: number;
}

/** `identify`: the facts are known, only the content identity is not. */
export interface ProbeTask extends FileTask {
  work: 'probe' | 'identify';
  /** A process may have died of this file: while it is read, nothing else is. */
  alone: boolean;
}

/**
 * `deflatedJson` is ffprobe's whole answer, compressed by zlib's deflate.
 * `gone`: the file was not there any more when it was to be probed; the row stays as it is.
 * `unsettled`: the file was still being written; the row stays due to be probed.
 */
export type ProbeOutcome =
  | { kind: 'probed'; media: ProbedMedia; deflatedJson: Uint8Array }
  | { kind: 'unreadable'; problem: Problem }
  | { kind: 'identified' }
  | { kind: 'gone' }
  | { kind: 'unsettled' };

/** One file that was read. Size and mtime are those from just before: all that it says belongs to that version. */
export interface ProbeReport {
  videoId: number;
  sizeBytes: number;
  mtimeMs: number;
  inode: number;
  /** Null when it is not known; empty for a file that nothing can be compared by. */
  contentHash: Uint8Array | null;
  outcome: ProbeOutcome;
}

/** Facts that a header alone can tell; null is never «there is none». */
export type HeaderFacts = MediaFacts & Pick<ProbedMedia, 'recordedAtMs'>;

/** What a file's header tells, or null when it does not tell. It belongs to the version of the task. */
export interface HeaderReport extends Pick<FileTask, 'videoId' | 'sizeBytes' | 'mtimeMs'> {
  facts: HeaderFacts | null;
}

export interface ScanCounts {
  discovered: number;
  /** Files whose header has been read or need not be. */
  quickDone: number;
  /** Files of this scan that are complete: unchanged ones and probed ones. */
  done: number;
  problems: number;
}

/** What the media process asks of the library over their direct port. Every write is refused with STALE_RUN once the job's run is over. */
export interface ScanSinkApi {
  procedures: {
    /** Opens the scan's session in the library; answers what its root is recognised by. */
    beginScan: {
      request: { jobId: string; runToken: string; rootId: number };
      response: KnownRoot;
    };
    /** Tells where the root is now, before anything else is written. @throws ROOT_OFFLINE another root has its path */
    placeRoot: {
      request: { jobId: string; runToken: string; rootPath: string; place: FolderPlace };
      response: null;
    };
    /** Compares with the rows and inserts new ones. The answer is the credit for the next batch. */
    reconcile: {
      request: { jobId: string; runToken: string; folders: WalkedFolder[] };
      response: ScanCounts;
    };
    /** The walk is complete. Answers what has to be looked at before it is known which files were moved. */
    compareListing: {
      request: { jobId: string; runToken: string; unreadableFolders: string[] };
      response: FileCheck[];
    };
    /** Answers the next ones; empty when everything is known. */
    answerChecks: {
      request: { jobId: string; runToken: string; answers: FileAnswer[] };
      response: FileCheck[];
    };
    /**
     * Videos not seen were moved or become missing, except below folders that could not be listed, and unless they
     * are so many that the person is asked first.
     */
    finishListing: {
      request: { jobId: string; runToken: string };
      response: ScanCounts & { missing: number };
    };
    /** Takes the next files whose headers are to be read; empty when none are left at this moment. */
    takeHeaderTasks: {
      request: { jobId: string; runToken: string; limit: number };
      response: FileTask[];
    };
    /** Keeps the facts of those that are still of that version and have not been probed. */
    writeHeaders: {
      request: { jobId: string; runToken: string; reports: HeaderReport[] };
      response: ScanCounts;
    };
    /** Takes the next files that are to be read wholly; empty when none are left at this moment. */
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
