import { randomUUID } from 'node:crypto';
import type { ImportResult } from '../../shared/user-data-file';
import { connectInstead } from '../handoff/handoff-client';
import { withSpareLibrary } from '../processes/spare-library';
import { EXIT } from './exit-codes';
import type { Output } from './output';
import { withLibrary } from './read-library';

const number = new Intl.NumberFormat();

/**
 * Adds what an exported file says of videos to the library, which the app may have open.
 * @throws VitrineError `FILE_NOT_FOUND`, `PERMISSION_DENIED`, `IMPORT_INVALID`, or why the library cannot be used
 */
export async function importUserData(
  path: string,
  libraryPath: string,
  output: Output,
): Promise<number> {
  // Opened for reading first: that makes no library where there is none.
  await withLibrary(libraryPath, async () => undefined);
  const result = await importInto(libraryPath, path);
  if (output.json) await output.object({ type: 'imported', ...result });
  else for (const line of describe(result)) await output.line(line);
  return EXIT.done;
}

async function importInto(libraryPath: string, path: string): Promise<ImportResult> {
  try {
    return await withSpareLibrary(async (library) => {
      await library.call('open', { directory: libraryPath, mode: 'write' });
      const result = await library.call('importUserData', { request: randomUUID(), path });
      await library.call('close', null);
      return result;
    });
  } catch (thrown) {
    const app = await connectInstead(thrown, libraryPath, () => undefined);
    return await app.call('importUserData', { path }).finally(() => app.close());
  }
}

function describe({ matched, matchedByContent, unmatched, kept }: ImportResult): string[] {
  return [
    `${number.format(matched)} of ${number.format(matched + unmatched)} videos were found.`,
    ...(matchedByContent > 0
      ? [`${number.format(matchedByContent)} of them by their content, at another place.`]
      : []),
    ...(kept > 0
      ? [`${number.format(kept)} ratings, labels and notes of the library were kept as they are.`]
      : []),
  ];
}
