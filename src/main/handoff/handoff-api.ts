import type { JobStatus } from '../../shared/job';
import type { JobPayload } from '../../shared/job-payload';
import type { NoRpcApi } from '../../shared/rpc';
import type { ImportResult } from '../../shared/user-data-file';

/** What the running app does for a command line that finds the library in use. */
export interface HandoffApi {
  procedures: {
    /** @throws PATH_NOT_A_FOLDER, PERMISSION_DENIED, ROOT_OVERLAPS, INVALID_REQUEST */
    submitScan: {
      request: { path: string } & JobPayload<'scan'>;
      response: { jobId: string };
    };
    /** Reads every file again that could not be read. */
    retryProblems: { request: null; response: { jobIds: string[] } };
    /** @throws VIDEO_NOT_FOUND, INVALID_REQUEST */
    submitVerify: { request: { path: string }; response: { jobId: string } };
    /** @throws FILE_NOT_FOUND, PERMISSION_DENIED, IMPORT_INVALID, INVALID_REQUEST */
    importUserData: { request: { path: string }; response: ImportResult };
    getJob: { request: { jobId: string }; response: JobStatus };
  };
  notifications: NoRpcApi['notifications'];
}

/** What it tells every connected command line. */
export interface HandoffListenerApi {
  procedures: NoRpcApi['procedures'];
  notifications: { jobUpdate: JobStatus };
}
