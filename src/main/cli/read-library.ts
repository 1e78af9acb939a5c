import type { Response } from '../../shared/contract';
import type { VideoSummary } from '../../shared/media';
import { EVERYTHING, type VideoQuery } from '../../shared/video-query';
import { Engine } from '../engine';
import type { Wanted } from './usage';

const PAGE_SIZE = 500;

/**
 * Opens a library for reading beside whoever writes it, and closes it after `use`.
 * @throws VitrineError `LIBRARY_NOT_FOUND`, `LIBRARY_CORRUPT`, `LIBRARY_TOO_NEW`
 */
export async function withLibrary<T>(
  libraryPath: string,
  use: (library: Engine) => Promise<T>,
): Promise<T> {
  const engine = new Engine({
    libraryPath,
    mode: 'read',
    onJobUpdate: () => {},
    onLibraryChange: () => {},
    onStatus: () => {},
  });
  try {
    await engine.start();
    return await use(engine);
  } finally {
    await engine.stop();
  }
}

/** The query of what is wanted, ordered by folder and name. */
export function queryOf({ query: search, filters }: Wanted): VideoQuery {
  return { ...EVERYTHING, search, sort: 'folder', ...(filters && { filters }) };
}

/** Every video that is wanted, ordered by folder and name, in pages of bounded size. */
export async function* eachVideo(library: Engine, wanted: Wanted): AsyncGenerator<VideoSummary> {
  const query = queryOf(wanted);
  let after: string | null = null;
  do {
    const page: { videos: VideoSummary[]; next: string | null } = await library.ask('scanVideos', {
      query,
      after,
      limit: PAGE_SIZE,
    });
    yield* page.videos;
    after = page.next;
  } while (after !== null);
}

/** Every problem that is not dismissed, newest first, in pages of bounded size. */
export async function* eachProblem(
  library: Engine,
): AsyncGenerator<Response<'problems.list'>['problems'][number]> {
  let after: string | null = null;
  do {
    const page: Response<'problems.list'> = await library.ask('listProblems', {
      after,
      limit: PAGE_SIZE,
    });
    yield* page.problems;
    after = page.next;
  } while (after !== null);
}
