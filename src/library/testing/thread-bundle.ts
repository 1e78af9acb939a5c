import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import type { LibraryThreads } from '../open-library';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/vitrine-tests');
const SOURCES = join(import.meta.dirname, '..');

/** The library's threads as JavaScript that this Node can start; inside node_modules, where packages resolve. */
export async function bundleThreads(): Promise<{
  threads: LibraryThreads;
  /** A library service to be forked. */
  child: string;
  remove(): void;
}> {
  mkdirSync(CACHE, { recursive: true });
  const outDir = mkdtempSync(join(CACHE, 'threads-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir,
      target: 'node20.18',
      rollupOptions: {
        input: {
          reader: join(SOURCES, 'reader-worker.ts'),
          checkpointer: join(SOURCES, 'checkpoint-worker.ts'),
          backup: join(SOURCES, 'backups/backup-worker.ts'),
          child: join(SOURCES, 'testing/library-child.ts'),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  return {
    threads: {
      reader: join(outDir, 'reader.mjs'),
      checkpointer: join(outDir, 'checkpointer.mjs'),
      backup: join(outDir, 'backup.mjs'),
    },
    child: join(outDir, 'child.mjs'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
