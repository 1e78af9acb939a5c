// @ts-check
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * @typedef {object} RunResult
 * @property {boolean} ok
 * @property {number | null} code
 * @property {string} stdout
 * @property {string} output stdout and stderr as they came
 */

/**
 * Runs a command to its end and keeps what it printed. Never throws for a command that fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<RunResult>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const end = () => child.kill('SIGKILL');
    process.once('exit', end); // interrupted: nobody is left to wait for it
    let stdout = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => {
      process.off('exit', end);
      resolve({ ok: false, code: null, stdout, output: `${output}${error.message}\n` });
    });
    child.on('close', (code, signal) => {
      process.off('exit', end);
      const ending = signal === null ? '' : `ended by ${signal}\n`;
      resolve({ ok: code === 0, code, stdout, output: output + ending });
    });
  });
}

/**
 * Runs npm without a shell, with the npm that started us or the one that came with this Node.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 */
export function runNpm(args, options = {}) {
  const cli = npmCli();
  return cli === null ? run('npm', args, options) : run(process.execPath, [cli, ...args], options);
}

/** @returns {string | null} the path of npm's entry file */
export function npmCli() {
  const started = process.env['npm_execpath'];
  const beside = dirname(process.execPath);
  const candidates = [
    started?.endsWith('npm-cli.js') ? started : undefined,
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/**
 * The last lines of a command's output, for an error message.
 * @param {string} output
 * @param {number} [lines]
 */
export function tail(output, lines = 15) {
  return output.trimEnd().split('\n').slice(-lines).join('\n');
}

/**
 * The first lines of a command's output: npm says what is wrong first, and how to use it after that.
 * @param {string} output
 * @param {number} [lines]
 */
export function head(output, lines = 15) {
  return output.trim().split('\n').slice(0, lines).join('\n');
}

/** @param {string} path */
export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not executable: either way it cannot be run
  }
}

/**
 * Whether a command of this name is on the PATH.
 * @param {string} name
 */
export function hasCommand(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return folders.some((folder) => endings.some((end) => isExecutable(join(folder, name + end))));
}
