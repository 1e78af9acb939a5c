import type { JobProgress } from './job';
import type { PlaybackApi } from './playback-protocol';
import type { FolderPlace, KnownRoot } from './root-place';

export interface ScanRequest {
  jobId: string;
  runToken: string;
  rootId: number;
  rootPath: string;
  /** Lower-case file name extensions without the dot that the person added to the built-in list. */
  extraExtensions: string[];
  /** Files that this run may read at a time, for the sake of its drive; null: as many as the machine can. */
  probes: number | null;
}

export interface VerifyRequest {
  jobId: string;
  runToken: string;
  /** The root that all videos lie in: without it the job cannot go on. Null: videos of roots that are away are skipped. */
  rootId: number | null;
}

export interface PreviewRunRequest {
  jobId: string;
  runToken: string;
}

export interface WatchRequest {
  rootId: number;
  rootPath: string;
  /** As those of a {@link ScanRequest}. */
  extraExtensions: string[];
}

/**
 * `renewed`: the watch began with this call, so that earlier changes were not seen. `refused`: the system cannot watch
 * there; the reason in words.
 */
export type WatchAnswer =
  | { state: 'watching'; renewed: boolean }
  | { state: 'refused'; reason: string };

/** What main asks of the media process. */
export interface MediaApi {
  procedures: PlaybackApi['procedures'] & {
    /**
     * Runs a scan to its end; the library has the result and the job's success by then. Aborting kills its children.
     * @throws ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED, STALE_RUN, CANCELLED, PROBE_TOOL_MISSING, SYSTEM_BUSY, WORKER_CRASHED (the library is gone)
     */
    runScan: { request: ScanRequest; response: null };
    /**
     * Decodes the videos of a verification to its end; the library has the findings, the result and the job's success
     * by then. Aborting kills its child.
     * @throws ROOT_OFFLINE, PERMISSION_DENIED, PATH_NOT_A_FOLDER, STALE_RUN, CANCELLED, PROBE_TOOL_MISSING, SYSTEM_BUSY, WORKER_CRASHED (the library is gone)
     */
    runVerify: { request: VerifyRequest; response: null };
    /**
     * Makes the pictures that are due, while no scan reads; the library has the result and the job's success by the end.
     * Aborting kills its children.
     * @throws STALE_RUN, CANCELLED, PROBE_TOOL_MISSING, SYSTEM_BUSY, WORKER_CRASHED (the library is gone), and of the
     *   disk that keeps the pictures DISK_FULL, LIBRARY_READ_ONLY, LIBRARY_IO
     */
    runPreviews: { request: PreviewRunRequest; response: null };
    /**
     * Sees to it that a root is watched; may be asked again at any time, and then also finds out whether what is watched
     * is still there.
     * @throws ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED
     */
    watchRoot: { request: WatchRequest; response: WatchAnswer };
    unwatchRoot: { request: { rootId: number }; response: null };
    /** Whether a root that was offline can be scanned again, or fails for another reason. */
    isRootBack: { request: KnownRoot; response: boolean };
    /** Where a folder is, whatever its path. @throws INTERNAL there is nothing at the path */
    locateFolder: { request: { path: string }; response: FolderPlace };
  };
  notifications: Record<never, never>;
}

/** What the media process tells main unasked. */
export interface MediaListenerApi {
  procedures: Record<never, never>;
  notifications: {
    /** How far a run of any kind is. */
    jobProgress: { jobId: string; runToken: string; progress: JobProgress };
    /**
     * Something changed in a watched root that a scan would find, and came to rest. Not told while a scan of the root
     * runs, but when it has ended.
     */
    rootChanged: { rootId: number };
    /** The watch of a root ended by itself. */
    watchEnded: { rootId: number; reason: string };
  };
}
