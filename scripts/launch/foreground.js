// @ts-check
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { leash } from './leash.js';

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
    leash(child);
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
 * A SIGTERM that npm alone gets ends npm's shell and never reaches us, and a SIGKILL not even that.
 * @param {() => void} ended
 */
function whenNpmEnds(ended) {
  const { npm_lifecycle_event: startedByNpm } = process.env;
  if (startedByNpm === undefined || process.platform === 'win32') return undefined;
  const parent = process.ppid;
  const npm = isShell(parent) ? parentOf(parent) : null;
  const watch = setInterval(() => {
    if (process.ppid === parent && (npm === null || parentOf(parent) === npm)) return;
    clearInterval(watch);
    ended();
  }, parentCheckMs);
  return watch;
}

/**
 * Whether npm's shell stands between npm and us; some replace themselves by what they run.
 * @param {number} pid
 */
function isShell(pid) {
  return readProcess(pid, 'cmdline')?.includes('\0-c\0') ?? false;
}

/** @param {number} pid */
function parentOf(pid) {
  const stat = readProcess(pid, 'stat');
  // The second field, the name, may itself contain brackets and spaces.
  return stat === null ? null : Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

/**
 * @param {number} pid
 * @param {string} file
 * @returns {string | null} null where the system does not tell, or the process is gone
 */
function readProcess(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return null;
  }
}
