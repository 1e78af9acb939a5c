// @ts-check
import { installedElectron } from '../setup/electron.js';
import { projectDir } from '../setup/paths.js';
import { SetupError } from '../setup/setup-error.js';
import { runForeground } from './foreground.js';

/**
 * Runs the built app in development.
 * @param {object} launch
 * @param {readonly string[]} [launch.switches] for Chromium, before the app's folder
 * @param {readonly string[]} launch.args for the app
 * @param {NodeJS.ProcessEnv} [launch.env] added to ours
 * @returns {Promise<number>} the app's exit code
 */
export async function runApp({ switches = [], args, env = {} }) {
  const electron = installedElectron();
  if (electron === null) {
    throw new SetupError('Electron is not installed.', 'Run `npm run setup`.');
  }
  const cwd = callersFolder();
  const { exitCode } = await runForeground(
    electron.executable,
    [...sandboxSwitches(), ...switches, projectDir, ...args],
    { cwd, env: { ...appEnvironment(), ...env, INIT_CWD: cwd } },
  );
  return exitCode;
}

/** Chromium refuses to run as root with its sandbox. Nobody else goes without. */
function sandboxSwitches() {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * The folder that the person is in: npm changes to the project's before it runs a script. Its
 * INIT_CWD is not ours when npm runs something else that started us.
 */
function callersFolder() {
  const { INIT_CWD, npm_lifecycle_event: script } = process.env;
  const startedByNpm = script === 'start' || script === 'cli';
  return (startedByNpm && INIT_CWD) || process.cwd();
}

function appEnvironment() {
  const env = { ...process.env };
  delete env['ELECTRON_RUN_AS_NODE']; // set in the terminals of some editors; Electron would be a plain Node
  return env;
}
