import { FACETS } from '../../shared/video-query';
import { EXIT } from './exit-codes';
import type { Output } from './output';
import { queryOf, withLibrary } from './read-library';
import { UNKNOWN, type Wanted } from './usage';

/** How many of the wanted videos have which values: a line for each, or with `--json` an object for each facet. */
export async function countFacets(
  wanted: Wanted,
  libraryPath: string,
  output: Output,
): Promise<number> {
  const query = queryOf(wanted);
  const { facets } = await withLibrary(libraryPath, (library) =>
    library.ask('facetVideos', { query }),
  );
  for (const facet of FACETS) {
    const values = facets[facet] ?? [];
    if (output.json) await output.object({ facet, values });
    else {
      for (const { value, count } of values) {
        await output.line([facet, value ?? UNKNOWN, count].join('\t'));
      }
    }
  }
  return EXIT.done;
}
