// @ts-check
import { installPackages } from './apt.js';
import { hasCommand } from './run.js';
import { say } from './setup-error.js';

/**
 * Installs strace, by which tests make the disk report errors, where that needs nobody's help. Without it those tests
 * skip and say so.
 */
export async function ensureFaultTools() {
  if (process.platform !== 'linux' || hasCommand('strace')) return;
  if (process.getuid?.() !== 0 || !hasCommand('apt-get')) {
    say('strace is not installed: the tests that make the disk report errors will be skipped');
    return;
  }
  try {
    await installPackages('Some tests need strace.', [['strace']], '');
  } catch (error) {
    say(`strace could not be installed: ${/** @type {Error} */ (error).message}`);
  }
}
