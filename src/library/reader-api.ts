import type { LibrarySummary } from '../shared/library';
import type { LibraryApi } from '../shared/library-protocol';

type Library = LibraryApi['procedures'];

/** What a reader worker answers. */
export interface ReaderApi {
  procedures: {
    summary: { request: null; response: Omit<LibrarySummary, 'libraryPath'> };
    pageVideos: {
      /** `revision`: see `ChangeSignal`; null when another process writes. */
      request: Library['pageVideos']['request'] & { revision: number | null };
      response: Library['pageVideos']['response'];
    };
    scanVideos: Library['scanVideos'];
    getVideo: Library['getVideo'];
    listProblems: Library['listProblems'];
    watchableRoots: Library['watchableRoots'];
  };
  notifications: Record<never, never>;
}

/** What a reader worker is started with. */
export interface ReaderWorkerData {
  databasePath: string;
}
