import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';

const CACHE = join(import.meta.dirname, '../../../node_modules/.cache/vitrine-tests');

/** The walk's thread as JavaScript that this Node can start. */
export async function bundleWalkThread(): Promise<{ entry: string; remove(): void }> {
  mkdirSync(CACHE, { recursive: true });
  const outDir = mkdtempSync(join(CACHE, 'walk-thread-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: true,
      outDir,
      target: 'node20.18',
      rollupOptions: {
        input: { 'walk-thread': join(import.meta.dirname, '../scan/walk-thread.ts') },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return {
    entry: join(outDir, 'walk-thread.mjs'),
    remove: () => rmSync(outDir, { recursive: true, force: true }),
  };
}
