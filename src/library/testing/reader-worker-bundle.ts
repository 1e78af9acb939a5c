import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/vitrine-tests');
const ENTRY = join(import.meta.dirname, '../reader-worker.ts');

/** The reader worker as JavaScript that this Node can start; inside node_modules, where packages resolve. */
export async function bundleReaderWorker(): Promise<{ path: string; remove(): void }> {
  mkdirSync(CACHE, { recursive: true });
  const outDir = mkdtempSync(join(CACHE, 'reader-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: ENTRY,
      outDir,
      target: 'node20.18',
      rollupOptions: { output: { entryFileNames: 'reader-worker.mjs' } },
    },
  });
  return {
    path: join(outDir, 'reader-worker.mjs'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
