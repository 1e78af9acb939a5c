import type { JobPayload } from '../shared/job-payload';
import type { LibrarySummary } from '../shared/library';
import type { LibraryApi } from '../shared/library-protocol';
import type { CommonUserData } from '../shared/user-data';
import type { VideoSource } from './edits/edit-plan';
import type { DueCounts } from './previews/due-videos';
import type { ImportedUserData } from './user-data-import';
import type { VerifyList, VerifyPlan, VerifyWish } from './verify-targets';

type Library = LibraryApi['procedures'];

/** What was written to the library since the reader was told last. */
export interface LibraryChange {
  /** See `ChangeSignal`. */
  revision: number;
  /** Videos that were changed or deleted. New ones need not be among them. */
  videoIds: Uint32Array;
}

/** What a reader worker answers. */
export interface ReaderApi {
  procedures: {
    /** Videos in their order, as the library is at this moment. */
    selectVideos: { request: VideoSource; response: Uint32Array };
    summary: { request: null; response: Omit<LibrarySummary, 'libraryPath'> };
    pageVideos: Library['pageVideos'];
    facetVideos: Library['facetVideos'];
    completeQuery: Library['completeQuery'];
    scanVideos: Library['scanVideos'];
    getVideo: Library['getVideo'];
    locateVideo: Library['locateVideo'];
    listProblems: Library['listProblems'];
    reportProblems: Library['reportProblems'];
    listDamaged: Library['listDamaged'];
    /** What a verification of these videos, or of what is at a path, is to do. @throws ROOT_NOT_FOUND, VIDEO_NOT_FOUND */
    planVerify: { request: VerifyWish; response: VerifyPlan };
    listVerifyTargets: { request: JobPayload<'verify'>; response: VerifyList };
    watchableRoots: Library['watchableRoots'];
    getFilmstrip: Library['getFilmstrip'];
    listTags: Library['listTags'];
    listCollections: Library['listCollections'];
    pageUserData: Library['pageUserData'];
    /** What a file of user data means for this library. @throws FILE_NOT_FOUND, PERMISSION_DENIED, IMPORT_INVALID */
    planImport: { request: { path: string }; response: ImportedUserData };
    /** Of videos that are in the library. */
    commonUserData: { request: { ids: Uint32Array }; response: CommonUserData };
    /** Videos of which pictures are to be made, in each root that was not removed. */
    countDuePreviews: { request: null; response: DueCounts[] };
  };
  notifications: {
    changed: LibraryChange;
    /** Nobody asks for anything yet, but searches will be: what they need may be read. */
    prepare: null;
    close: null;
  };
}

/** What a reader worker is started with. */
export interface ReaderWorkerData {
  databasePath: string;
  /** Whether changes are told. Where another process writes, only the file tells. */
  isTold: boolean;
}
