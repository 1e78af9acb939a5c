import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import type { MediaThreads } from '../media-service';
import { temporaryFolder } from './temporary-folder';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/vitrine-tests');
const SOURCES = join(import.meta.dirname, '../scan');

/** The media process's threads as JavaScript that this Node can start. */
export async function bundleThreads(): Promise<{ threads: MediaThreads; remove(): void }> {
  mkdirSync(CACHE, { recursive: true });
  const outDir = mkdtempSync(join(CACHE, 'media-threads-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir,
      target: 'node20.18',
      rollupOptions: {
        input: {
          walk: join(SOURCES, 'walk-thread.ts'),
          headers: join(SOURCES, 'header-thread.ts'),
        },
        output: { entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' },
      },
    },
  });
  return {
    threads: { walk: join(outDir, 'walk.mjs'), headers: join(outDir, 'headers.mjs') },
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
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
