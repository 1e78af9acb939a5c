import type { RpcHandlers } from '../shared/rpc';
import { CommonValues } from './common-values';
import type { Connection } from './connection';
import { countDuePreviews } from './previews/due-videos';
import { getFilmstrip } from './previews/filmstrips';
import { listProblems, reportProblems } from './problem-list';
import { addQueryFunctions } from './query/query-functions';
import type { ReaderApi } from './reader-api';
import { withLibraryErrors } from './sqlite-errors';
import { summaryOfLibrary } from './summary';
import { UserDataImport } from './user-data-import';
import { UserDataLists } from './user-data-lists';
import { UserDataPages } from './user-data-pages';
import { listDamaged } from './verify-rows';
import { VerifyTargets } from './verify-targets';
import { VideoDetails } from './video-detail';
import { scanVideos } from './video-pages';
import { watchableRoots } from './watchable-roots';

/** The library's reads over one connection that keep nothing in memory: what a reader worker answers beside pages. */
export function createReader(
  database: Connection,
  now: () => number,
): Omit<RpcHandlers<ReaderApi>, 'pageVideos' | 'facetVideos' | 'selectVideos' | 'completeQuery'> {
  addQueryFunctions(database);
  const details = new VideoDetails(database);
  const targets = new VerifyTargets(database);
  const lists = new UserDataLists(database);
  const pages = new UserDataPages(database);
  const imports = new UserDataImport(database);
  const common = new CommonValues(database);
  return {
    summary: () => withLibraryErrors(() => summaryOfLibrary(database, now())),
    scanVideos: (request) => withLibraryErrors(() => scanVideos(database, request, now())),
    getVideo: (request) => withLibraryErrors(() => details.get(request)),
    locateVideo: (request) => withLibraryErrors(() => details.locate(request)),
    listProblems: (request) => withLibraryErrors(() => listProblems(database, request)),
    listDamaged: (request) => withLibraryErrors(() => listDamaged(database, request)),
    planVerify: (request) => withLibraryErrors(() => targets.plan(request)),
    listVerifyTargets: (request) => withLibraryErrors(() => targets.list(request)),
    watchableRoots: () => withLibraryErrors(() => watchableRoots(database)),
    getFilmstrip: (request) => withLibraryErrors(() => getFilmstrip(database, request)),
    countDuePreviews: () => withLibraryErrors(() => countDuePreviews(database)),
    listTags: () => withLibraryErrors(() => lists.tags()),
    listCollections: () => withLibraryErrors(() => lists.collections()),
    pageUserData: (request) => withLibraryErrors(() => pages.page(request)),
    planImport: ({ path }) => withLibraryErrors(() => imports.plan(path)),
    commonUserData: ({ ids }) => withLibraryErrors(() => common.of(ids)),
    reportProblems: (request) => withLibraryErrors(() => reportProblems(database, request)),
  };
}
