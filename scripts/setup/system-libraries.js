// @ts-check
import { installPackages } from './apt.js';
import { hasCommand, run } from './run.js';
import { SetupError } from './setup-error.js';

// Libraries that Electron links or opens at run time; the second name is the one before the
// 64-bit time_t renaming.
const packages = [
  ['libgtk-3-0t64', 'libgtk-3-0'],
  ['libasound2t64', 'libasound2'],
  ['libatk-bridge2.0-0t64', 'libatk-bridge2.0-0'],
  ['libnss3'],
  ['libgbm1'],
  ['libxss1'],
  ['libnotify4'],
  ['libdrm2'],
];

/**
 * Makes sure that the shared libraries of Electron's executable are there.
 * @param {string} executable
 * @returns {Promise<string[]>} the files that were found, so that their going can be noticed later
 */
export async function ensureSystemLibraries(executable) {
  if (process.platform !== 'linux' || !hasCommand('ldd')) return [];
  const before = await linkedLibraries(executable);
  if (before.missing.length === 0) return before.found;
  const problem = `Electron needs system libraries that are not installed: ${before.missing.join(', ')}`;
  await installPackages(
    problem,
    packages,
    'Install the packages of your system that hold these libraries (GTK 3, NSS, ALSA, GBM, ATK, libXss, libnotify, libdrm).',
  );
  const after = await linkedLibraries(executable);
  if (after.missing.length > 0) {
    throw new SetupError(
      `Electron's libraries were installed, but these are still missing: ${after.missing.join(', ')}`,
      'Find the packages that hold them (apt-file search <name>) and install them.',
    );
  }
  return after.found;
}

/** @param {string} executable */
async function linkedLibraries(executable) {
  const { stdout } = await run('ldd', [executable]);
  return parseLdd(stdout);
}

/**
 * @param {string} text what `ldd` printed
 * @returns {{ found: string[], missing: string[] }}
 */
export function parseLdd(text) {
  /** @type {Set<string>} */
  const found = new Set();
  /** @type {Set<string>} */
  const missing = new Set();
  for (const line of text.split('\n')) {
    const [, name, target] = /^\s*(\S+) => (not found|\/\S+)/.exec(line) ?? [];
    if (name === undefined || target === undefined) continue;
    if (target === 'not found') missing.add(name);
    else found.add(target);
  }
  return { found: [...found], missing: [...missing] };
}
