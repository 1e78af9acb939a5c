// @ts-check
import {
  constants,
  cpSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import {
  fallbackSupported,
  fallbackVersion,
  prepareFallbackElectron,
} from './electron-fallback.js';
import { electronDir } from './paths.js';
import { isExecutable, run, tail } from './run.js';
import { SetupError, say } from './setup-error.js';

const dist = join(electronDir, 'dist');
const pathFile = join(electronDir, 'path.txt');

/**
 * The Electron that is installed in node_modules, in the way the `electron` package itself looks for it.
 * @returns {{ executable: string, version: string } | null}
 */
export function installedElectron() {
  try {
    const executable = join(dist, readFileSync(pathFile, 'utf8').trim());
    const version = readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
    return isExecutable(executable) ? { executable, version } : null;
  } catch {
    return null; // not downloaded yet, or only in part
  }
}

/** Makes sure that there is an Electron to run: its own download first, always. */
export async function ensureElectron() {
  const present = installedElectron();
  if (present !== null && acceptable(present.version)) return present;
  say(`getting Electron ${packageVersion()}`);
  const download = await run(process.execPath, [join(electronDir, 'install.js')]);
  if (!download.ok) {
    if (!fallbackSupported) {
      throw new SetupError(
        `Electron could not be downloaded:\n${tail(download.output)}`,
        'Check the network (or set HTTPS_PROXY or ELECTRON_MIRROR) and run `npm run setup` again.',
      );
    }
    await installFallback();
  }
  const installed = installedElectron();
  if (installed === null) {
    throw new SetupError(
      'Electron was downloaded, but its executable is missing.',
      'Delete node_modules/electron and run `npm run setup` again.',
    );
  }
  return installed;
}

async function installFallback() {
  const prepared = await prepareFallbackElectron();
  const scratch = mkdtempSync(join(electronDir, 'tmp-'));
  const copy = join(scratch, 'dist');
  // A copy, not a link: whatever later writes into dist must not change what other clones share.
  cpSync(prepared, copy, { recursive: true, mode: constants.COPYFILE_FICLONE });
  rmSync(dist, { recursive: true, force: true });
  renameSync(copy, dist);
  rmSync(scratch, { recursive: true });
  writeFileSync(pathFile, 'electron');
  say(
    `Electron ${packageVersion()} could not be downloaded: FALLBACK Electron ${fallbackVersion} is used,` +
      ' for development and tests only; never package a release from it.',
  );
}

/** @param {string} version */
function acceptable(version) {
  return version === packageVersion() || (fallbackSupported && version === fallbackVersion);
}

/** @returns {string} the version that package.json asks for */
function packageVersion() {
  return JSON.parse(readFileSync(join(electronDir, 'package.json'), 'utf8')).version;
}
