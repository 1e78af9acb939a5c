// @ts-check
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsVirtualDisplay } from '../setup/display.js';
import { SetupError } from '../setup/setup-error.js';
import { leash } from './leash.js';

const xServer = 'Xvfb';
const startTimeoutMs = 20_000;

/**
 * Runs `work` with a display to show windows on: the person's own, or a virtual one that lives as
 * long as the work. Not `xvfb-run`, which takes the display away from under an app that is told to
 * quit: a signal ends the X server before the app has finished.
 * @template T
 * @param {(env: NodeJS.ProcessEnv) => Promise<T>} work gets the variables that name the display
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  if (!needsVirtualDisplay()) return work({});
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-display-'));
  const authority = join(folder, 'authority');
  writeFileSync(authority, authorityEntry(randomBytes(16)), { mode: 0o600 });
  const server = spawn(
    xServer,
    ['-displayfd', '3', '-auth', authority, '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  leash(server);
  const stop = () => {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', stop);
  try {
    const number = await displayNumber(server);
    return await work({ DISPLAY: `:${number}`, XAUTHORITY: authority });
  } finally {
    process.off('exit', stop);
    stop();
  }
}

/**
 * Waits until the server says which display it took.
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<number>}
 */
function displayNumber(server) {
  return new Promise((resolve, reject) => {
    let errors = '';
    let answer = '';
    /** @param {string} reason */
    const fail = (reason) => {
      clearTimeout(timer);
      const remedy = 'Run `Xvfb :99` by hand to see why, or use a desktop session.';
      reject(new SetupError(`The virtual display did not start: ${reason}\n${errors}`, remedy));
    };
    const timer = setTimeout(() => fail('no answer'), startTimeoutMs);
    server.once('error', (error) => fail(error.message));
    server.once('exit', () => fail('it ended'));
    server.stderr?.setEncoding('utf8').on('data', (text) => {
      errors = (errors + text).slice(-2000);
    });
    server.stdio[3]?.on('data', (/** @type {Buffer} */ data) => {
      answer += data.toString();
      if (!answer.includes('\n')) return;
      clearTimeout(timer);
      resolve(Number.parseInt(answer, 10));
    });
  });
}

/**
 * The one entry of an X authority file: this cookie opens any display of this server, so that
 * other users of the machine cannot look at it.
 * @param {Buffer} cookie
 */
export function authorityEntry(cookie) {
  const anyFamily = Buffer.from([0xff, 0xff]);
  const fields = [Buffer.alloc(0), Buffer.alloc(0), Buffer.from('MIT-MAGIC-COOKIE-1'), cookie];
  const counted = fields.map((field) => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(field.length);
    return Buffer.concat([length, field]);
  });
  return Buffer.concat([anyFamily, ...counted]);
}
