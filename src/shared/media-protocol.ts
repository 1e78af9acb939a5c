import type { JobProgress } from './job';
import type { AwaitedRoot } from './library-protocol';

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

/** What main asks of the media process. */
export interface MediaApi {
  procedures: {
    /**
     * Runs a scan to its end; the library has the result and the job's success by then. Aborting kills its children.
     * @throws ROOT_OFFLINE, PATH_NOT_A_FOLDER, PERMISSION_DENIED, STALE_RUN, CANCELLED, PROBE_TOOL_MISSING, WORKER_CRASHED (the library is gone)
     */
    runScan: { request: ScanRequest; response: null };
    /** Whether a root that was offline can be scanned again, or fails for another reason. */
    isRootBack: { request: Omit<AwaitedRoot, 'rootId'>; response: boolean };
  };
  notifications: Record<never, never>;
}

/** What the media process tells main unasked. */
export interface MediaListenerApi {
  procedures: Record<never, never>;
  notifications: {
    /** How far a run of any kind is. */
    jobProgress: { jobId: string; runToken: string; progress: JobProgress };
  };
}
