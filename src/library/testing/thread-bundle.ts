import { join } from 'node:path';
import { bundleEntries } from '../../../e2e/fixtures/bundle-entries';
import type { LibraryThreads } from '../open-library';

const SOURCES = join(import.meta.dirname, '..');

/** The library's threads as JavaScript that this Node can start. */
export async function bundleThreads(): Promise<{
  threads: LibraryThreads;
  /** A library service to be forked. */
  child: string;
  remove(): void;
}> {
  const { entries, remove } = await bundleEntries({
    reader: join(SOURCES, 'reader-worker.ts'),
    checkpointer: join(SOURCES, 'checkpoint-worker.ts'),
    backup: join(SOURCES, 'backups/backup-worker.ts'),
    child: join(SOURCES, 'testing/library-child.ts'),
  });
  const { child, ...threads } = entries;
  return { threads, child, remove };
}
