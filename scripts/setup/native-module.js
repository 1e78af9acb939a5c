// @ts-check
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { installPackages } from './apt.js';
import { cacheDir, modulesDir, withTemporaryFolder } from './paths.js';
import { hasCommand, npmCli, run, tail } from './run.js';
import { SetupError, say } from './setup-error.js';

const packageDir = join(modulesDir, 'better-sqlite3');
const compiled = join(packageDir, 'build', 'Release', 'better_sqlite3.node');

// The prebuilt binaries need Node-API 10. On an older runtime opening a database does not throw,
// it kills the process.
const prebuiltNeedsNodeApi = 10;
const firstElectronWithNodeApi10 = 36;

// Node-API 9 has everything that the source needs, but only for modules that declare themselves
// experimental. One such build serves Node and Electron.
const compilerFlags =
  '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNAPI_VERSION=2147483647' +
  ' -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT -O2 -fno-lto';

/**
 * @typedef {object} Runtimes
 * @property {number} nodeApi of the Node that runs the tests
 * @property {string} electronVersion
 */

/**
 * @param {string} electronVersion
 * @returns {Runtimes}
 */
export function currentRuntimes(electronVersion) {
  return { nodeApi: Number(process.versions['napi']), electronVersion };
}

/**
 * Whether better-sqlite3's own prebuilt binary would crash one of the two runtimes.
 * @param {Runtimes} runtimes
 */
export function needsCompiling({ nodeApi, electronVersion }) {
  const electronMajor = Number.parseInt(electronVersion, 10);
  return nodeApi < prebuiltNeedsNodeApi || electronMajor < firstElectronWithNodeApi10;
}

/**
 * Whether the right binary is in place, by a look at the disk only.
 * @param {Runtimes} runtimes
 */
export function nativeModuleReady(runtimes) {
  return (
    existsSync(join(packageDir, 'package.json')) &&
    existsSync(compiled) === needsCompiling(runtimes)
  );
}

/**
 * Makes sure that better-sqlite3 opens a database both in this Node and in the installed Electron.
 * @param {{ executable: string, version: string }} electron
 */
export async function ensureNativeModule(electron) {
  if (!needsCompiling(currentRuntimes(electron.version))) {
    rmSync(compiled, { force: true }); // of a time with an older runtime; it would be preferred
    return expectWorking(electron);
  }
  if (existsSync(compiled) && (await failure(electron)) === null) return;
  const kept = join(cacheDir(), cachedName());
  if (existsSync(kept)) {
    put(kept, compiled);
    if ((await failure(electron)) === null) return;
  }
  await ensureCompiler();
  await compileInto(kept);
  put(kept, compiled);
  await expectWorking(electron);
}

function cachedName() {
  const { version } = JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8'));
  return `better_sqlite3-${version}-${process.platform}-${process.arch}.node`;
}

async function ensureCompiler() {
  const missing = ['python3', 'make', 'g++'].filter((name) => !hasCommand(name));
  if (missing.length === 0 || process.platform === 'win32') return;
  await installPackages(
    `better-sqlite3 has to be compiled for this Node (Node-API ${process.versions['napi']}), and these are missing: ${missing.join(', ')}.`,
    missing.map((name) => [name]),
    'Install a C++ compiler, make and Python 3, or use Node 22.14 or newer, which needs none of them.',
  );
}

/** @param {string} kept */
async function compileInto(kept) {
  say('compiling better-sqlite3 for this Node and Electron (2 minutes, once)');
  await withTemporaryFolder(async (scratch) => {
    // Outside node_modules, so that an interrupted build leaves nothing half-made there.
    const work = join(scratch, 'node_modules', 'better-sqlite3');
    cpSync(packageDir, work, { recursive: true });
    rmSync(join(work, 'build'), { recursive: true, force: true });
    const helper = join(scratch, 'node_modules', 'node-addon-api');
    cpSync(join(modulesDir, 'node-addon-api'), helper, { recursive: true });
    const args = [nodeGyp(), 'rebuild', '--release', '--force_build=1'];
    const prefix = dirname(dirname(process.execPath));
    // The headers that came with this very Node, if there are any; else node-gyp fetches them.
    if (existsSync(join(prefix, 'include', 'node', 'node_api.h'))) args.push(`--nodedir=${prefix}`);
    const env = { ...process.env, CXXFLAGS: compilerFlags };
    const built = await run(process.execPath, args, { cwd: work, env });
    if (!built.ok) {
      throw new SetupError(
        `better-sqlite3 could not be compiled:\n${tail(built.output, 25)}`,
        'Use Node 22.14 or newer, which needs no compiling, or install what the lines above ask for.',
      );
    }
    put(join(work, 'build', 'Release', 'better_sqlite3.node'), kept);
  });
}

/** node-gyp is among our own packages (electron-builder brings it) and in npm. */
function nodeGyp() {
  const npm = npmCli();
  const candidates = [modulesDir, npm === null ? null : join(dirname(npm), '..', 'node_modules')];
  for (const folder of candidates) {
    const script = folder === null ? null : join(folder, 'node-gyp', 'bin', 'node-gyp.js');
    if (script !== null && existsSync(script)) return script;
  }
  throw new SetupError('node-gyp was not found.', 'Run `npm ci` and try again.');
}

/**
 * Copies a file so that nobody ever sees half of it.
 * @param {string} from
 * @param {string} to
 */
function put(from, to) {
  const half = `${to}.${process.pid}.tmp`;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, half);
  renameSync(half, to);
}

/** @param {{ executable: string }} electron */
async function expectWorking(electron) {
  const output = await failure(electron);
  if (output === null) return;
  throw new SetupError(
    `better-sqlite3 does not open a database:\n${tail(output)}`,
    'Delete node_modules and run `npm run setup` again.',
  );
}

/**
 * Opens a database in both runtimes, each in a process of its own because a wrong binary kills it.
 * @param {{ executable: string }} electron
 * @returns {Promise<string | null>} what went wrong
 */
async function failure(electron) {
  const script = "new (require('better-sqlite3'))(':memory:').exec('create table t(x)')";
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  for (const runtime of [process.execPath, electron.executable]) {
    const opened = await run(runtime, ['-e', script], { cwd: modulesDir, env });
    if (!opened.ok) return `${runtime}: ${opened.output}`;
  }
  return null;
}
