// @ts-check
import { hasCommand, run, tail } from './run.js';
import { SetupError, say } from './setup-error.js';

const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
let listsUpdated = false;

/**
 * Installs Debian or Ubuntu packages as root; for anybody else it says the exact command and stops.
 * @param {string} problem what is missing, for the message
 * @param {readonly string[][]} packages for each, its possible names, the newer one first
 * @param {string} elsewhere what to do on a system without apt
 */
export async function installPackages(problem, packages, elsewhere) {
  if (!hasCommand('apt-get')) throw new SetupError(problem, elsewhere);
  const root = process.getuid?.() === 0;
  if (root) await updateLists();
  const names = await Promise.all(packages.map(knownName));
  if (!root) {
    const command = `sudo apt-get update && sudo apt-get install -y ${names.join(' ')}`;
    throw new SetupError(problem, `Run this once, then try again:\n  ${command}`);
  }
  say(`installing ${names.join(' ')}`);
  const args = ['install', '-y', '--no-install-recommends', ...names];
  const installed = await run('apt-get', args, { env: environment });
  if (!installed.ok) {
    throw new SetupError(
      `${problem}\napt-get ${args.join(' ')} failed:\n${tail(installed.output)}`,
      'Install these packages by hand and try again.',
    );
  }
}

async function updateLists() {
  if (listsUpdated) return;
  // A mirror that cannot be reached is no reason to stop: the lists at hand may do.
  const updated = await run('apt-get', ['update', '-q'], { env: environment });
  if (!updated.ok) say(`apt-get update failed:\n${tail(updated.output, 3)}`);
  listsUpdated = true;
}

/**
 * Which of a package's names this release has. Ubuntu 24.04 and Debian 13 renamed libraries to `…t64`.
 * @param {readonly string[]} names
 */
async function knownName(names) {
  for (const name of names) {
    const shown = await run('apt-cache', ['show', name]);
    if (shown.ok && shown.stdout.includes('Package: ')) return name;
  }
  return names.at(-1) ?? '';
}
