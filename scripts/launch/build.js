// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { modulesDir, projectDir } from '../setup/paths.js';
import { run, tail } from '../setup/run.js';
import { SetupError, say } from '../setup/setup-error.js';

const sourceFolders = ['src', 'resources'];
const sourceFiles = [
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const builtMain = join(projectDir, 'out', 'main', 'index.js');
const stampFile = join(modulesDir, '.vitrine-build.json');

/** Builds the app unless the last build was of exactly these sources. */
export async function ensureBuilt() {
  const sources = sourcesFingerprint();
  if (existsSync(builtMain) && lastBuilt() === sources) return;
  say('building the app');
  await build();
}

/** Builds the app. Its output is shown only when it fails: stdout belongs to the command to come. */
export async function build() {
  const sources = sourcesFingerprint(); // before: what changes meanwhile has to be built again
  const tool = join(modulesDir, 'electron-vite', 'bin', 'electron-vite.js');
  const built = await run(process.execPath, [tool, 'build'], { cwd: projectDir });
  if (!built.ok) {
    throw new SetupError(
      `The app could not be built:\n${tail(built.output, 40)}`,
      'Put right what the lines above name, then try again.',
    );
  }
  writeFileSync(stampFile, JSON.stringify({ sources }));
}

/** Names, sizes and times of all sources, so that a deleted or an older file counts as a change too. */
function sourcesFingerprint() {
  const hash = createHash('sha256');
  for (const path of [...sourceFiles, ...sourceFolders.flatMap(filesBelow)].sort()) {
    const file = statSync(join(projectDir, path), { throwIfNoEntry: false });
    if (file !== undefined) hash.update(`${path}\0${file.size}\0${file.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {string} folder */
function filesBelow(folder) {
  const path = join(projectDir, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(projectDir.length + 1));
}

function lastBuilt() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')).sources;
  } catch {
    return null; // never built here
  }
}
