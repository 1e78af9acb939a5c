// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesDir, projectDir } from './paths.js';
import { head, runNpm } from './run.js';
import { SetupError, say } from './setup-error.js';

const lockFile = join(projectDir, 'package-lock.json');
// npm writes here what it has really installed.
const installedFile = join(modulesDir, '.package-lock.json');

/** The state of the lock file, for the stamp. */
export function lockHash() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

/** Makes sure that node_modules is what package-lock.json says. */
export async function ensurePackages() {
  if (existsSync(installedFile) && inStep(readLock(lockFile), readLock(installedFile))) return;
  say('installing npm packages');
  const args = ['ci', '--loglevel=error', '--no-audit', '--no-fund', '--no-progress'];
  const installed = await runNpm(args, { cwd: projectDir });
  if (!installed.ok) {
    throw new SetupError(
      `npm ci failed:\n${head(installed.output)}`,
      'Put right what npm names above (often the network or the registry), then run `npm run setup` again.',
    );
  }
}

/**
 * @typedef {Record<string, { version?: string, optional?: boolean, link?: boolean }>} LockedPackages
 */

/**
 * Whether every package of the lock file is installed in its version. Optional ones are left out by
 * npm on other platforms; one that is installed must still have the right version.
 * @param {LockedPackages} locked
 * @param {LockedPackages} installed
 */
export function inStep(locked, installed) {
  for (const [path, wanted] of Object.entries(locked)) {
    if (path === '') continue;
    const present = installed[path];
    if (present === undefined ? wanted.optional !== true : present.version !== wanted.version)
      return false;
  }
  return Object.keys(installed).every((path) => path in locked);
}

/**
 * @param {string} file
 * @returns {LockedPackages}
 */
function readLock(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
