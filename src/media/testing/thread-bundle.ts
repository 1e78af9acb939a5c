import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleEntries } from '../../../e2e/fixtures/bundle-entries';
import type { MediaThreads } from '../media-service';
import { temporaryFolder } from './temporary-folder';

const SOURCES = join(import.meta.dirname, '../scan');

/** The media process's threads as JavaScript that this Node can start. */
export async function bundleThreads(): Promise<{ threads: MediaThreads; remove(): void }> {
  const { entries, remove } = await bundleEntries({
    walk: join(SOURCES, 'walk-thread.ts'),
    headers: join(SOURCES, 'header-thread.ts'),
  });
  return { threads: entries, remove };
}

/** A thread that does something else when it is told anything; the code has `message`, `parentPort` and `openSync`. */
export async function oddThread(code: string): Promise<string> {
  const entry = join(await temporaryFolder(), 'thread.mjs');
  await writeFile(
    entry,
    `import { openSync } from 'node:fs';
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (message) => { ${code} });`,
  );
  return entry;
}
