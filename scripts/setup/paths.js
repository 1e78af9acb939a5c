// @ts-check
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectDir = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');
export const modulesDir = join(projectDir, 'node_modules');
export const electronDir = join(modulesDir, 'electron');

const abandonedAfterMs = 60 * 60 * 1000;
const temporaryPrefix = 'tmp-';

/** Where prepared binaries are kept, so that a fresh clone does not make them again. */
export function cacheDir() {
  const base = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  return join(base, 'vitrine');
}

/**
 * Gives `work` a folder of its own inside the cache, on the same disk as the final place, so that
 * the result can be renamed into it in one step. The folder goes when the work ends, also when
 * it ends by Ctrl-C; one that a killed run left behind goes the next time.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withTemporaryFolder(work) {
  const cache = cacheDir();
  mkdirSync(cache, { recursive: true });
  removeAbandoned(cache);
  const folder = mkdtempSync(join(cache, temporaryPrefix));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const interrupt = () => process.exit(130);
  process.once('exit', remove);
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await work(folder);
  } finally {
    remove();
    process.off('exit', remove);
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/** @param {string} cache */
function removeAbandoned(cache) {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (!name.startsWith(temporaryPrefix)) continue;
    const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - made > abandonedAfterMs) rmSync(path, { recursive: true, force: true });
  }
}
