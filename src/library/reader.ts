import type { RpcHandlers } from '../shared/rpc';
import type { Connection } from './connection';
import { listProblems, reportProblems } from './problem-list';
import type { ReaderApi } from './reader-api';
import { withLibraryErrors } from './sqlite-errors';
import { summaryOfLibrary } from './summary';
import { listDamaged } from './verify-rows';
import { VerifyTargets } from './verify-targets';
import { VideoDetails } from './video-detail';
import { VideoLists } from './video-list';
import { scanVideos } from './video-pages';
import { watchableRoots } from './watchable-roots';

/** The library's reads over one connection: what a reader worker answers. */
export function createReader(
  database: Connection,
  now: () => number,
  lists = new VideoLists(database, now),
): RpcHandlers<ReaderApi> {
  const details = new VideoDetails(database);
  const targets = new VerifyTargets(database);
  return {
    summary: () => withLibraryErrors(() => summaryOfLibrary(database, now())),
    pageVideos: ({ version, ...request }) => withLibraryErrors(() => lists.page(request, version)),
    facetVideos: ({ version, query }) => withLibraryErrors(() => lists.facets(query, version)),
    scanVideos: (request) => withLibraryErrors(() => scanVideos(database, request, now())),
    getVideo: (request) => withLibraryErrors(() => details.get(request)),
    listProblems: (request) => withLibraryErrors(() => listProblems(database, request)),
    listDamaged: (request) => withLibraryErrors(() => listDamaged(database, request)),
    planVerify: (request) => withLibraryErrors(() => targets.plan(request)),
    listVerifyTargets: (request) => withLibraryErrors(() => targets.list(request)),
    watchableRoots: () => withLibraryErrors(() => watchableRoots(database)),
    reportProblems: (request) => withLibraryErrors(() => reportProblems(database, request)),
  };
}
