// @ts-check
import { join } from 'node:path';
import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './launch/build.js';
import { runForeground } from './launch/foreground.js';
import { withDisplay } from './launch/virtual-display.js';
import { modulesDir, projectDir } from './setup/paths.js';
import { reportFailure, SetupError } from './setup/setup-error.js';
import { setup } from './setup.js';

const usage = 'Usage: npm run bench -- [--quick] [--only <words of a title>] [--write]';

/**
 * `npm run bench [-- options]`: measures the real app against baselines of the same run and prints
 * the report. `--quick` does so in minutes, on small corpora; `--only` measures the sections whose
 * title has these words; `--write` puts the report into docs/benchmarks.md.
 */
async function main() {
  const { only, quick, write } = readOptions();
  await setup({ display: true });
  await ensureBuilt();
  return withDisplay(async (display) => {
    const env = {
      ...process.env,
      ...display,
      VITRINE_BENCH_QUICK: quick ? '1' : '0',
      VITRINE_BENCH_WRITE: write ? '1' : '0',
    };
    const config = join(projectDir, 'e2e', 'bench', 'playwright.config.ts');
    const chosen = only === undefined ? [] : ['--grep', only];
    const { exitCode } = await runForeground(
      process.execPath,
      [join(modulesDir, 'playwright', 'cli.js'), 'test', '--config', config, ...chosen],
      { cwd: projectDir, env },
    );
    return exitCode;
  });
}

function readOptions() {
  try {
    const { values } = parseArgs({
      args: argv.slice(2),
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        write: { type: 'boolean', default: false },
      },
    });
    if (values.write && values.only !== undefined) {
      throw new Error('A report of some sections only is not written to docs/benchmarks.md.');
    }
    return values;
  } catch (error) {
    throw new SetupError(error instanceof Error ? error.message : String(error), usage);
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
