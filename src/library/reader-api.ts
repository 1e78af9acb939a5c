import type { JobPayload } from '../shared/job-payload';
import type { LibrarySummary } from '../shared/library';
import type { LibraryApi } from '../shared/library-protocol';
import type { VerifyList, VerifyPlan, VerifyWish } from './verify-targets';

type Library = LibraryApi['procedures'];

/**
 * By what a reader tells whether what it holds in memory is out of date; null where another process writes, and only
 * the file can tell.
 */
export interface LibraryVersion {
  /** See `ChangeSignal`. */
  revision: number;
  changed: ChangedSince;
}

/** Videos that changed between two marks; `ids` is null when they are too many. */
export interface ChangedSince {
  since: number;
  until: number;
  ids: Uint32Array | null;
}

/** What a reader worker answers. */
export interface ReaderApi {
  procedures: {
    summary: { request: null; response: Omit<LibrarySummary, 'libraryPath'> };
    pageVideos: {
      request: Library['pageVideos']['request'] & { version: LibraryVersion | null };
      response: Library['pageVideos']['response'];
    };
    facetVideos: {
      request: Library['facetVideos']['request'] & { version: LibraryVersion | null };
      response: Library['facetVideos']['response'];
    };
    scanVideos: Library['scanVideos'];
    getVideo: Library['getVideo'];
    listProblems: Library['listProblems'];
    reportProblems: Library['reportProblems'];
    listDamaged: Library['listDamaged'];
    /** What a verification of these videos, or of what is at a path, is to do. @throws ROOT_NOT_FOUND, VIDEO_NOT_FOUND */
    planVerify: { request: VerifyWish; response: VerifyPlan };
    listVerifyTargets: { request: JobPayload<'verify'>; response: VerifyList };
    watchableRoots: Library['watchableRoots'];
  };
  notifications: Record<never, never>;
}

/** What a reader worker is started with. */
export interface ReaderWorkerData {
  databasePath: string;
}
