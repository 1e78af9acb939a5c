// @ts-check
import { argv } from 'node:process';
import { ensureFaultTools } from './setup/fault-tools.js';
import { reportFailure } from './setup/setup-error.js';
import { setup } from './setup.js';
import { add, closingLine, oneFailed } from './test/count.js';
import { checkPart, e2ePart, heading, Interrupted, unitPart } from './test/parts.js';

/** @typedef {import('./test/count.js').Counts} Counts */

const parts = [
  { option: '--check', title: 'check', run: checkPart },
  { option: '--unit', title: 'unit and integration', run: unitPart },
  { option: '--e2e', title: 'build', run: e2ePart },
];

/**
 * npm test [-- --check | --unit | --e2e]: everything, or the parts that are named. The last line
 * that is printed says how it went.
 * @param {string[]} options
 */
async function main(options) {
  const unknown = options.filter((option) => parts.every((part) => part.option !== option));
  if (unknown.length > 0) {
    process.stderr.write(
      `usage: npm test [-- --check | --unit | --e2e], not ${unknown.join(' ')}\n`,
    );
    process.exitCode = 2;
    return;
  }
  const chosen = parts.filter(({ option }) => options.length === 0 || options.includes(option));
  /** @type {Counts} */
  let counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    await setup({ display: chosen.some(({ option }) => option === '--e2e') });
    if (chosen.some(({ option }) => option !== '--check')) await ensureFaultTools();
    for (const { title, run } of chosen) {
      heading(title);
      counts = add(counts, await runPart(run));
    }
  } catch (error) {
    if (error instanceof Interrupted) {
      process.exitCode = 130;
      return;
    }
    reportFailure(error);
    counts = add(counts, oneFailed);
  }
  process.stdout.write(`\n${closingLine(counts)}\n`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}

/**
 * A part that breaks is a failure like any other: the parts after it still run.
 * @param {() => Promise<Counts>} run
 */
async function runPart(run) {
  try {
    return await run();
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    reportFailure(error);
    return oneFailed;
  }
}

await main(argv.slice(2));
