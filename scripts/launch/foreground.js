// @ts-check
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** @type {readonly NodeJS.Signals[]} */
const forwarded = ['SIGINT', 'SIGTERM', 'SIGHUP'];

// One Ctrl-C reaches us several times: from the terminal and again from npm.
const samePressMs = 1000;

const parentCheckMs = 500;

/**
 * Runs a command on our own stdin, stdout and stderr until it ends.
 *
 * The command gets a process group of its own, and every signal is handed on to it once. In our
 * group a Ctrl-C would also hit its child processes, before it could end them in order.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ exitCode: number, interrupted: boolean }>} the exit code as a shell would give it
 */
export function runForeground(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const detached = process.platform !== 'win32';
    const child = spawn(command, args, { ...options, stdio: 'inherit', detached });
    let interrupted = false;
    /** @type {Map<NodeJS.Signals, number>} */
    const lastSent = new Map();
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => {
      interrupted = true;
      const now = performance.now();
      const repeated = now - (lastSent.get(signal) ?? Number.NEGATIVE_INFINITY) < samePressMs;
      if (repeated) return;
      lastSent.set(signal, now);
      child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, forward);
    const parentWatch = whenNpmEnds(() => forward('SIGTERM'));
    const release = () => {
      clearInterval(parentWatch);
      for (const signal of forwarded) process.off(signal, forward);
    };
    child.once('error', (error) => {
      release();
      reject(error);
    });
    child.once('exit', (code, signal) => {
      release();
      const exitCode = code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
      resolve({ exitCode, interrupted });
    });
  });
}

/**
 * A SIGTERM that npm alone gets ends npm's shell and never reaches us.
 * @param {() => void} ended
 */
function whenNpmEnds(ended) {
  const { npm_lifecycle_event: startedByNpm } = process.env;
  const parent = process.ppid;
  if (startedByNpm === undefined || process.platform === 'win32') return undefined;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    ended();
  }, parentCheckMs);
  return watch;
}
