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

/**
 * `npm run bench [-- --files <n>] [--calls <n>] [--only <words of a title>]`: measures the real app
 * on a corpus of hard links to real clips, against a baseline of the same run.
 */
async function main() {
  const options = readOptions();
  await setup({ display: true });
  await ensureBuilt();
  return withDisplay(async (display) => {
    const env = {
      ...process.env,
      ...display,
      VITRINE_BENCH_FILES: options.files,
      VITRINE_BENCH_CALLS: options.calls,
    };
    const config = join(projectDir, 'e2e', 'bench', 'playwright.config.ts');
    const only = options.only === undefined ? [] : ['--grep', options.only];
    const { exitCode } = await runForeground(
      process.execPath,
      [join(modulesDir, 'playwright', 'cli.js'), 'test', '--config', config, ...only],
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
        files: { type: 'string', default: '5000' },
        calls: { type: 'string', default: '200' },
        only: { type: 'string' },
      },
    });
    if (![values.files, values.calls].every((value) => /^[1-9]\d{0,6}$/.test(value))) {
      throw new Error('--files and --calls need a whole number.');
    }
    return values;
  } catch (error) {
    throw new SetupError(
      error instanceof Error ? error.message : String(error),
      'Usage: npm run bench -- [--files 5000] [--calls 200] [--only scan.start]',
    );
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  reportFailure(error);
  process.exitCode = 1;
}
