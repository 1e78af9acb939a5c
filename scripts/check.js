// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { modulesDir, projectDir } from './setup/paths.js';
import { run } from './setup/run.js';
import { reportFailure } from './setup/setup-error.js';

const atOnce = 2;

// A folder is a process with its own environment, and so has its own tsconfig.
const typedFolders = [
  '.',
  'src/shared',
  'src/main',
  'src/library',
  'src/media',
  'src/preload',
  'src/renderer',
  'e2e',
  'scripts',
];

/**
 * @typedef {{ name: string, args: string[] }} Check a script of node_modules with its arguments
 */

/** @returns {Check[]} */
function checks() {
  const types = typedFolders
    .filter((folder) => existsSync(join(projectDir, folder, 'tsconfig.json')))
    .map((folder) => ({
      name: `types in ${folder === '.' ? 'the root' : folder}`,
      args: ['typescript/bin/tsc', '-p', folder, '--pretty', 'false'],
    }));
  return [
    { name: 'lint and format', args: ['@biomejs/biome/bin/biome', 'check', '.'] },
    { name: 'unused code', args: ['knip/bin/knip.js'] },
    ...types,
  ];
}

/**
 * Runs every check and prints a line for each, with its output where it failed.
 * @returns {Promise<{ failed: number }>}
 */
export async function runChecks() {
  const waiting = checks();
  let failed = 0;
  const worker = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const [script = '', ...args] = check.args;
      const options = { cwd: projectDir };
      const done = await run(process.execPath, [join(modulesDir, script), ...args], options);
      if (!done.ok) failed++;
      process.stdout.write(`${done.ok ? 'ok    ' : 'FAILED'} ${check.name}\n`);
      if (!done.ok) process.stdout.write(`${done.output.trimEnd()}\n\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { failed };
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const { failed } = await runChecks();
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    reportFailure(error);
  }
}
