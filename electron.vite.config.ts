import { resolve } from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const at = (path: string) => resolve(import.meta.dirname, path);

// Targets are the oldest runtime that the code must run on, not the installed one.
const NODE_TARGET = 'node20.18';
const CHROMIUM_TARGET = 'chrome130';

export default defineConfig({
  main: {
    build: {
      target: NODE_TARGET,
      sourcemap: true,
      rollupOptions: {
        input: {
          index: at('src/main/index.ts'),
          library: at('src/library/index.ts'),
          'library-reader': at('src/library/reader-worker.ts'),
          'library-checkpointer': at('src/library/checkpoint-worker.ts'),
          'library-backup': at('src/library/backups/backup-worker.ts'),
          media: at('src/media/index.ts'),
          'media-walk': at('src/media/scan/walk-thread.ts'),
          'media-headers': at('src/media/scan/header-thread.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      target: NODE_TARGET,
      // A sandboxed preload is loaded as a classic script: one file, CommonJS, no imports but electron's.
      rollupOptions: {
        input: { index: at('src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: at('src/renderer'),
    plugins: [react(), tailwindcss()],
    build: {
      target: CHROMIUM_TARGET,
      // Half as much to read and compile before the first page.
      minify: true,
      rollupOptions: { input: at('src/renderer/index.html') },
    },
  },
});
