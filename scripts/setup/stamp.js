// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installedElectron } from './electron.js';
import { mediaToolsReady } from './media-tools.js';
import { currentRuntimes, nativeModuleReady } from './native-module.js';
import { lockHash } from './packages.js';
import { modulesDir } from './paths.js';

const stampFile = join(modulesDir, '.vitrine-setup.json');

/**
 * @typedef {object} Stamp what set-up found when it last succeeded
 * @property {string} lock hash of package-lock.json
 * @property {string} node
 * @property {string} electron
 * @property {string[]} libraries system libraries that Electron links
 */

/**
 * Whether all is still in place, without starting a process.
 * @returns {boolean}
 */
export function stampHolds() {
  const stamp = readStamp();
  const electron = installedElectron();
  if (stamp === null || electron === null) return false;
  return (
    stamp.lock === lockHash() &&
    stamp.node === process.version &&
    stamp.electron === electron.version &&
    nativeModuleReady(currentRuntimes(electron.version)) &&
    mediaToolsReady() &&
    stamp.libraries.every((path) => existsSync(path))
  );
}

/**
 * @param {string} electronVersion
 * @param {string[]} libraries
 */
export function writeStamp(electronVersion, libraries) {
  /** @type {Stamp} */
  const stamp = { lock: lockHash(), node: process.version, electron: electronVersion, libraries };
  writeFileSync(stampFile, JSON.stringify(stamp));
}

/** @returns {Stamp | null} */
function readStamp() {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8'));
    return Array.isArray(stamp?.libraries) ? stamp : null;
  } catch {
    return null; // never set up, or node_modules was replaced
  }
}
