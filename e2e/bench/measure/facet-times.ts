import type { ReaderPool } from '../../../src/library/reader-pool';
import { VitrineError } from '../../../src/shared/errors';
import { EVERYTHING } from '../../../src/shared/video-query';

/** Pairs of filters, so that each is one that nobody has asked for lately. */
const FILTERS = [
  { videoCodec: ['h264'], resolution: [1080] },
  { videoCodec: ['hevc'], resolution: [2160] },
  { videoCodec: ['vp9'], frameRate: [25] },
];

/** Milliseconds of all facets of a query: asked for the first time, and once more. */
export interface FacetTimes {
  first: number[];
  again: number[];
}

interface UntypedReaders {
  call(name: string, request: object, options: object): Promise<unknown>;
}

/** @returns null where the app has no facets */
export async function facetTimes(readers: ReaderPool): Promise<FacetTimes | null> {
  // Apps without facets do not know the procedure, nor do their types.
  const untyped = readers as unknown as UntypedReaders;
  const time = async (filters: object) => {
    const startedAt = performance.now();
    await untyped.call('facetVideos', { query: { ...EVERYTHING, filters } }, {});
    return performance.now() - startedAt;
  };
  const times: FacetTimes = { first: [], again: [] };
  try {
    for (const filters of FILTERS) {
      times.first.push(await time(filters));
      times.again.push(await time(filters));
    }
    return times;
  } catch (thrown) {
    if (thrown instanceof VitrineError && thrown.code === 'INVALID_REQUEST') return null;
    throw thrown;
  }
}
