import type { RpcHandlers } from '../shared/rpc';
import type { Connection } from './connection';
import { listProblems, reportProblems } from './problem-list';
import type { ReaderApi } from './reader-api';
import { withLibraryErrors } from './sqlite-errors';
import { summaryOfLibrary } from './summary';
import { VideoDetails } from './video-detail';
import { VideoLists } from './video-list';
import { scanVideos } from './video-pages';

/** The library's reads over one connection: what a reader worker answers. */
export function createReader(database: Connection, now: () => number): RpcHandlers<ReaderApi> {
  const lists = new VideoLists(database, now);
  const details = new VideoDetails(database);
  return {
    summary: () => withLibraryErrors(() => summaryOfLibrary(database, now())),
    pageVideos: ({ revision, ...request }) =>
      withLibraryErrors(() => lists.page(request, revision)),
    scanVideos: (request) => withLibraryErrors(() => scanVideos(database, request, now())),
    getVideo: (request) => withLibraryErrors(() => details.get(request)),
    listProblems: (request) => withLibraryErrors(() => listProblems(database, request)),
    reportProblems: (request) => withLibraryErrors(() => reportProblems(database, request)),
  };
}
