import { join } from 'node:path';
import { ReaderPool } from '../../../src/library/reader-pool';
import type { VideoQuery } from '../../../src/shared/video-query';
import { PROJECT, VitrineApp, type Workplace } from '../../fixtures/vitrine-app';

/** Milliseconds of one page of a query, from the call to its answer. */
export type PageTime = (query: VideoQuery, index: number, limit: number) => Promise<number>;

/** Gives `use` the built app's reader threads, which do the reading in the library process. */
export async function withReaders<T>(
  databasePath: string,
  use: (readers: ReaderPool) => Promise<T>,
): Promise<T> {
  const readers = new ReaderPool({
    workerPath: join(PROJECT, 'out/main/library-reader.js'),
    databasePath,
    takeChange: () => ({ revision: 0, videoIds: new Uint32Array() }),
    firstAnswers: null,
  });
  try {
    await readers.call('summary', null, {});
    return await use(readers);
  } finally {
    await readers.close();
  }
}

/** The time of pages as the library process reads them. */
export function pageTimeOf(readers: ReaderPool): PageTime {
  return async (query, index, limit) => {
    const startedAt = performance.now();
    await readers.call('pageVideos', { query, index, limit }, {});
    return performance.now() - startedAt;
  };
}

/** Gives `use` the time of pages as the app's window sees them: through main, to the library process and back. */
export async function withWindow<T>(
  place: Workplace,
  use: (time: PageTime) => Promise<T>,
): Promise<T> {
  const app = await VitrineApp.launch(place, { checkResponses: false });
  try {
    await app.ask('library.summary', {});
    return await use((query, index, limit) =>
      app.page.evaluate(
        async (request) => {
          const startedAt = performance.now();
          const answer = await window.vitrine.videos.page(request);
          if (!answer.ok) throw new Error(answer.error.message);
          return performance.now() - startedAt;
        },
        { query, index, limit },
      ),
    );
  } finally {
    await app.close();
  }
}
