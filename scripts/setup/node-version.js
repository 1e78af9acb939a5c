// @ts-check
import { SetupError } from './setup-error.js';

const oldest = { major: 20, minor: 19 };

/** @param {string} version as in process.version */
export function nodeIsRecentEnough(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor);
}

export function ensureNodeVersion() {
  if (nodeIsRecentEnough(process.version)) return;
  throw new SetupError(
    `Node ${process.version} is too old: Vitrine's tools need ${oldest.major}.${oldest.minor} or newer.`,
    'Install a current Node from https://nodejs.org (or with your version manager) and try again.',
  );
}
