// @ts-check
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from '../check.js';
import { build } from '../launch/build.js';
import { runForeground } from '../launch/foreground.js';
import { withDisplay } from '../launch/virtual-display.js';
import { installedElectron } from '../setup/electron.js';
import { modulesDir, projectDir } from '../setup/paths.js';
import { reportFailure } from '../setup/setup-error.js';
import { countPlaywright, countVitest, oneFailed } from './count.js';

/** @typedef {import('./count.js').Counts} Counts */

/** The person pressed Ctrl-C: what is left does not run, and there is nothing to count. */
export class Interrupted extends Error {}

/** @returns {Promise<Counts>} */
export async function checkPart() {
  const { failed } = await runChecks();
  return { passed: 0, failed, skipped: 0 };
}

/** @returns {Promise<Counts>} */
export function unitPart() {
  return withReport(async (report) => {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const exitCode = await runTool('vitest/vitest.mjs', ['run', ...reporters], process.env);
    return countVitest(readReport(report), exitCode);
  });
}

/** @returns {Promise<Counts>} */
export async function e2ePart() {
  try {
    await build();
  } catch (error) {
    reportFailure(error);
    return oneFailed;
  }
  heading(`end to end, on Electron ${installedElectron()?.version}`);
  return withReport((report) =>
    withDisplay(async (display) => {
      const env = { ...process.env, ...display, PLAYWRIGHT_JSON_OUTPUT_NAME: report };
      const exitCode = await runTool('playwright/cli.js', ['test', '--reporter=list,json'], env);
      return countPlaywright(readReport(report), exitCode);
    }),
  );
}

/** @param {string} text */
export function heading(text) {
  process.stdout.write(`\n── ${text}\n`);
}

/**
 * @param {string} script
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
async function runTool(script, args, env) {
  const command = [join(modulesDir, script), ...args];
  const ended = await runForeground(process.execPath, command, { cwd: projectDir, env });
  if (ended.interrupted) throw new Interrupted();
  return ended.exitCode;
}

/**
 * @template T
 * @param {(file: string) => Promise<T>} work
 */
async function withReport(work) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-report-'));
  try {
    return await work(join(folder, 'report.json'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @returns {unknown} undefined if the runner ended without a report
 */
function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined; // counted as a failure
  }
}
